// SPDX-License-Identifier: Apache-2.0
#include "redirect/source_limiter.h"

#include <sodium.h>

#include <algorithm>

namespace tally {
namespace {

constexpr std::uint64_t kMostCounted = 0xffff;

struct Entry {
  std::uint32_t tag = 0;
  std::uint16_t minute = 0;
  std::uint16_t count = 0;
};

Entry unpack_slot(std::uint64_t slot) {
  return {static_cast<std::uint32_t>(slot >> 32), static_cast<std::uint16_t>(slot >> 16),
          static_cast<std::uint16_t>(slot)};
}

std::uint64_t pack_slot(const Entry& entry) {
  return std::uint64_t{entry.tag} << 32 | std::uint64_t{entry.minute} << 16 | entry.count;
}

}  // namespace

SourceLimiter::SourceLimiter(std::uint32_t per_minute)
    : per_minute_(
          static_cast<std::uint32_t>(std::min<std::uint64_t>(per_minute, kMostCounted - 1))),
      slots_(std::make_unique<Slot[]>(kSets * kWays)) {
  ::randombytes_buf(key_.data(), key_.size());
}

bool SourceLimiter::allow(const Address& source, UnixMillis now) {
  if (per_minute_ == 0) return true;
  std::uint64_t hash = 0;
  ::crypto_shorthash_siphash24(reinterpret_cast<unsigned char*>(&hash), source.bytes.data(),
                               source.is_v4() ? 16 : 8, key_.data());
  const auto tag = static_cast<std::uint32_t>(hash >> 32);
  const auto minute = static_cast<std::uint16_t>(now / kMillisPerMinute);
  Slot* const set = &slots_[hash % kSets * kWays];
  for (;;) {
    // The source's own slot, else the one whose loss is the smallest.
    Slot* place = nullptr;
    std::uint64_t before = 0;
    std::uint32_t least = ~std::uint32_t{0};
    for (Slot* slot = set; slot != set + kWays; ++slot) {
      const std::uint64_t value = slot->load(std::memory_order_relaxed);
      const Entry entry = unpack_slot(value);
      const bool current = entry.minute == minute && entry.count != 0;
      const bool own = current && entry.tag == tag;
      const std::uint32_t worth = current ? entry.count : 0U;
      if (!own && worth >= least) continue;
      place = slot;
      before = value;
      least = worth;
      if (own) break;
    }
    Entry entry = unpack_slot(before);
    if (entry.minute != minute || entry.tag != tag || entry.count == 0) entry = {tag, minute, 0};
    if (entry.count < kMostCounted) ++entry.count;
    if (!place->compare_exchange_weak(before, pack_slot(entry), std::memory_order_relaxed))
      continue;
    if (entry.count <= per_minute_) return true;
    refused_.fetch_add(1, std::memory_order_relaxed);
    return false;
  }
}

int SourceLimiter::seconds_left(UnixMillis now) {
  return static_cast<int>((kMillisPerMinute - now % kMillisPerMinute + kMillisPerSecond - 1) /
                          kMillisPerSecond);
}

}  // namespace tally
