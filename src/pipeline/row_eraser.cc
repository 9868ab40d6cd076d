// SPDX-License-Identifier: Apache-2.0
#include "pipeline/row_eraser.h"

#include <algorithm>
#include <map>

#include "pipeline/settling.h"

namespace tally {
namespace {

constexpr int kMostRounds = 5;
constexpr std::size_t kPage = 500;

std::unexpected<Error> being_joined() {
  return fail(ErrorCode::unavailable, "conversions are being joined");
}

// No wider than it has to be: days that are counted ahead are opened by it.
Erasure narrowed(Erasure what, const std::vector<std::int64_t>& days) {
  if (days.empty()) return what;
  what.range.from = std::max(what.range.from, days.front() * kMillisPerDay);
  what.range.to = std::min(what.range.to, (days.back() + 1) * kMillisPerDay);
  return what;
}

}  // namespace

Result<Erasable> RowEraser::erase(const Erasure& what, Worker& worker) const {
  Erasable erased;
  for (int round = 0; round < kMostRounds; ++round) {
    TRY_ASSIGN(const Erasable found, clicks_.erasable(what));
    if (found.empty()) {
      if (what.is_everything())  // also those that never found a click
        TRY(conversions_.remove_told_before(what.workspace, what.range.to));
      return erased;
    }
    if (round == 0) erased = found;
    const Erasure now = narrowed(what, found.days);
    TRY(clicks_.order_views_erased(now));
    TRY(settle(clicks_, worker));
    TRY(await_no_batch(worker));
    TRY(clicks_.order_erased(now, [&] { return forget_conversions(now); }));
    TRY(settle(clicks_, worker));
  }
  return fail(ErrorCode::internal, "the click store holds rows that it was told to erase");
}

Result<std::size_t> RowEraser::drop(std::span<const WorkspaceId> workspaces, UnixMillis before,
                                    Worker& worker) const {
  TRY(await_no_batch(worker));
  return clicks_.drop_partitions(workspaces, before, [&]() -> Result<void> {
    for (const WorkspaceId workspace : workspaces)
      TRY(forget_conversions({workspace, {0, before}}));
    return {};
  });
}

// A batch in doubt may be in the store already, so the joiner has to come to its end.
Result<void> RowEraser::await_no_batch(Worker& worker) const {
  for (;;) {
    TRY_ASSIGN(const JoiningBatch batch, conversions_.open_batch());
    if (batch.number == 0) return {};
    if (!worker.pause(kSettlingPoll)) return stopped();
  }
}

// Takes them off the list: those that are joined to a click of `what`, and those that would be.
Result<void> RowEraser::forget_conversions(const Erasure& what) const {
  TRY_ASSIGN(const JoiningBatch batch, conversions_.open_batch());
  if (batch.number != 0) return being_joined();
  TRY_ASSIGN(std::vector<ConversionId> ids, clicks_.conversions_of(what));
  ConversionListing waiting;
  waiting.workspace = what.workspace;
  waiting.state = ConversionState::pending;
  waiting.limit = kPage;
  do {
    TRY_ASSIGN(const ConversionPage page, conversions_.list(waiting));
    std::multimap<ClickKey, ConversionId> by_click;
    std::vector<ClickKey> keys;
    for (const Conversion& one : page.conversions) {
      by_click.emplace(one.click, one.id);
      keys.push_back(one.click);
    }
    TRY_ASSIGN(const auto clicks, clicks_.find_clicks(std::span(&what.workspace, 1), keys));
    for (const Click& click : clicks) {
      if (!what.meets(click)) continue;
      const auto [from, to] = by_click.equal_range(click.key);
      for (auto it = from; it != to; ++it) ids.push_back(it->second);
    }
    waiting.after = page.next;
  } while (waiting.after);
  return conversions_.remove(ids);
}

Result<void> RowEraser::forget_counts(Worker& worker) const {
  TRY_ASSIGN(const auto stale, clicks_.stale_counts());
  if (stale.empty()) return {};
  const auto readers = clicks_.readers_of_counts();
  while (!readers.expired())
    if (!worker.pause(kSettlingPoll)) return stopped();
  TRY(clicks_.delete_counts(stale));
  return settle(clicks_, worker);
}

}  // namespace tally
