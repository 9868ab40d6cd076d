// SPDX-License-Identifier: Apache-2.0
#include "enrich/burst.h"

#include <sodium.h>

#include <algorithm>
#include <cstdlib>

#include "enrich/signals.h"

namespace tally {
namespace {

constexpr std::size_t kSlots = 1 << 16;
constexpr UnixMillis kWindow = 2 * kMillisPerSecond;

}  // namespace

// The key is fresh at every start: the table's places say nothing about addresses, and nobody
// outside can aim at one.
BurstWindow::BurstWindow() : slots_(kSlots) { ::randombytes_buf(key_.data(), key_.size()); }

void BurstWindow::observe(const HitView& hit, Click& click) {
  if (!hit.link || click.traffic == Traffic::prefetch) return;
  // The visitor's hash is of just what names somebody here; without it, or made of a coarser
  // address for privacy's sake, the same hash under a key of our own.
  const bool named = click.visitor != 0 && !hit.wants_privacy;
  const std::uint64_t key =
      named ? click.visitor : visitor_of(key_, hit.workspace, hit.address, hit.user_agent);
  Slot& slot = slots_[key % kSlots];
  if (slot.key != key) slot = Slot{key, {}, {}};
  if (click.traffic == Traffic::head) {
    slot.head = {hit.time, hit.link.value};
    return;
  }
  if (slot.head.link == hit.link.value && std::abs(hit.time - slot.head.time) <= kWindow)
    judge_by_signals(hit, click, true);

  Seen* place = nullptr;
  for (Seen& seen : slot.seen) {
    if (seen.link != 0 && std::abs(hit.time - seen.time) > kWindow) seen = {};
    if (seen.link == hit.link.value) place = &seen;
  }
  if (place == nullptr) place = &*std::ranges::min_element(slot.seen, {}, &Seen::time);
  *place = {hit.time, hit.link.value};

  const bool burst =
      std::ranges::all_of(slot.seen, [](const Seen& seen) { return seen.link != 0; });
  if (burst && click.traffic == Traffic::human && !hit.limit_spent) {
    click.traffic = Traffic::scanner_suspect;
    click.reason = "burst";
  }
}

void BurstWindow::look_ahead(const Click& click) const {
  const auto* slot = reinterpret_cast<const char*>(&slots_[click.visitor % kSlots]);
  __builtin_prefetch(slot, 1);
  __builtin_prefetch(slot + sizeof(Slot) - 1, 1);
}

void BurstWindow::forget(UnixMillis now) {
  for (Slot& slot : slots_) {
    const auto newest = std::ranges::max_element(slot.seen, {}, &Seen::time)->time;
    if (newest < now - kWindow) slot = {};
  }
}

}  // namespace tally
