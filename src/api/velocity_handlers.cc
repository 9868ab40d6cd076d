// SPDX-License-Identifier: Apache-2.0
#include "api/asked.h"
#include "api/handlers.h"
#include "base/json_writer.h"
#include "clicks/velocity.h"

namespace tally {
namespace {

constexpr StatsAccepts kVelocity{.interval = true};

std::string_view state_name(BucketState state) {
  switch (state) {
    case BucketState::learning:
      return "learning";
    case BucketState::ordinary:
      return "ordinary";
    case BucketState::spike:
      return "spike";
    case BucketState::spike_again:
      break;
  }
  return "spike_again";
}

Result<Interval> interval_of(const Asked& asked) {
  const TimeRange range = asked.query.range;
  const bool is_long = range.to - range.from > 14 * kMillisPerDay;
  const Interval interval =
      asked.question.interval.value_or(is_long ? Interval::day : Interval::hour);
  if (interval == Interval::hour || interval == Interval::day) return interval;
  return std::unexpected(Error{ErrorCode::malformed, "velocity is by the hour or the day",
                               "use interval=hour, day or auto", "interval", "bad_value"});
}

void put_points(JsonWriter& out, const Velocity& velocity, const TimeZone& zone) {
  out.key("points").begin_array();
  for (const Velocity::Point& point : velocity.points) {
    const BucketFinding& found = point.finding;
    const bool judged = point.band.has_value();
    std::optional<std::uint64_t> low, high;
    if (judged) {
      low = point.band->low;
      high = point.band->high;
    }
    out.begin_object()
        .field("t", format_local(point.start, zone))
        .field("clicks", point.clicks)
        .field("expected", judged ? std::optional(found.forecast.mean) : std::nullopt)
        .field("low", low)
        .field("high", high)
        .field("p", judged ? std::optional(found.p) : std::nullopt)
        .field("state", state_name(found.state))
        .end_object();
  }
  out.end_array();
}

void put_drops(JsonWriter& out, const Velocity& velocity, const TimeZone& zone) {
  out.key("drops").begin_array();
  for (const PlatformFall& drop : velocity.drops) {
    if (drop.start < velocity.points.front().start) continue;  // it was told of before
    out.begin_object()
        .field("t", format_local(drop.start, zone))
        .field("platform", drop.platform)
        .field("clicks", drop.clicks)
        .field("expected", drop.expected)
        .field("p", drop.p)
        .end_object();
  }
  out.end_array();
}

}  // namespace

Result<Response> get_velocity(Api& api, const Call& call) {
  TRY_ASSIGN(Asked asked, ask(api, call, kVelocity));
  TRY_ASSIGN(const Interval interval, interval_of(asked));
  const TimeZone& zone = asked.question.zone;
  const TimeRange shown = asked.query.range;
  const Freshness fresh = freshness(api, asked);
  asked.query.range = with_past(shown, interval);
  auto starts = bucket_starts(asked.query.range, interval, zone);
  if (!starts)
    return std::unexpected(Error{ErrorCode::malformed, "that would be more than 10,000 points",
                                 "choose a longer interval or a shorter range", "interval",
                                 "too_many_points"});
  TRY_ASSIGN(const auto points, as_parameter(api.deps.clicks.timeseries(asked.query, *starts)));
  TRY_ASSIGN(const auto platforms,
             as_parameter(api.deps.clicks.timeseries_by(asked.query, *starts, Dimension::platform,
                                                        kPlatformNames.size())));
  const Velocity velocity = judge_velocity(points, platforms, shown, asked.now, interval, zone);
  JsonWriter out;
  out.begin_object()
      .field("interval", to_text(interval))
      .field("tz", zone.name())
      .field("clicks_per_hour", velocity.clicks_per_hour)
      .field("clicks_per_day", velocity.clicks_per_hour * 24);
  put_points(out, velocity, zone);
  put_drops(out, velocity, zone);
  put_freshness(out, fresh);
  return json_response(out.end_object().take());
}

}  // namespace tally
