// SPDX-License-Identifier: Apache-2.0
//
// `tallymark import clicks`: clicks of the past from a file, through the API of a server that runs.
//
// The file is sent twice, in pieces that end with a record: first to be checked, so that a file
// with a bad line is refused whole, then to be stored. What is stored is known by its click ids, or
// by its lines, so a file that was stopped in its middle may be sent again. At the end the first
// clicks of its days are waited for.
#pragma once

#include <cstdint>
#include <istream>
#include <ostream>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "cli/api_access.h"

namespace tally {

struct ImportOptions {
  ApiAccess api;
  std::string format = "ndjson";
  std::string file;
};

// What the server takes is twice as much.
inline constexpr std::size_t kImportPiece = 16u << 20;
inline constexpr std::size_t kImportRecords = 100'000;

// Cuts a file into pieces of whole records. Each piece of a CSV file has the file's first line.
class FilePieces {
 public:
  FilePieces(std::istream& in, bool csv, std::size_t most = kImportPiece,
             std::size_t most_records = kImportRecords);

  // False at the end; `invalid` when one record is longer than a piece.
  Result<bool> next();
  const std::string& text() const { return piece_; }
  std::size_t first_line() const { return first_line_; }  // of its first record, in the file
  bool is_last() const;                                   // nothing but blank lines is left
  std::uint64_t bytes_used() const { return bytes_read_ - rest_.size(); }

 private:
  Result<void> fill();
  std::size_t whole_records(bool last) const;

  std::istream& in_;
  const bool csv_;
  const std::size_t most_, most_records_;
  bool read_all_ = false;
  std::string header_, rest_, piece_;
  std::size_t first_line_ = 1, next_line_ = 1;
  std::uint64_t bytes_read_ = 0;
};

// Says how far it is on `progress`, and in the end what it did on `out`.
Result<void> run_import(const ImportOptions& options, const Clock& clock, std::ostream& out,
                        std::ostream& progress);

}  // namespace tally
