// SPDX-License-Identifier: Apache-2.0
//
// The part of the embedded ClickHouse library's C interface that we use (libchdb.so 26.5; the npm
// package ships no header). Functions are looked up by these names when the library is loaded, so
// nothing is linked against it.
//
// Ownership: connect() gives a pointer to a handle; calls take the handle, close() takes the
// pointer. A result and all it points to lives until destroy_result(). One process has one storage
// path. A connection is for one thread at a time; several at once are fine.
#pragma once

#include <cstddef>
#include <cstdint>

namespace tally::chdb {

struct ConnectionImpl;
struct ResultImpl;
using Connection = ConnectionImpl*;
using QueryResult = ResultImpl*;

struct Api {
  // chdb_set_signal_handlers_enabled: 0 leaves the process's signals alone; before any connect.
  void (*set_signal_handlers_enabled)(int enabled);
  // chdb_connect: takes a command line ("clickhouse", "--path=…", "--config-file=…"); null when it
  // fails, having written why to stderr.
  Connection* (*connect)(int argc, char** argv);
  // chdb_close_conn
  void (*close)(Connection* connection);
  // chdb_query_n: runs the query to its end. `format` holds unless the query names its own.
  QueryResult (*query)(Connection connection, const char* query, std::size_t query_size,
                       const char* format, std::size_t format_size);
  // chdb_destroy_query_result
  void (*destroy_result)(QueryResult result);
  // chdb_result_buffer, chdb_result_length: the answer's bytes; null and 0 when there are none.
  char* (*result_buffer)(QueryResult result);
  std::size_t (*result_length)(QueryResult result);
  // chdb_result_error: "Code: 47. DB::Exception: …", or null when all went well.
  const char* (*result_error)(QueryResult result);
  // chdb_result_rows_read, chdb_result_bytes_read
  std::uint64_t (*result_rows_read)(QueryResult result);
  std::uint64_t (*result_bytes_read)(QueryResult result);
};

}  // namespace tally::chdb
