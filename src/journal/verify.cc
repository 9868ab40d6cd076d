// SPDX-License-Identifier: Apache-2.0
#include "journal/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <thread>

#include "base/check.h"
#include "journal/reader.h"

namespace tally {
namespace {

constexpr int kReadsOfAnUnsealed = 4;
constexpr std::chrono::milliseconds kBetweenReads{100};

// A segment as it was at one moment, or nearly: one that is written to meanwhile would otherwise
// have a new end each time that its end is looked at, and be read for as long as hits come.
class Snapshot final : public ReadFile {
 public:
  explicit Snapshot(std::shared_ptr<const std::string> bytes) : bytes_(std::move(bytes)) {}
  Result<std::string> read(std::uint64_t offset, std::size_t size) const override {
    return offset < bytes_->size() ? bytes_->substr(offset, size) : std::string();
  }
  Result<std::uint64_t> size() const override { return bytes_->size(); }

 private:
  const std::shared_ptr<const std::string> bytes_;
};

Result<void> read_records(const ReadFile& file, SegmentReader& reader, SegmentReport& out) {
  LogRecord record;
  for (;;) {
    TRY_ASSIGN(const bool more, reader.next(out.bytes, record));
    if (more) {
      if (out.records++ == 0) out.first = record.n;
      out.last = record.n;
      continue;
    }
    if (reader.stop() != SegmentReader::Stop::damaged) break;
    const std::uint64_t at = reader.offset();
    const std::uint64_t n = reader.next_n();
    TRY_ASSIGN(const bool found, reader.resync(out.bytes));
    TRY_ASSIGN(const auto stray, first_nonzero(file, at, out.bytes));
    if (!found && stray.value_or(at) >= at + kRecordHeaderSize) {
      out.damage.push_back({*stray, "reserved space that is not zero"});
      return {};
    }
    if (!found) {
      out.damage.push_back(
          {at, fmt::format("no record {}: torn by a crash, or damaged; nothing behind it is found",
                           n)});
      return {};
    }
    out.damage.push_back({at, reader.next_n() == n
                                  ? fmt::format("bytes before the seal that are no record {}", n)
                                  : fmt::format("damaged: {} records from number {} on are lost",
                                                reader.next_n() - n, n)});
  }
  out.sealed = reader.stop() == SegmentReader::Stop::sealed;
  TRY_ASSIGN(const auto stray, first_nonzero(file, reader.offset(), out.bytes));
  if (stray) out.damage.push_back({*stray, "bytes behind the seal that are not zero"});
  return {};
}

// Keeps of `damage` what a later reading of the same file finds too.
void keep_common(std::vector<Damage>& damage, const std::vector<Damage>& later) {
  std::erase_if(damage, [&](const Damage& seen) {
    return std::ranges::none_of(later,
                                [&](const Damage& again) { return again.offset == seen.offset; });
  });
}

// Damage that a segment in use only seems to have is gone at the next reading.
Result<SegmentReport> verify_settled(Files& files, const std::filesystem::path& path,
                                     LogKind kind) {
  TRY_ASSIGN(SegmentReport out, verify_segment(files, path, kind));
  for (int i = 1; i < kReadsOfAnUnsealed && !out.damage.empty() && !out.sealed; ++i) {
    std::this_thread::sleep_for(kBetweenReads);
    TRY_ASSIGN(SegmentReport again, verify_segment(files, path, kind));
    std::vector<Damage> damage = std::move(out.damage);
    keep_common(damage, again.damage);
    out = std::move(again);
    out.damage = std::move(damage);
  }
  return out;
}

}  // namespace

Result<SegmentReport> verify_segment(Files& files, const std::filesystem::path& path,
                                     LogKind kind) {
  SegmentReport out;
  out.name = path.filename().string();
  const auto id = parse_segment_name(kind, out.name);
  CHECK(id);
  out.id = *id;
  TRY_ASSIGN(const auto file, files.open(path));
  TRY_ASSIGN(const std::uint64_t size, file->size());
  TRY_ASSIGN(std::string read, file->read(0, size));
  const auto bytes = std::make_shared<const std::string>(std::move(read));
  out.bytes = bytes->size();
  const Snapshot snapshot(bytes);
  auto reader = SegmentReader::open(std::make_unique<Snapshot>(bytes), out.id);
  if (reader) {
    TRY(read_records(snapshot, *reader, out));
    return out;
  }
  // A version that is not ours may be a flipped bit as well as a newer program.
  const ErrorCode code = reader.error().code;
  if (code != ErrorCode::corrupt && code != ErrorCode::conflict)
    return std::unexpected(std::move(reader).error());
  TRY_ASSIGN(const auto stray, first_nonzero(snapshot, 0, out.bytes));
  out.blank = !stray;
  if (stray) out.damage.push_back({0, reader.error().message});
  return out;
}

Result<std::vector<SegmentReport>> verify_log(Files& files, const std::filesystem::path& directory,
                                              LogKind kind) {
  std::vector<SegmentReport> out;
  TRY_ASSIGN(const auto names, list_directory(directory));
  for (const std::string& name : names) {
    if (!parse_segment_name(kind, name)) continue;
    auto report = verify_settled(files, directory / name, kind);
    if (report)
      out.push_back(std::move(*report));
    else if (report.error().code != ErrorCode::not_found)
      return std::unexpected(std::move(report).error());
  }
  return out;
}

}  // namespace tally
