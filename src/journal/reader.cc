// SPDX-License-Identifier: Apache-2.0
#include "journal/reader.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/checksum.h"
#include "journal/resync.h"

namespace tally {
namespace {
constexpr std::size_t kReadAhead = 256 << 10;
}  // namespace

Result<std::optional<std::uint64_t>> first_nonzero(const ReadFile& file, std::uint64_t offset,
                                                   std::uint64_t limit) {
  while (offset < limit) {
    const auto want = std::min<std::uint64_t>(kReadAhead, limit - offset);
    TRY_ASSIGN(const std::string bytes, file.read(offset, static_cast<std::size_t>(want)));
    const auto at = bytes.find_first_not_of('\0');
    if (at != std::string::npos) return offset + at;
    if (bytes.size() < want) break;
    offset += want;
  }
  return std::nullopt;
}

Result<SegmentReader> SegmentReader::open(Files& files, const std::filesystem::path& path,
                                          LogKind kind) {
  const std::string name = path.filename().string();
  const auto named = parse_segment_name(kind, name);
  if (!named) return fail(ErrorCode::corrupt, "'" + name + "' is not the name of a log segment");
  TRY_ASSIGN(auto file, files.open(path));
  return open(std::move(file), *named);
}

Result<SegmentReader> SegmentReader::open(std::unique_ptr<ReadFile> file, const SegmentId& named) {
  const std::string name = segment_name(named);
  TRY_ASSIGN(const std::string head, file->read(0, kSegmentHeaderSize));
  auto header = decode_segment_header(head);
  if (!header) return std::unexpected(std::move(header).error().within(name));
  if (header->id != named)
    return fail(ErrorCode::corrupt, name + ": the header names another segment");
  return SegmentReader(std::move(file), *header);
}

SegmentReader::SegmentReader(std::unique_ptr<ReadFile> file, const SegmentHeader& header)
    : file_(std::move(file)),
      header_(header),
      seed_(segment_seed(header.id)),
      next_n_(header.id.first) {}

std::string_view SegmentReader::window() const {
  return std::string_view(buffer_).substr(offset_ - buffer_offset_);
}

Result<bool> SegmentReader::fetch(std::uint64_t limit, std::size_t size) {
  if (offset_ + size > limit) return false;
  if (window().size() >= size) return true;
  const auto want = std::min<std::uint64_t>(std::max(size, kReadAhead), limit - offset_);
  TRY_ASSIGN(buffer_, file_->read(offset_, static_cast<std::size_t>(want)));
  buffer_offset_ = offset_;
  return buffer_.size() >= size;
}

bool SegmentReader::damaged() {
  stop_ = Stop::damaged;
  return false;
}

// Reserved space is zero to its end; anything else here is damage.
Result<bool> SegmentReader::ends_or_damaged(std::uint64_t limit) {
  TRY_ASSIGN(const auto stray, first_nonzero(*file_, offset_, limit));
  if (stray) return damaged();
  stop_ = Stop::end;
  return false;
}

Result<bool> SegmentReader::next(std::uint64_t limit, LogRecord& record) {
  if (stop_ == Stop::sealed || stop_ == Stop::damaged) return false;
  stop_ = Stop::none;
  if (offset_ >= limit) {
    stop_ = Stop::end;
    return false;
  }
  TRY_ASSIGN(bool there, fetch(limit, kRecordHeaderSize));
  // What is left may be too short for a record, when it is the end of reserved space.
  if (!there) return ends_or_damaged(limit);
  ByteReader head(window());
  const auto size = head.fixed<std::uint32_t>();
  const auto checksum = head.fixed<std::uint32_t>();
  if (size == 0 && checksum == 0) return ends_or_damaged(limit);
  if (size == kSealMark) {
    TRY_ASSIGN(there, fetch(limit, kSealSize));
    if (!there || window().substr(0, kSealSize) != encode_seal(seed_, next_n_)) return damaged();
    offset_ += kSealSize;
    stop_ = Stop::sealed;
    return false;
  }
  if (size == 0 || size > kMaxRecord) return damaged();
  TRY_ASSIGN(there, fetch(limit, kRecordHeaderSize + size));
  if (!there) return damaged();
  const std::string_view payload = window().substr(kRecordHeaderSize, size);
  if (record_checksum(seed_, next_n_, payload) != checksum) return damaged();
  record = {next_n_, payload};
  ++next_n_;
  offset_ += kRecordHeaderSize + size;
  return true;
}

Result<bool> SegmentReader::resync(std::uint64_t limit) {
  if (stop_ != Stop::damaged || offset_ >= limit) return false;
  TRY_ASSIGN(buffer_, file_->read(offset_, static_cast<std::size_t>(limit - offset_)));
  buffer_offset_ = offset_;
  const auto found = find_next_record(buffer_, seed_, next_n_);
  if (!found) return false;
  offset_ += found->offset;
  next_n_ = found->n;
  stop_ = Stop::none;
  return true;
}

Result<bool> SegmentReader::next_readable(std::uint64_t limit, LogRecord& record) {
  for (;;) {
    TRY_ASSIGN(const bool more, next(limit, record));
    if (more || stop_ != Stop::damaged) return more;
    TRY_ASSIGN(const bool found, resync(limit));
    if (!found) return false;
  }
}

Result<bool> SegmentReader::skip_to(std::uint64_t limit, std::uint64_t n) {
  LogRecord record;
  while (next_n_ < n) {
    TRY_ASSIGN(const bool more, next_readable(limit, record));
    if (!more) return false;
  }
  return true;
}

}  // namespace tally
