// SPDX-License-Identifier: Apache-2.0
#include "pipeline/conversion_joiner.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/log.h"
#include "clicks/conversion_batch.h"

namespace tally {
namespace {

constexpr std::size_t kAtOnce = 500;
constexpr std::chrono::milliseconds kRetryAfter{1000};
constexpr std::chrono::milliseconds kIdle{60'000};
constexpr UnixMillis kShortestPause = 300;
constexpr UnixMillis kLongestPause = 15 * kMillisPerMinute;
// How often a store may end between noting a token and storing its rows.
constexpr int kMostTokens = 100;

std::vector<WorkspaceId> workspaces_of(std::span<const Conversion> conversions) {
  std::vector<WorkspaceId> out;
  for (const Conversion& one : conversions)
    if (std::ranges::find(out, one.workspace) == out.end()) out.push_back(one.workspace);
  return out;
}

std::vector<ConversionId> ids_of(std::span<const Conversion> conversions) {
  std::vector<ConversionId> out;
  out.reserve(conversions.size());
  for (const Conversion& one : conversions) out.push_back(one.id);
  return out;
}

JoinedLink joined_to(ConversionId id, LinkId link, const Click* click) {
  JoinedLink out{id, link};
  if (click != nullptr) {
    out.traffic = click->traffic;
    out.campaign = click->campaign;
  }
  return out;
}

}  // namespace

UnixMillis pause_before_next_look(UnixMillis age) {
  return std::clamp(age / 2, kShortestPause, kLongestPause);
}

void ConversionJoiner::start() {
  worker_.start("conversions", [this] { run(); });
}

void ConversionJoiner::run() {
  std::string said;  // of a trouble that may last: once
  std::chrono::milliseconds wait{0};
  while (worker_.pause(wait)) {
    const auto done = join_due();
    if (done) {
      said.clear();
      wait = pause_until_due();
      continue;
    }
    wait = kRetryAfter;
    if (said == done.error().line()) continue;
    said = done.error().line();
    log_info("conversions are not joined yet: {}", said);
  }
}

std::chrono::milliseconds ConversionJoiner::pause_until_due() {
  const auto next = deps_.conversions.next_due();
  if (!next) return kRetryAfter;
  if (!*next) return kIdle;
  const std::chrono::milliseconds wait(**next - deps_.clock.now_ms());
  return std::clamp(wait, std::chrono::milliseconds(0), kIdle);
}

Result<std::size_t> ConversionJoiner::join_due() {
  std::size_t joined = 0;
  // First what a crash or a store that failed left in doubt.
  for (;;) {
    TRY_ASSIGN(const JoiningBatch batch, deps_.conversions.open_batch());
    if (batch.number == 0) break;
    TRY_ASSIGN(const auto settled, deps_.clicks.settled_verdicts());
    TRY_ASSIGN(const Found found, find(batch.conversions));
    TRY_ASSIGN(const std::size_t of_batch, settle(batch, found));
    joined += of_batch;
  }
  TRY_ASSIGN(const std::size_t fresh, join_new());
  return joined + fresh;
}

Result<std::size_t> ConversionJoiner::join_new() {
  TRY_ASSIGN(const auto due, deps_.conversions.due(deps_.clock.now_ms(), kAtOnce));
  if (due.empty()) return 0;
  TRY_ASSIGN(const auto settled, deps_.clicks.settled_verdicts());
  TRY_ASSIGN(const Found found, find(due));
  std::vector<Conversion> ready;
  for (const Conversion& one : due) {
    // A click of another workspace is none.
    if (found.contains({one.workspace, one.click}))
      ready.push_back(one);
    else
      TRY(look_later(one));
  }
  if (ready.empty()) return 0;
  TRY_ASSIGN(const JoiningBatch batch, deps_.conversions.begin_batch(ready));
  return settle(batch, found);
}

Result<ConversionJoiner::Found> ConversionJoiner::find(std::span<const Conversion> conversions) {
  std::vector<ClickKey> keys;
  keys.reserve(conversions.size());
  for (const Conversion& one : conversions) keys.push_back(one.click);
  TRY_ASSIGN(auto clicks, deps_.clicks.find_clicks(workspaces_of(conversions), keys));
  Found found;
  for (Click& click : clicks)
    found.emplace(std::pair(click.workspace, click.key), std::move(click));
  return found;
}

Result<void> ConversionJoiner::look_later(const Conversion& conversion) {
  const UnixMillis now = deps_.clock.now_ms();
  const UnixMillis age = std::max<UnixMillis>(now - conversion.received_at, 0);
  // A store that has been behind all the time has not been asked yet.
  if (age > kConversionPatience && deps_.as_of() > conversion.received_at)
    return deps_.conversions.give_up(conversion.id);
  return deps_.conversions.put_off(conversion.id, now + pause_before_next_look(age));
}

Result<std::size_t> ConversionJoiner::settle(const JoiningBatch& batch, const Found& found) {
  const auto workspaces = workspaces_of(batch.conversions);
  const auto ids = ids_of(batch.conversions);
  for (int tries = 0; tries < kMostTokens; ++tries) {
    TRY_ASSIGN(const auto stored, deps_.clicks.stored_conversions(workspaces, ids));
    std::map<std::int64_t, ConversionBatch> missing;  // by partition
    std::vector<JoinedLink> joined;
    std::vector<Conversion> lost;  // whose click is gone
    for (const Conversion& one : batch.conversions) {
      const auto row = stored.find(one.id);
      const auto click = found.find({one.workspace, one.click});
      if (row != stored.end())
        joined.push_back(
            joined_to(one.id, row->second, click == found.end() ? nullptr : &click->second));
      else if (click == found.end())
        lost.push_back(one);
      else
        missing[ClickStore::partition_of(click->second.time)].add(one, click->second);
    }
    if (missing.empty()) {
      TRY(deps_.conversions.join(joined));
      for (const Conversion& one : lost) TRY(look_later(one));
      return joined.size();
    }
    for (const auto& [partition, rows] : missing)
      TRY(deps_.clicks.insert(rows,
                              fmt::format("conversions-{}-{}-{}", batch.number, partition, tries)));
  }
  return fail(ErrorCode::unavailable,
              "the store takes conversions for stored, and does not hold them");
}

}  // namespace tally
