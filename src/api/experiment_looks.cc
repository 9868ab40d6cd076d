// SPDX-License-Identifier: Apache-2.0
#include "api/experiment_looks.h"

#include <algorithm>
#include <map>

#include "model/day.h"

namespace tally {
namespace {

using Days = std::vector<std::vector<Arm>>;

Days empty_days(std::size_t days, const ExperimentSetup& setup) {
  return Days(days, std::vector<Arm>(setup.arms.size()));
}

std::map<LinkId, std::size_t> places_of(const ExperimentSetup& setup) {
  std::map<LinkId, std::size_t> out;
  for (std::size_t i = 0; i < setup.arms.size(); ++i) out.emplace(setup.arms[i].link, i);
  return out;
}

Result<UnixMillis> start_of(Day day, const TimeZone& zone) {
  return parse_time(format_day(day), zone, "day");
}

// Human clicks, as successes.
Result<void> add_clicks(Api& api, const ExperimentSetup& setup, TimeRange range,
                        std::span<const UnixMillis> starts, Days& days) {
  StatsQuery query;
  query.workspace = setup.workspace;
  query.range = range;
  Filter links;
  for (const ExperimentArm& arm : setup.arms) links.values.push_back(arm.link.text());
  query.filters.push_back(std::move(links));
  const auto places = places_of(setup);
  TRY_ASSIGN(const auto clicks,
             api.deps.clicks.timeseries_by(query, starts, Dimension::link, setup.arms.size()));
  for (const Series& series : clicks) {
    const auto place = places.find(LinkId::parse(series.value).value_or(LinkId{}));
    if (place == places.end()) continue;
    for (std::size_t i = 0; i < days.size(); ++i)
      days[i][place->second].successes = series.points[i].clicks;
  }
  return {};
}

// Impressions, as trials.
Result<void> add_impressions(Api& api, const ExperimentSetup& setup, DayRange range,
                             std::span<const Day> days_of_looks, Days& days) {
  TRY_ASSIGN(const auto sums, api.deps.figures.sums(setup.workspace, FigureKind::impressions, range,
                                                    std::chrono::days(1)));
  const auto places = places_of(setup);
  for (const FigureSum& sum : sums) {
    const auto place = places.find(sum.link);
    if (place == places.end()) continue;
    const Day day = range.first + std::chrono::days(sum.period);
    const auto look = std::ranges::lower_bound(days_of_looks, day) - days_of_looks.begin();
    const auto last = static_cast<std::ptrdiff_t>(days.size()) - 1;
    days[static_cast<std::size_t>(std::min(look, last))][place->second].trials +=
        static_cast<std::uint64_t>(sum.value);
  }
  return {};
}

Result<ExperimentLooks> looks_at_links(Api& api, const ExperimentSetup& setup, TimeRange range,
                                       UnixMillis now, const TimeZone& zone) {
  const DayRange whole{day_of(range.from, zone), day_of(range.to - 1, zone) + std::chrono::days(1)};
  TRY_ASSIGN(range.from, start_of(whole.first, zone));
  TRY_ASSIGN(const UnixMillis end, start_of(whole.end, zone));
  range.to = std::min(end, now);
  TRY_ASSIGN(const auto starts, bucket_starts(range, Interval::day, zone));
  std::vector<Day> days_of_looks;
  for (const UnixMillis start : starts) days_of_looks.push_back(day_of(start, zone));
  Days days = empty_days(starts.size(), setup);
  TRY(add_clicks(api, setup, range, starts, days));
  TRY(add_impressions(api, setup, whole, days_of_looks, days));
  return ExperimentLooks{range, add_up(days), false};
}

Result<bool> variants_changed(Api& api, const ExperimentSetup& setup) {
  TRY_ASSIGN(const auto links, api.deps.links.find(setup.workspace, {setup.arms.front().link}));
  if (links.empty() || links.front().variants.size() != setup.arms.size()) return true;
  return !std::ranges::all_of(setup.arms, [&](const ExperimentArm& arm) {
    return std::ranges::any_of(links.front().variants, [&](const Variant& variant) {
      return variant.name == arm.variant && variant.weight == arm.weight;
    });
  });
}

Result<ExperimentLooks> looks_at_variants(Api& api, const ExperimentSetup& setup, TimeRange range,
                                          const TimeZone& zone) {
  TRY_ASSIGN(const auto starts, bucket_starts(range, Interval::day, zone));
  TRY_ASSIGN(const auto counts,
             api.deps.clicks.variants(setup.workspace, setup.arms.front().link, range, starts));
  Days days = empty_days(starts.size(), setup);
  for (std::size_t arm = 0; arm < setup.arms.size(); ++arm) {
    const auto found = counts.find(setup.arms[arm].variant);
    if (found == counts.end()) continue;
    for (std::size_t i = 0; i < days.size(); ++i)
      days[i][arm] = {found->second[i].unique_clicks, found->second[i].converted};
  }
  TRY_ASSIGN(const bool changed, variants_changed(api, setup));
  return ExperimentLooks{range, add_up(days), changed};
}

}  // namespace

Result<ExperimentLooks> take_looks(Api& api, const ExperimentSetup& setup, UnixMillis now) {
  const TimeRange range{setup.starts_at, std::min(setup.ends_at.value_or(now), now)};
  if (range.from >= range.to)
    return ExperimentLooks{{range.from, range.from}, empty_days(1, setup), false};
  TRY_ASSIGN(const Workspace workspace, api.deps.accounts.workspace(setup.workspace));
  TRY_ASSIGN(const TimeZone zone, TimeZone::load(workspace.time_zone));
  return setup.kind == ExperimentKind::links ? looks_at_links(api, setup, range, now, zone)
                                             : looks_at_variants(api, setup, range, zone);
}

}  // namespace tally
