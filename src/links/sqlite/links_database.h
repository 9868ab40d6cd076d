// SPDX-License-Identifier: Apache-2.0
//
// links.db: the one file behind links and accounts.
//
// Write-ahead logging lets readers go on while somebody writes, and with `synchronous = FULL` a
// committed change survives power loss (WAL with NORMAL does not: tried). There is one connection
// for writing, because SQLite has one writer anyway and queueing for a mutex is fairer than its
// busy handler, and as many for reading as threads read at one time; both kinds are lent out.
// Other processes (the command line) may have the file open too.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "links/sqlite/database.h"

namespace tally {

class LinksDatabase {
 public:
  // Opens or makes the file, readable by its owner only, and brings it up to date. Errors are one
  // line: no permission, not a database, written by a newer program.
  static Result<std::unique_ptr<LinksDatabase>> open(const std::filesystem::path& path,
                                                     const Clock& clock);

  // Runs `body(Database&)` in a transaction; one at a time.
  template <class Body>
  auto write(Body&& body) -> decltype(body(std::declval<Database&>())) {
    const std::lock_guard lock(write_mutex_);
    return transaction(writer_, std::forward<Body>(body));
  }

  // Runs `body(Database&)` on one unchanging state; waits for nobody.
  template <class Body>
  auto read(Body&& body) -> decltype(body(std::declval<Database&>())) {
    TRY_ASSIGN(auto reader, take_reader());
    auto result = snapshot(*reader, std::forward<Body>(body));
    give_back(std::move(reader));
    return result;
  }

 private:
  LinksDatabase(std::filesystem::path path, Database writer)
      : path_(std::move(path)), writer_(std::move(writer)) {}
  Result<std::unique_ptr<Database>> take_reader();
  void give_back(std::unique_ptr<Database> reader);

  const std::filesystem::path path_;
  std::mutex write_mutex_;
  Database writer_;
  std::mutex readers_mutex_;
  std::vector<std::unique_ptr<Database>> readers_;
};

}  // namespace tally
