// SPDX-License-Identifier: Apache-2.0
//
// Runs what a request means on the embedded server, and says it as ClickHouse would over HTTP.
//
// Data of an insert is handed over through an anonymous file in memory: the statement becomes
// INSERT INTO t (…) SELECT … FROM file('/proc/self/fd/N', Format, '<columns of t>'), which takes
// any bytes and keeps insert settings and deduplication tokens as they are.
#pragma once

#include <cstdint>
#include <string>

#include "engine/library.h"
#include "engine/statement.h"

namespace tally {

struct EngineAnswer {
  unsigned status = 200;
  int exception = 0;  // ClickHouse's error number; 0 when all went well
  std::string body;
  std::string format;
  std::uint64_t rows_read = 0;
  std::uint64_t bytes_read = 0;
};

// Thread-safe: each call opens and closes its own connection.
EngineAnswer run_query(const Library& library, const EngineQuery& query);

// An error of ours in ClickHouse's form: "Code: 202. DB::Exception: …".
EngineAnswer exception_answer(int code, std::string_view message);

// The HTTP status that ClickHouse gives with one of its error numbers.
unsigned status_of(int exception);

}  // namespace tally
