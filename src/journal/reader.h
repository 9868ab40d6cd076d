// SPDX-License-Identifier: Apache-2.0
//
// Reads one segment from its front, record by record.
//
// The reader is told how far the file may be believed (`limit`): for a segment that is being
// written that is what its writer has committed, for one of an earlier start the file's size. It
// stops for one of three reasons, and says which: the seal, the end of the believed bytes at a
// record's edge, or bytes that are no record. Only the last is damage, and only the caller knows
// whether it is the harmless torn tail of a crash or a loss, and whether to look behind it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/files.h"
#include "base/result.h"
#include "journal/format.h"

namespace tally {

// Where the first byte in [offset, limit) lies that is not zero.
Result<std::optional<std::uint64_t>> first_nonzero(const ReadFile& file, std::uint64_t offset,
                                                   std::uint64_t limit);

struct LogRecord {
  std::uint64_t n = 0;
  std::string_view payload;  // valid until the next call of next()
};

class SegmentReader {
 public:
  enum class Stop { none, end, sealed, damaged };

  // Opens a segment and checks that its header is what its name says.
  static Result<SegmentReader> open(Files& files, const std::filesystem::path& path, LogKind kind);
  static Result<SegmentReader> open(std::unique_ptr<ReadFile> file, const SegmentId& named);

  const SegmentHeader& header() const { return header_; }

  // The next record whose bytes lie before `limit`. Without one, `stop()` says why. A call after
  // Stop::end with a larger limit goes on. Errors are the disk's.
  Result<bool> next(std::uint64_t limit, LogRecord& record);

  // After Stop::damaged: goes to the next record or seal that can be found behind the damage
  // (resync.h); next_n() is then further on by the number of records that are lost. False, and
  // still damaged, when there is none.
  Result<bool> resync(std::uint64_t limit);

  // next(), passing over damage where that is possible: the record's number says what was lost.
  Result<bool> next_readable(std::uint64_t limit, LogRecord& record);

  // Passes over records before number `n`, readable or not. False when the segment stops earlier.
  Result<bool> skip_to(std::uint64_t limit, std::uint64_t n);

  Stop stop() const { return stop_; }
  std::uint64_t next_n() const { return next_n_; }
  // Just after the last whole record (or the seal).
  std::uint64_t offset() const { return offset_; }
  Result<std::uint64_t> file_size() const { return file_->size(); }

 private:
  SegmentReader(std::unique_ptr<ReadFile> file, const SegmentHeader& header);
  // Makes at least `size` bytes at offset_ available in the window; false when `limit` forbids it.
  Result<bool> fetch(std::uint64_t limit, std::size_t size);
  std::string_view window() const;
  bool damaged();
  Result<bool> ends_or_damaged(std::uint64_t limit);

  std::unique_ptr<ReadFile> file_;
  SegmentHeader header_;
  std::uint64_t seed_;
  std::uint64_t next_n_;
  std::uint64_t offset_ = kSegmentHeaderSize;
  std::string buffer_;  // bytes of the file from buffer_offset_
  std::uint64_t buffer_offset_ = kSegmentHeaderSize;
  Stop stop_ = Stop::none;
};

}  // namespace tally
