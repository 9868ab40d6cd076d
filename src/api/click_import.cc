// SPDX-License-Identifier: Apache-2.0
#include "api/click_import.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <vector>

#include "clicks/click_batch.h"

namespace tally {
namespace {

// How often the store may end between noting a token and storing its rows.
constexpr int kMostTokens = 100;
// No click lies outside it.
constexpr TimeRange kEver{0, UnixMillis{1} << 48};

using Clicks = std::vector<const Click*>;

std::int64_t day_of(const Click& click) { return click.time / kMillisPerDay; }

std::vector<ClickKey> keys_of(const Clicks& clicks) {
  std::vector<ClickKey> out;
  out.reserve(clicks.size());
  for (const Click* const click : clicks) out.push_back(click->key);
  return out;
}

// `stored` ascending.
Clicks without(const Clicks& clicks, const std::vector<ClickKey>& stored) {
  Clicks out;
  for (const Click* const click : clicks)
    if (!std::ranges::binary_search(stored, click->key)) out.push_back(click);
  return out;
}

TimeRange times_of(const Clicks& clicks) {
  const auto [first, last] = std::ranges::minmax(clicks, {}, &Click::time);
  return {first->time, last->time + 1};
}

Result<Clicks> missing_of(ClickStore& store, WorkspaceId workspace, const ClicksInput& input) {
  Clicks all;
  for (const Click& click : input.clicks) all.push_back(&click);
  // A key that was made of a line stands for its time too. Of one that the file told nobody knows
  // that the time beside it is the one it was stored with.
  TRY_ASSIGN(const auto stored,
             store.stored_keys(workspace, input.has_ids ? kEver : times_of(all), keys_of(all)));
  return without(all, stored);
}

Result<void> note_days(Reclassifier& days, WorkspaceId workspace, const Clicks& missing) {
  std::set<std::int64_t> touched;
  for (const Click* const click : missing)
    if (click->visitor != 0) touched.insert(day_of(*click));
  if (touched.empty()) return {};
  return days.count_again(workspace, std::vector(touched.begin(), touched.end()));
}

// All are of one partition. `name` is the same whenever these are stored.
Result<void> store_rows(ClickStore& store, WorkspaceId workspace, Clicks missing,
                        const std::string& name) {
  for (int tries = 0; tries < kMostTokens; ++tries) {
    ClickBatch batch;
    for (const Click* const click : missing) batch.add(*click);
    TRY(store.insert(batch, fmt::format("{}-{}", name, tries)));
    TRY_ASSIGN(const auto stored, store.stored_keys(workspace, batch.times(), keys_of(missing)));
    missing = without(missing, stored);
    if (missing.empty()) return {};
  }
  return fail(ErrorCode::unavailable, "the store takes clicks for stored, and does not hold them");
}

}  // namespace

void mark_first_clicks(std::span<Click> clicks) {
  std::vector<Click*> people;
  for (Click& click : clicks) {
    if (click.visitor == 0) continue;
    click.first = click.first_ws = false;
    if (click.link && click.traffic == Traffic::human && is_headline(click.outcome))
      people.push_back(&click);
  }
  std::ranges::sort(people, {}, [](const Click* click) {
    return std::tuple(day_of(*click), click->visitor, click->time, click->key);
  });
  std::set<LinkId> seen;
  const Click* before = nullptr;
  for (Click* const click : people) {
    click->first_ws =
        before == nullptr || before->visitor != click->visitor || day_of(*before) != day_of(*click);
    if (click->first_ws) seen.clear();
    click->first = seen.insert(click->link).second;
    before = click;
  }
}

Result<std::size_t> store_clicks(ClickStore& store, Reclassifier& days, WorkspaceId workspace,
                                 const ClicksInput& input) {
  TRY_ASSIGN(const Clicks missing, missing_of(store, workspace, input));
  TRY(note_days(days, workspace, missing));
  std::map<std::int64_t, Clicks> partitions;
  for (const Click* const click : missing)
    partitions[ClickStore::partition_of(click->time)].push_back(click);
  for (const auto& [partition, clicks] : partitions) {
    const ClickKey& first = clicks.front()->key;
    TRY(store_rows(store, workspace, clicks,
                   fmt::format("import-{}-{}-{}-{}-{}-{}", workspace.value, first.node, first.epoch,
                               first.shard, first.n, clicks.size())));
  }
  return missing.size();
}

}  // namespace tally
