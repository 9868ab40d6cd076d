// SPDX-License-Identifier: Apache-2.0
//
// The embedded ClickHouse, loaded into this process. Only `tallymark engine` does that: the library
// is half a gigabyte, allocates as it likes and may crash, and none of it may touch a redirect.
//
// The server inside lives as long as a connection is open, so Library keeps one. Each query then
// runs on a connection of its own: opening one costs 0.15 ms, the settings of one request cannot
// leak into the next, and no connection ever sees two threads.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/chdb_api.h"

namespace tally {

struct QueryAnswer {
  std::string body;
  std::string error;  // "Code: 47. DB::Exception: …"; empty when all went well
  std::uint64_t rows_read = 0;
  std::uint64_t bytes_read = 0;
};

class Library;

class LibraryConnection {
 public:
  LibraryConnection(LibraryConnection&& other) noexcept;
  LibraryConnection& operator=(LibraryConnection&&) = delete;
  ~LibraryConnection();

  QueryAnswer run(std::string_view sql, std::string_view format);

 private:
  friend class Library;
  LibraryConnection(const chdb::Api& api, chdb::Connection* connection)
      : api_(api), connection_(connection) {}

  const chdb::Api& api_;
  chdb::Connection* connection_;
};

class Library {
 public:
  struct Configuration {
    std::string server;  // the file of server settings
    std::string users;   // the file of users and their roles
  };
  // Loads `file` and opens the store in folder `path`.
  static Result<std::unique_ptr<Library>> open(const std::string& file, const std::string& path,
                                               const Configuration& configuration);
  ~Library();

  // Thread-safe.
  Result<LibraryConnection> connect() const;

 private:
  Library() = default;

  chdb::Api api_{};
  std::vector<std::string> arguments_;
  std::unique_ptr<LibraryConnection> anchor_;
};

}  // namespace tally
