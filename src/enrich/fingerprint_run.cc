// SPDX-License-Identifier: Apache-2.0
#include "enrich/fingerprint_run.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/check.h"

namespace tally {
namespace {

constexpr std::string_view kNamePrefix = "run-";
constexpr std::size_t kBlock = 4096;
constexpr std::size_t kSumSize = sizeof(std::uint64_t);
constexpr std::size_t kPerBlock = (kBlock - kSumSize) / sizeof(std::uint64_t);
constexpr std::size_t kWriteAtOnce = 64 * kBlock;

std::uint64_t checksum(const RunInfo& info, std::uint64_t block, std::string_view entries) {
  const std::uint64_t place[] = {static_cast<std::uint64_t>(info.day), info.number, block};
  return XXH3_64bits_withSeed(entries.data(), entries.size(), XXH3_64bits(place, sizeof place));
}

// Puts ascending fingerprints into blocks, and these into a file.
class RunWriter {
 public:
  RunWriter(const RunInfo& info, AppendFile& file) : info_(info), file_(file) {
    block_.reserve(kBlock);
  }

  Result<void> add(std::uint64_t fingerprint) {
    if (block_.empty()) firsts_.push_back(fingerprint);
    put_fixed(block_, fingerprint);
    ++entries_;
    return block_.size() == kPerBlock * sizeof fingerprint ? end_block() : Result<void>{};
  }
  Result<void> finish() {
    if (!block_.empty()) TRY(end_block());
    TRY(file_.append(waiting_));
    return file_.sync();
  }

  std::uint64_t entries() const { return entries_; }
  std::vector<std::uint64_t> take_firsts() { return std::move(firsts_); }

 private:
  Result<void> end_block() {
    put_fixed(waiting_, checksum(info_, firsts_.size() - 1, block_));
    waiting_ += block_;
    block_.clear();
    if (waiting_.size() < kWriteAtOnce) return {};
    TRY(file_.append(waiting_));
    waiting_.clear();
    return {};
  }

  const RunInfo& info_;
  AppendFile& file_;
  std::string block_, waiting_;
  std::vector<std::uint64_t> firsts_;
  std::uint64_t entries_ = 0;
};

}  // namespace

// Goes through a run, or through fingerprints in memory, from the lowest.
class RunCursor {
 public:
  explicit RunCursor(const FingerprintRun& run) : run_(&run) {}
  explicit RunCursor(std::span<const std::uint64_t> fresh) : rest_(fresh) {}

  // Nothing at the end.
  Result<std::optional<std::uint64_t>> peek() {
    if (rest_.empty() && run_ != nullptr && next_block_ < run_->firsts_.size()) {
      TRY_ASSIGN(block_, run_->block(next_block_++));
      rest_ = block_;
    }
    if (rest_.empty()) return std::nullopt;
    return rest_.front();
  }
  void step() { rest_ = rest_.subspan(1); }

 private:
  const FingerprintRun* run_ = nullptr;
  std::uint64_t next_block_ = 0;
  std::vector<std::uint64_t> block_;
  std::span<const std::uint64_t> rest_;
};

namespace {

Result<void> merge(std::vector<RunCursor>& from, RunWriter& into,
                   std::optional<Error>& unreadable) {
  for (std::uint64_t last = 0;;) {
    RunCursor* lowest = nullptr;
    std::uint64_t value = 0;
    for (RunCursor& cursor : from) {
      const auto next = cursor.peek();
      if (!next) {
        unreadable = next.error();
        return std::unexpected(next.error());
      }
      if (!*next || (lowest != nullptr && **next >= value)) continue;
      lowest = &cursor;
      value = **next;
    }
    if (lowest == nullptr) return into.finish();
    lowest->step();
    if (value != last) TRY(into.add(last = value));
  }
}

}  // namespace

std::filesystem::path FingerprintRun::path_of(const std::filesystem::path& directory,
                                              const RunInfo& info) {
  return directory / fmt::format("{}{}-{}", kNamePrefix, info.day, info.number);
}

Result<FingerprintRun> FingerprintRun::write(Files& files, const std::filesystem::path& directory,
                                             RunInfo info, std::span<const std::uint64_t> fresh,
                                             std::span<const FingerprintRun> older,
                                             std::optional<Error>& unreadable) {
  const auto path = path_of(directory, info);
  std::vector<RunCursor> from{RunCursor(fresh)};
  for (const FingerprintRun& run : older) from.emplace_back(run);
  const auto written = [&]() -> Result<FingerprintRun> {
    TRY_ASSIGN(const auto file, files.create(path, 0));
    RunWriter writer(info, *file);
    TRY(merge(from, writer, unreadable));
    info.entries = writer.entries();
    TRY_ASSIGN(auto reader, files.open(path));
    FingerprintRun out(info, std::move(reader));
    out.firsts_ = writer.take_firsts();
    return out;
  };
  auto out = written();
  if (!out) (void)files.remove(path);
  return out;
}

Result<std::optional<RunInfo>> FingerprintRun::find(Files& files,
                                                    const std::filesystem::path& directory,
                                                    std::string_view name) {
  RunInfo out;
  if (!name.starts_with(kNamePrefix)) return std::nullopt;
  const char* const end = name.data() + name.size();
  const auto day = std::from_chars(name.data() + kNamePrefix.size(), end, out.day);
  if (day.ec != std::errc{} || day.ptr == end) return std::nullopt;
  if (std::from_chars(day.ptr + 1, end, out.number).ec != std::errc{}) return std::nullopt;
  if (path_of({}, out) != name) return std::nullopt;
  TRY_ASSIGN(const auto file, files.open(directory / name));
  TRY_ASSIGN(const std::uint64_t size, file->size());
  out.entries = (size - (size + kBlock - 1) / kBlock * kSumSize) / sizeof(std::uint64_t);
  return out;
}

Result<FingerprintRun> FingerprintRun::open(Files& files, const std::filesystem::path& directory,
                                            const RunInfo& info,
                                            const std::function<void(std::uint64_t)>& each) {
  const auto path = path_of(directory, info);
  TRY_ASSIGN(auto file, files.open(path));
  TRY_ASSIGN(const std::uint64_t size, file->size());
  const std::uint64_t blocks = info.entries / kPerBlock + (info.entries % kPerBlock != 0 ? 1 : 0);
  if (info.entries > size || size != (info.entries + blocks) * sizeof(std::uint64_t))
    return fail(ErrorCode::corrupt, path.filename().string() + ": not the size it should have");
  FingerprintRun out(info, std::move(file));
  std::uint64_t last = 0;
  for (std::uint64_t i = 0; i < blocks; ++i) {
    TRY_ASSIGN(const auto entries, out.block(i));
    out.firsts_.push_back(entries.front());
    for (const std::uint64_t entry : entries) {
      if (entry <= last)
        return fail(ErrorCode::corrupt, path.filename().string() + ": not in order");
      each(last = entry);
    }
  }
  return out;
}

Result<std::vector<std::uint64_t>> FingerprintRun::block(std::uint64_t index) const {
  const std::uint64_t left = info_.entries - index * kPerBlock;
  std::vector<std::uint64_t> out(std::min<std::uint64_t>(left, kPerBlock));
  const std::size_t size = out.size() * sizeof(std::uint64_t);
  TRY_ASSIGN(const std::string bytes, file_->read(index * kBlock, kSumSize + size));
  ByteReader in(bytes);
  const auto sum = in.fixed<std::uint64_t>();
  if (in.rest().size() != size || sum != checksum(info_, index, in.rest()))
    return fail(ErrorCode::corrupt,
                fmt::format("run-{}-{}: block {} is damaged", info_.day, info_.number, index));
  std::memcpy(out.data(), in.rest().data(), size);
  return out;
}

Result<bool> FingerprintRun::contains(std::uint64_t fingerprint) const {
  const auto after = std::ranges::upper_bound(firsts_, fingerprint);
  if (after == firsts_.begin()) return false;
  TRY_ASSIGN(const auto entries, block(static_cast<std::uint64_t>(after - firsts_.begin() - 1)));
  return std::ranges::binary_search(entries, fingerprint);
}

}  // namespace tally
