// SPDX-License-Identifier: Apache-2.0
#include "pipeline/alert_judge.h"

#include <algorithm>

#include "clicks/velocity.h"
#include "model/kinds.h"

namespace tally {
namespace {

UnixMillis longest(Interval interval) {
  return interval == Interval::hour ? kMillisPerHour : kMillisPerDay + kMillisPerHour;
}

bool needs_past(AlertKind kind) { return kind == AlertKind::spike || kind == AlertKind::drop; }

// The bucket, and the first moment of the next: so the bucket is over.
TimeRange shown(TimeRange bucket) { return {bucket.from, bucket.to + 1}; }

Velocity velocity_of(const AlertRule& rule, TimeRange bucket, const TimeZone& zone,
                     const AlertNumbers& numbers) {
  return judge_velocity(numbers.points, numbers.platforms, shown(bucket), shown(bucket).to,
                        rule.interval, zone);
}

Judgement judge_spike(const AlertRule& rule, TimeRange bucket, const TimeZone& zone,
                      const AlertNumbers& numbers) {
  const Velocity velocity = velocity_of(rule, bucket, zone, numbers);
  if (velocity.points.empty()) return in_doubt(rule, bucket, AlertDoubt::learning);
  const Velocity::Point& point = velocity.points.front();
  Judgement out;
  out.evidence.range = bucket;
  out.evidence.count = point.clicks;
  if (point.finding.state == BucketState::learning) {
    out.evidence.doubt = AlertDoubt::learning;
    return out;
  }
  out.evidence.expected = point.finding.forecast.mean;
  out.evidence.p = point.finding.p;
  out.state = point.finding.state == BucketState::ordinary ? AlertState::ok : AlertState::firing;
  return out;
}

Judgement judge_drop(const AlertRule& rule, TimeRange bucket, const TimeZone& zone,
                     const AlertNumbers& numbers) {
  const Velocity velocity = velocity_of(rule, bucket, zone, numbers);
  if (velocity.points.empty() || velocity.points.front().finding.state == BucketState::learning)
    return in_doubt(rule, bucket, AlertDoubt::learning);
  Judgement out{AlertState::ok, {}};
  out.evidence.range = bucket;
  out.evidence.count = velocity.points.front().clicks;
  for (const PlatformFall& fall : velocity.drops) {
    if (!rule.platform.empty() && rule.platform != fall.platform) continue;
    // The bucket in which it fell is the evidence for as long as it lasts.
    const auto next = std::ranges::upper_bound(numbers.points, fall.start, {}, &SeriesPoint::start);
    out.state = AlertState::firing;
    out.evidence.range = {fall.start, next == numbers.points.end() ? bucket.to : next->start};
    out.evidence.count = fall.clicks;
    out.evidence.expected = fall.expected;
    out.evidence.p = fall.p;
    out.evidence.platform = fall.platform;
  }
  return out;
}

Judgement judge_threshold(const AlertRule& rule, const AlertNumbers& numbers) {
  Judgement out;
  out.evidence.count =
      rule.measure == AlertMeasure::clicks ? numbers.summary.clicks : numbers.conversions;
  const bool reached = out.evidence.count >= rule.amount;
  const bool fires = rule.bound == AlertBound::at_least ? reached : !reached;
  out.state = fires ? AlertState::firing : AlertState::ok;
  return out;
}

Judgement judge_share(const AlertRule& rule, const AlertNumbers& numbers) {
  Judgement out;
  const std::uint64_t bots = numbers.summary.bots, all = bots + numbers.summary.human_clicks;
  out.evidence.count = all;
  if (all > 0) out.evidence.share = static_cast<double>(bots) / static_cast<double>(all);
  if (all < kLeastForShare) {
    out.evidence.doubt = AlertDoubt::too_few;
    return out;
  }
  const bool fires = *out.evidence.share >= static_cast<double>(rule.amount) / 1e6;
  out.state = fires ? AlertState::firing : AlertState::ok;
  return out;
}

Judgement judge_silence(const AlertNumbers& numbers) {
  Judgement out;
  out.evidence.count = numbers.summary.clicks;
  out.state = out.evidence.count == 0 ? AlertState::firing : AlertState::ok;
  return out;
}

Judgement judge_numbers(const AlertRule& rule, TimeRange bucket, const TimeZone& zone,
                        const AlertNumbers& numbers) {
  Judgement out;
  switch (rule.kind) {
    case AlertKind::spike:
      return judge_spike(rule, bucket, zone, numbers);
    case AlertKind::drop:
      return judge_drop(rule, bucket, zone, numbers);
    case AlertKind::threshold:
      out = judge_threshold(rule, numbers);
      break;
    case AlertKind::bots_share:
      out = judge_share(rule, numbers);
      break;
    case AlertKind::no_clicks:
      out = judge_silence(numbers);
      break;
  }
  out.evidence.range = looked_at(rule, bucket);
  return out;
}

// Whether more clicks would only have made it surer.
bool stands_anyway(const AlertRule& rule, const Judgement& judgement) {
  return judgement.state == AlertState::firing &&
         (rule.kind == AlertKind::spike ||
          (rule.kind == AlertKind::threshold && rule.bound == AlertBound::at_least));
}

}  // namespace

Result<std::vector<TimeRange>> due_buckets(const AlertRule& rule, UnixMillis as_of,
                                           const TimeZone& zone) {
  const UnixMillis judged_to = rule.status.judged_to;
  const UnixMillis earliest = as_of - (judged_to == 0 ? 2 : kMostBuckets) * longest(rule.interval);
  const UnixMillis from = std::max<UnixMillis>({earliest, judged_to, 0});
  std::vector<TimeRange> out;
  if (from >= as_of) return out;
  // One that begins at as_of shows that the one before is over.
  TRY_ASSIGN(const auto starts, bucket_starts({from, as_of + 1}, rule.interval, zone));
  for (std::size_t i = 0; i + 1 < starts.size(); ++i)
    if (starts[i] >= judged_to) out.push_back({starts[i], starts[i + 1]});
  const auto most = static_cast<std::size_t>(judged_to == 0 ? 1 : kMostBuckets);
  if (out.size() > most) out.erase(out.begin(), out.end() - static_cast<std::ptrdiff_t>(most));
  return out;
}

TimeRange looked_at(const AlertRule& rule, TimeRange bucket) {
  if (rule.kind != AlertKind::no_clicks) return bucket;
  const auto hours = static_cast<UnixMillis>(rule.amount);
  return {std::max<UnixMillis>(bucket.to - hours * kMillisPerHour, 0), bucket.to};
}

Result<AlertNumbers> ask_alert_numbers(ClickStore& clicks, LinkStore& links, const AlertRule& rule,
                                       TimeRange bucket, const TimeZone& zone) {
  StatsQuery query{.workspace = rule.workspace, .range = looked_at(rule, bucket), .filters = {}};
  for (const Filter& filter : rule.filters) {
    TRY_ASSIGN(Filter stored, filter_by_link(links, rule.workspace, filter));
    query.filters.push_back(std::move(stored));
  }
  AlertNumbers out;
  if (!needs_past(rule.kind)) {
    if (rule.measure == AlertMeasure::conversions) {
      TRY_ASSIGN(const ConversionTotals totals, clicks.conversions(query));
      out.conversions = totals.conversions;
    } else {
      TRY_ASSIGN(out.summary, clicks.summary(query));
    }
    return out;
  }
  query.range = with_past(shown(bucket), rule.interval);
  TRY_ASSIGN(const auto starts, bucket_starts(query.range, rule.interval, zone));
  TRY_ASSIGN(out.points, clicks.timeseries(query, starts));
  if (rule.kind == AlertKind::spike) return out;
  TRY_ASSIGN(out.platforms,
             clicks.timeseries_by(query, starts, Dimension::platform, kPlatformNames.size()));
  return out;
}

Judgement in_doubt(const AlertRule& rule, TimeRange bucket, AlertDoubt doubt) {
  Judgement out;
  out.evidence.range = looked_at(rule, bucket);
  out.evidence.doubt = doubt;
  return out;
}

Judgement judge_alert(const AlertRule& rule, TimeRange bucket, const TimeZone& zone,
                      const AlertNumbers& numbers, bool incomplete) {
  Judgement out = judge_numbers(rule, bucket, zone, numbers);
  if (incomplete && !stands_anyway(rule, out)) {
    out.state = AlertState::unknown;
    out.evidence.doubt = AlertDoubt::incomplete;
  }
  return out;
}

AlertStep take_step(const AlertRule& rule, const Judgement& judgement, TimeRange bucket,
                    UnixMillis now) {
  AlertStep out{.status = rule.status};
  AlertStatus& status = out.status;
  out.changed = judgement.state != status.state;
  if (out.changed) status.since = now;
  status.state = judgement.state;
  status.judged_at = now;
  status.judged_to = bucket.to;
  status.evidence = judgement.evidence;
  if (status.state == AlertState::firing && !status.is_open) {
    const auto quiet = static_cast<UnixMillis>(rule.quiet_minutes) * kMillisPerMinute;
    out.told = status.told_at == 0 || bucket.to - status.told_at >= quiet;
    if (out.told) status.told_at = bucket.to;
    status.is_open = out.told;
  } else if (status.state == AlertState::ok && status.is_open) {
    out.told = true;
    status.is_open = false;
  }
  return out;
}

}  // namespace tally
