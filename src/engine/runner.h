// SPDX-License-Identifier: Apache-2.0
//
// Runs what a request means on the embedded server, and says it as ClickHouse would over HTTP.
//
// Data of an insert is handed over through an anonymous file in memory: the statement becomes
// INSERT INTO t (…) SELECT … FROM file('/proc/self/fd/N', Format, '<columns of t>'), which takes
// any bytes and keeps insert settings and deduplication tokens as they are.
//
// The library holds an answer in memory until it is whole. One in Parquet may be of all clicks
// there are, so the library writes it to a file without a name, and that file is the answer.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "engine/library.h"
#include "engine/statement.h"

namespace tally {

// A file without a name: it is gone when nobody has it open.
class ScratchFile {
 public:
  explicit ScratchFile(int fd) : fd_(fd) {}
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;
  ~ScratchFile();

  int fd() const { return fd_; }
  std::string path() const { return "/proc/self/fd/" + std::to_string(fd_); }

 private:
  int fd_;
};

struct EngineAnswer {
  unsigned status = 200;
  int exception = 0;  // ClickHouse's error number; 0 when all went well
  std::string body;
  std::shared_ptr<ScratchFile> file;  // in place of `body`, if there is one
  std::string format;
  std::uint64_t rows_read = 0;
  std::uint64_t bytes_read = 0;
  std::vector<std::pair<std::string, std::string>>
      fields;  // of the answer's head, besides the usual
};

// Thread-safe: each call opens and closes its own connection. Scratch files are made in `folder`.
EngineAnswer run_query(const Library& library, const EngineQuery& query, const std::string& folder);

// An error of ours in ClickHouse's form: "Code: 202. DB::Exception: …".
EngineAnswer exception_answer(int code, std::string_view message);

// The HTTP status that ClickHouse gives with one of its error numbers.
unsigned status_of(int exception);

}  // namespace tally
