// SPDX-License-Identifier: Apache-2.0
//
// A ClickHouse server as we use it: SQL in, TabSeparated text out, data in as Native blocks.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "clicks/click_store.h"
#include "clicks/dialect.h"

namespace tally {

class HttpClient;
class PulledBody;

// Whether an exception, as the server words it, says "not now" rather than "never".
bool is_passing(std::string_view exception);

class ClickHouse {
 public:
  ClickHouse(HttpClient& http, ClickStoreOptions options);

  Result<void> ping();

  // The answer to a question; all of it, never a part with an error behind it.
  Result<std::string> ask(std::string_view sql, const SqlSettings& settings = {});

  // Has the server rewrite rows. Returns when it has noted the order, which it then carries out in
  // its own time, whatever crashes: system.mutations tells how far it is.
  Result<void> order(std::string_view sql, SqlSettings settings = {});

  // Like ask(), for an answer of any size, which the server keeps in a file until it is whole: of an
  // error nothing but the error is read.
  std::unique_ptr<PulledBody> ask_long(std::string sql, const SqlSettings& settings = {});

  // Sends `data` to an "INSERT INTO … FORMAT …" statement, on a connection of its own so that it is
  // sent at most once.
  Result<void> insert(std::string_view sql, std::string_view data, const SqlSettings& settings);

  // The server's dialect, once learn_dialect() has succeeded; `unavailable` before.
  Result<Dialect> dialect() const;
  Result<Dialect> learn_dialect();

 private:
  std::string address(const SqlSettings& settings, std::string_view sql) const;

  HttpClient& http_;
  const ClickStoreOptions options_;
  std::atomic<int> dialect_ = -1;
};

}  // namespace tally
