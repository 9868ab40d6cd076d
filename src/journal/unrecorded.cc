// SPDX-License-Identifier: Apache-2.0
#include "journal/unrecorded.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/bytes.h"
#include "base/check.h"
#include "base/checksum.h"
#include "base/log.h"
#include "journal/format.h"

namespace tally {
namespace {

constexpr std::string_view kMagic = "TALLYUNR";
constexpr std::uint16_t kVersion = 1;
constexpr std::size_t kSlotSize = 4096;
constexpr std::size_t kHeadSize = 16;  // magic, version, two zeros, checksum
constexpr std::size_t kMaxRanges = 128;
constexpr UnixMillis kJoinWithin = kMillisPerSecond;

struct Slot {
  std::uint64_t sequence = 0;
  std::uint64_t total = 0;
  std::vector<UnrecordedRange> ranges;
};

std::string encode_slot(const Slot& slot) {
  std::string body;
  put_fixed(body, slot.sequence);
  put_fixed(body, slot.total);
  put_fixed(body, static_cast<std::uint64_t>(slot.ranges.size()));
  for (const UnrecordedRange& range : slot.ranges) {
    put_fixed(body, range.from);
    put_fixed(body, range.to);
    put_fixed(body, range.hits);
  }
  body.resize(kSlotSize - kHeadSize, '\0');
  std::string out(kMagic);
  put_fixed(out, kVersion);
  put_fixed(out, std::uint16_t{0});
  put_fixed(out, record_checksum(kVersion, 0, body));
  CHECK(out.size() == kHeadSize);
  return out + body;
}

// Nothing when it does not check; conflict when a newer version wrote it.
Result<std::optional<Slot>> decode_slot(std::string_view bytes) {
  if (bytes.size() < kSlotSize || !bytes.starts_with(kMagic)) return std::nullopt;
  ByteReader head(bytes.substr(kMagic.size(), kHeadSize - kMagic.size()));
  const auto version = head.fixed<std::uint16_t>();
  head.fixed<std::uint16_t>();
  const auto checksum = head.fixed<std::uint32_t>();
  const std::string_view body = bytes.substr(kHeadSize, kSlotSize - kHeadSize);
  if (checksum != record_checksum(version, 0, body)) return std::nullopt;
  if (version > kVersion)
    return fail(ErrorCode::conflict, "a newer version wrote it",
                "start the newer tallymark that wrote it");
  ByteReader in(body);
  Slot out;
  out.sequence = in.fixed<std::uint64_t>();
  out.total = in.fixed<std::uint64_t>();
  const auto count = in.fixed<std::uint64_t>();
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
    UnrecordedRange range;
    range.from = in.fixed<UnixMillis>();
    range.to = in.fixed<UnixMillis>();
    range.hits = in.fixed<std::uint64_t>();
    out.ranges.push_back(range);
  }
  if (!in.ok()) return std::nullopt;
  return out;
}

void join(UnrecordedRange& into, const UnrecordedRange& other) {
  into.from = std::min(into.from, other.from);
  into.to = std::max(into.to, other.to);
  into.hits += other.hits;
}

// Sorts `ranges`, joins those that touch, and then the closest until there are few enough.
void tidy(std::vector<UnrecordedRange>& ranges) {
  std::ranges::sort(ranges, {}, &UnrecordedRange::from);
  std::vector<UnrecordedRange> out;
  for (const UnrecordedRange& range : ranges) {
    if (!out.empty() && range.from <= out.back().to + kJoinWithin)
      join(out.back(), range);
    else
      out.push_back(range);
  }
  while (out.size() > kMaxRanges) {
    std::size_t closest = 1;
    const auto gap = [&](std::size_t i) { return out[i].from - out[i - 1].to; };
    for (std::size_t i = 2; i < out.size(); ++i)
      if (gap(i) < gap(closest)) closest = i;
    join(out[closest - 1], out[closest]);
    out.erase(out.begin() + static_cast<std::ptrdiff_t>(closest));
  }
  ranges = std::move(out);
}

}  // namespace

Unrecorded::Unrecorded(Files& files, std::filesystem::path path)
    : files_(files), path_(std::move(path)) {}

Result<std::unique_ptr<Unrecorded>> Unrecorded::open(
    Files& files, const std::filesystem::path& path,
    const std::function<void(const std::string&)>& report) {
  std::unique_ptr<Unrecorded> out(new Unrecorded(files, path));
  const auto bytes = files.read_all(path);
  if (!bytes && bytes.error().code != ErrorCode::not_found) return std::unexpected(bytes.error());
  std::optional<Slot> newest;
  for (const std::size_t at : {std::size_t{0}, kSlotSize}) {
    if (!bytes || bytes->size() < at) continue;
    auto slot = decode_slot(std::string_view(*bytes).substr(at));
    if (!slot) return std::unexpected(std::move(slot).error().within(path.string()));
    if (*slot && (!newest || (*slot)->sequence > newest->sequence)) newest = std::move(*slot);
  }
  if (newest) {
    out->sequence_ = newest->sequence;
    out->total_ = newest->total;
    out->ranges_ = std::move(newest->ranges);
  }
  if (newest && bytes->size() == 2 * kSlotSize) return out;
  if (bytes)
    report(fmt::format("journal: {} is damaged: {}", path.filename().string(),
                       newest ? "half of it was restored" : "the count begins again at 0"));
  // Every byte is written now, so that overwriting needs no room later.
  const std::string slot = encode_slot({out->sequence_, out->total_.load(), out->ranges_});
  TRY(files.replace(path, slot + slot));
  return out;
}

void Unrecorded::note(UnixMillis from, UnixMillis to, std::uint64_t hits, bool sync) {
  const std::lock_guard lock(mutex_);
  total_.fetch_add(hits, std::memory_order_relaxed);
  ranges_.push_back({from, to, hits});
  tidy(ranges_);
  write(sync);
}

void Unrecorded::save() {
  const std::lock_guard lock(mutex_);
  if (unsaved_) write(true);
}

void Unrecorded::write(bool sync) {
  const std::uint64_t next = sequence_ + 1;
  const auto done = files_.overwrite(path_, next % 2 * kSlotSize,
                                     encode_slot({next, total_.load(), ranges_}), sync);
  if (!done && !failing_)
    log_error("the count of unrecorded hits is in memory only: {}", done.error().line());
  failing_ = !done;
  unsaved_ = !done || !sync;
  if (done) sequence_ = next;
}

std::vector<UnrecordedRange> Unrecorded::ranges() const {
  const std::lock_guard lock(mutex_);
  return ranges_;
}

bool Unrecorded::overlaps(UnixMillis from, UnixMillis to) const {
  if (total() == 0) return false;
  const std::lock_guard lock(mutex_);
  return std::ranges::any_of(
      ranges_, [&](const UnrecordedRange& range) { return range.from < to && from < range.to; });
}

}  // namespace tally
