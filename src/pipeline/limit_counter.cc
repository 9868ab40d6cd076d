// SPDX-License-Identifier: Apache-2.0
#include "pipeline/limit_counter.h"

#include <algorithm>
#include <ranges>

#include "base/bytes.h"
#include "base/state_file.h"
#include "journal/follower.h"
#include "model/hit.h"

namespace tally {
namespace {

constexpr StateFormat kFormat{"TALLYLIM", 1, "the clicks taken of links"};
constexpr unsigned kChainBits = 15;

std::size_t chain_of(LinkId link) {
  return static_cast<std::size_t>((link.value * 0x9e3779b97f4a7c15ULL) >> (64 - kChainBits));
}

}  // namespace

LimitCounter::LimitCounter(Files& files, std::filesystem::path path,
                           std::function<bool()> can_record)
    : files_(files),
      path_(std::move(path)),
      can_record_(std::move(can_record)),
      chains_(std::size_t{1} << kChainBits) {}

LimitCounter::~LimitCounter() {
  for (auto& chain : chains_)
    for (const Entry* entry = chain.load(); entry != nullptr;)
      delete std::exchange(entry, entry->next);
}

const LimitCounter::Entry* LimitCounter::find(LinkId link) const {
  const Entry* entry = chains_[chain_of(link)].load(std::memory_order_acquire);
  while (entry != nullptr && entry->link != link) entry = entry->next;
  return entry;
}

LimitCounter::Entry& LimitCounter::find_or_add(LinkId link) {
  std::atomic<Entry*>& chain = chains_[chain_of(link)];
  std::unique_ptr<Entry> fresh;
  for (Entry* front = chain.load(std::memory_order_acquire);;) {
    for (Entry* entry = front; entry != nullptr; entry = entry->next)
      if (entry->link == link) return *entry;
    if (!fresh) fresh = std::make_unique<Entry>(link);
    fresh->next = front;
    // When another thread was quicker its entry may be this link's: look again.
    if (chain.compare_exchange_weak(front, fresh.get(), std::memory_order_acq_rel))
      return *fresh.release();
  }
}

bool LimitCounter::take(LinkId link, std::uint64_t limit) {
  if (!can_record_()) return false;
  std::atomic<std::uint64_t>& taken = find_or_add(link).taken;
  std::uint64_t before = taken.load(std::memory_order_relaxed);
  while (before < limit)
    if (taken.compare_exchange_weak(before, before + 1, std::memory_order_relaxed)) return true;
  return false;
}

bool LimitCounter::used_up(LinkId link, std::uint64_t limit) const {
  if (!can_record_()) return true;
  const Entry* entry = find(link);
  return (entry == nullptr ? 0 : entry->taken.load(std::memory_order_relaxed)) >= limit;
}

void LimitCounter::settle(const ShardId& shard, std::uint64_t n, LinkId link) {
  const std::lock_guard lock(settling_);
  std::uint64_t& covered = covered_[shard];
  if (n < covered) return;
  covered = n + 1;
  ++find_or_add(link).settled;
  unsaved_ = true;
}

Result<void> LimitCounter::count_at_least(LinkId link, std::uint64_t clicks) {
  const std::lock_guard lock(settling_);
  Entry& entry = find_or_add(link);
  std::uint64_t taken = entry.taken.load(std::memory_order_relaxed);
  while (taken < clicks &&
         !entry.taken.compare_exchange_weak(taken, clicks, std::memory_order_relaxed)) {
  }
  if (taken < clicks) {
    entry.settled += clicks - taken;
    unsaved_ = true;
  }
  return save_locked();
}

Result<void> LimitCounter::save() {
  const std::lock_guard lock(settling_);
  return save_locked();
}

Result<void> LimitCounter::save_locked() {
  if (!unsaved_) return {};
  TRY(files_.replace(path_, encode()));
  unsaved_ = false;
  return {};
}

std::string LimitCounter::encode() const {
  std::string body;
  put_varint(body, covered_.size());
  for (const auto& [shard, next] : covered_) {
    put_fixed(body, shard.node);
    put_fixed(body, shard.epoch);
    put_fixed(body, shard.shard);
    put_varint(body, next);
  }
  std::string counts;
  std::uint64_t links = 0;
  for (const auto& chain : chains_) {
    for (const Entry* entry = chain.load(std::memory_order_acquire); entry != nullptr;
         entry = entry->next) {
      if (entry->settled == 0) continue;
      ++links;
      put_varint(counts, entry->link.value);
      put_varint(counts, entry->settled);
    }
  }
  put_varint(body, links);
  body += counts;
  return seal_state(kFormat, body);
}

// ErrorCode::conflict when a newer version wrote it, ErrorCode::corrupt when it does not check.
Result<void> LimitCounter::decode(std::string_view bytes) {
  TRY_ASSIGN(const StateBody body, open_state(kFormat, bytes));
  ByteReader in(body.bytes);
  const std::uint64_t shards = in.varint();
  for (std::uint64_t i = 0; i < shards && in.ok(); ++i) {
    ShardId shard;
    shard.node = in.fixed<std::uint16_t>();
    shard.epoch = in.fixed<std::uint32_t>();
    shard.shard = in.fixed<std::uint16_t>();
    covered_[shard] = in.varint();
  }
  const std::uint64_t links = in.varint();
  for (std::uint64_t i = 0; i < links && in.ok(); ++i) {
    const LinkId link{in.varint()};
    const std::uint64_t count = in.varint();
    Entry& entry = find_or_add(link);
    entry.settled = count;
    entry.taken.store(count, std::memory_order_relaxed);
  }
  if (!in.ok() || !in.at_end()) return kFormat.corrupt();
  return {};
}

// What the journal holds of a shard behind what the file covers.
Result<void> LimitCounter::replay(const std::shared_ptr<Shard>& shard) {
  constexpr std::size_t kAtOnce = 1 << 16;
  const auto known = covered_.find(shard->id());
  ShardFollower follower(files_, shard, known == covered_.end() ? 0 : known->second);
  for (;;) {
    TRY_ASSIGN(const std::size_t read, follower.read(kAtOnce, [&](const LogRecord& record) {
      if (const LinkId link = limited_link(record.payload); link.value != 0) {
        settle(shard->id(), record.n, link);
        find_or_add(link).taken.fetch_add(1, std::memory_order_relaxed);
      }
      return true;
    }));
    if (read < kAtOnce) return {};
  }
}

Result<std::unique_ptr<LimitCounter>> LimitCounter::open(
    Files& files, const std::filesystem::path& path,
    const std::vector<std::shared_ptr<Shard>>& left_over, std::function<bool()> can_record,
    const std::function<void(const std::string&)>& report) {
  std::unique_ptr<LimitCounter> out(new LimitCounter(files, path, std::move(can_record)));
  const auto bytes = files.read_all(path);
  if (!bytes && bytes.error().code != ErrorCode::not_found) return std::unexpected(bytes.error());
  if (bytes) {
    auto done = out->decode(*bytes);
    if (!done && done.error().code == ErrorCode::conflict)
      return std::unexpected(std::move(done).error().within(path.string()));
    if (!done)
      report("limits: " + path.filename().string() +
             " is damaged: links with a click limit begin again with what the journal holds");
  }
  // A shard without files will never be read again.
  std::erase_if(out->covered_, [&](const auto& shard) {
    return std::ranges::none_of(left_over,
                                [&](const auto& left) { return left->id() == shard.first; });
  });
  for (const auto& shard : left_over) TRY(out->replay(shard));
  return out;
}

}  // namespace tally
