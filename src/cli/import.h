// SPDX-License-Identifier: Apache-2.0
//
// `tallymark import clicks`: clicks of the past from a file, through the API of a server that runs.
//
// The file is sent twice, in pieces that end with a record: first to be checked, so that a file
// with a bad line is refused whole, then to be stored. What is stored is known by its click ids, or
// by its lines, so a file that was stopped in its middle may be sent again.
#pragma once

#include <cstdint>
#include <istream>
#include <ostream>
#include <string>

#include "base/result.h"

namespace tally {

struct ImportOptions {
  std::string api = "http://127.0.0.1:8081";
  std::string key;
  std::string format = "ndjson";
  std::string file;
};

// What the server takes is twice as much.
inline constexpr std::size_t kImportPiece = 16u << 20;
inline constexpr std::size_t kImportRecords = 50'000;

// Cuts a file into pieces of whole records. Each piece of a CSV file has the file's first line.
class FilePieces {
 public:
  FilePieces(std::istream& in, bool csv, std::size_t most = kImportPiece,
             std::size_t most_records = kImportRecords);

  // False at the end; `invalid` when one record is longer than a piece.
  Result<bool> next();
  const std::string& text() const { return piece_; }
  std::size_t first_line() const { return first_line_; }  // of its first record, in the file
  std::uint64_t bytes_used() const { return bytes_read_ - rest_.size(); }

 private:
  Result<void> fill();
  std::size_t whole_records(bool last) const;

  std::istream& in_;
  const bool csv_;
  const std::size_t most_, most_records_;
  std::string header_, rest_, piece_;
  std::size_t first_line_ = 1, next_line_ = 1;
  std::uint64_t bytes_read_ = 0;
};

// Says how far it is on `progress`, and in the end what it did on `out`.
Result<void> run_import(const ImportOptions& options, std::ostream& out, std::ostream& progress);

}  // namespace tally
