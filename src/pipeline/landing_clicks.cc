// SPDX-License-Identifier: Apache-2.0
#include "pipeline/landing_clicks.h"

#include <algorithm>

namespace tally {
namespace {

ShardId shard_of(const ClickKey& key) { return {key.node, key.epoch, key.shard}; }

}  // namespace

void LandingClicks::note(const Click& click) {
  if (click.outcome != Outcome::landing || click.visitor == 0 || click.imported) return;
  forget_before(click.time - kWindow);
  auto& shard = shards_[shard_of(click.key)];
  if (!shard.empty() && shard.back().n >= click.key.n) return;
  shard.push_back({click.key.n, click.time, click.workspace, click.link, click.visitor, false});
  ++size_;
  if (size_ > most_) {
    const auto oldest = std::ranges::min_element(
        shards_, {}, [](const auto& one) { return one.second.front().time; });
    oldest->second.pop_front();
    if (oldest->second.empty()) shards_.erase(oldest);
    --size_;
  }
}

void LandingClicks::note(const LandingView& view) {
  if (Entry* entry = find(view.click)) entry->viewed = true;
}

LandingClicks::Verdict LandingClicks::take(LandingView& view) {
  Entry* entry = find(view.click);
  if (entry == nullptr || view.viewed - entry->time > kWindow) return Verdict::unknown;
  if (entry->viewed) return Verdict::repeated;
  entry->viewed = true;
  view.time = entry->time;
  view.workspace = entry->workspace;
  view.link = entry->link;
  return Verdict::viewed;
}

void LandingClicks::forget(const Erasure& what) {
  for (auto& [id, queue] : shards_)
    size_ -= std::erase_if(queue, [&](const Entry& entry) {
      return what.meets(entry.workspace, entry.link, entry.time) && what.meets(entry.visitor);
    });
  std::erase_if(shards_, [](const auto& shard) { return shard.second.empty(); });
}

LandingClicks::Entry* LandingClicks::find(const ClickKey& click) {
  const auto shard = shards_.find(shard_of(click));
  if (shard == shards_.end()) return nullptr;
  const auto at = std::ranges::lower_bound(shard->second, click.n, {}, &Entry::n);
  return at == shard->second.end() || at->n != click.n ? nullptr : &*at;
}

// Clicks of other shards may be somewhat out of order, so a queue's front says when it is old.
void LandingClicks::forget_before(UnixMillis time) {
  for (auto& [id, queue] : shards_) {
    while (!queue.empty() && queue.front().time < time) {
      queue.pop_front();
      --size_;
    }
  }
  std::erase_if(shards_, [](const auto& shard) { return shard.second.empty(); });
}

}  // namespace tally
