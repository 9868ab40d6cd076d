// SPDX-License-Identifier: Apache-2.0
#include "pipeline/alert_judge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clicks/velocity.h"

namespace tally {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr UnixMillis kMonday = 1'772'409'600'000;  // 2026-03-02T00:00:00Z
constexpr UnixMillis kHour = kMillisPerHour;
constexpr TimeRange kBucket{kMonday + 9 * kHour, kMonday + 10 * kHour};

AlertRule rule_of(AlertKind kind, std::uint64_t amount = 0) {
  AlertRule out;
  out.kind = kind;
  out.amount = amount;
  return out;
}

// Hours of the past and of the bucket, and the first moment of the next; day and night differ.
std::vector<SeriesPoint> hours(std::uint64_t by_day, TimeRange bucket = kBucket) {
  std::vector<SeriesPoint> out;
  for (UnixMillis start = bucket.from - kLearnHours; start <= bucket.to; start += kHour) {
    const bool is_day = start / kHour % 24 >= 8;
    out.push_back({start, is_day ? by_day : by_day / 5, 0, 0});
  }
  out.back().clicks = 0;
  return out;
}

// The hour that begins so many before the bucket.
SeriesPoint& before(std::vector<SeriesPoint>& points, std::size_t hours) {
  return points[points.size() - 2 - hours];
}

Judgement judge(const AlertRule& rule, const AlertNumbers& numbers, bool incomplete = false) {
  return judge_alert(rule, kBucket, TimeZone::utc(), numbers, incomplete);
}

TEST(AlertJudge, ABucketIsDueOnceItIsOverAndStored) {
  const UnixMillis at = kMonday + 10 * kHour;
  const struct {
    const char* what;
    UnixMillis judged_to, as_of;
    Interval interval;
    std::vector<TimeRange> due;
  } rows[] = {
      {"never judged: the last one", 0, at + 5, Interval::hour, {{at - kHour, at}}},
      {"the last moment belongs to it", 0, at - 1, Interval::hour, {{at - 2 * kHour, at - kHour}}},
      {"over to the millisecond", 0, at, Interval::hour, {{at - kHour, at}}},
      {"never judged, by the day", 0, at, Interval::day, {{kMonday - kMillisPerDay, kMonday}}},
      {"judged already", at, at + kHour - 1, Interval::hour, {}},
      {"one more is over", at, at + kHour, Interval::hour, {{at, at + kHour}}},
      {"two more are",
       at,
       at + 2 * kHour + 7,
       Interval::hour,
       {{at, at + kHour}, {at + kHour, at + 2 * kHour}}},
      {"what began before is not judged in part",
       at - 1,
       at + kHour,
       Interval::hour,
       {{at, at + kHour}}},
      {"nothing is stored yet", 0, 0, Interval::hour, {}},
      {"the store is behind what was judged", at, at - kHour, Interval::hour, {}},
  };
  for (const auto& row : rows) {
    AlertRule rule;
    rule.interval = row.interval;
    rule.status.judged_to = row.judged_to;
    EXPECT_EQ(due_buckets(rule, row.as_of, TimeZone::utc()).value(), row.due) << row.what;
  }
}

TEST(AlertJudge, AfterALongBreakTheNewestBucketsAreJudged) {
  AlertRule rule;
  rule.status.judged_to = kMonday;
  const auto due = due_buckets(rule, kMonday + 1000 * kHour, TimeZone::utc()).value();
  ASSERT_EQ(due.size(), static_cast<std::size_t>(kMostBuckets));
  EXPECT_EQ(due.back().to, kMonday + 1000 * kHour);
}

TEST(AlertJudge, DaysAreThoseOfTheZone) {
  const TimeZone berlin = TimeZone::load("Europe/Berlin").value();
  AlertRule rule;
  rule.interval = Interval::day;
  // Clocks go forward on the 29th of March 2026: a day of 23 hours.
  const UnixMillis sunday = 1'774'738'800'000;
  rule.status.judged_to = sunday;
  EXPECT_THAT(due_buckets(rule, sunday + 23 * kHour - 1, berlin).value(), IsEmpty());
  EXPECT_THAT(due_buckets(rule, sunday + 23 * kHour, berlin).value(),
              ElementsAre(TimeRange{sunday, sunday + 23 * kHour}));
}

TEST(AlertJudge, ASpikeIsTheOneOfVelocity) {
  const AlertRule rule = rule_of(AlertKind::spike);
  AlertNumbers numbers{.summary = {}, .points = hours(50), .platforms = {}};
  EXPECT_EQ(judge(rule, numbers).state, AlertState::ok);
  before(numbers.points, 0).clicks = 400;
  const Judgement fired = judge(rule, numbers);
  const Velocity velocity =
      judge_velocity(numbers.points, {}, kBucket, kBucket.to, Interval::hour, TimeZone::utc());
  EXPECT_EQ(velocity.points.front().finding.state, BucketState::spike);
  EXPECT_EQ(fired.state, AlertState::firing);
  EXPECT_EQ(fired.evidence.range, kBucket);
  EXPECT_EQ(fired.evidence.count, 400u);
  EXPECT_EQ(fired.evidence.expected, velocity.points.front().finding.forecast.mean);
  EXPECT_EQ(fired.evidence.p, velocity.points.front().finding.p);
  // One that goes on is no new one, and not over either.
  before(numbers.points, 1).clicks = 400;
  EXPECT_EQ(judge(rule, numbers).state, AlertState::firing);
}

TEST(AlertJudge, NothingIsKnownWhileTheBaselineLearns) {
  AlertNumbers young{.summary = {}, .points = hours(50), .platforms = {}};
  young.points.erase(young.points.begin(), young.points.end() - 20);
  young.platforms = {{"ios", ValueKind::value, young.points}};
  for (const AlertKind kind : {AlertKind::spike, AlertKind::drop}) {
    const Judgement found = judge(rule_of(kind), young);
    EXPECT_EQ(found.state, AlertState::unknown);
    EXPECT_EQ(found.evidence.doubt, AlertDoubt::learning);
    EXPECT_FALSE(found.evidence.p);
  }
}

TEST(AlertJudge, ADropLastsUntilThePlatformIsOrdinaryAgain) {
  const struct {
    const char* what;
    std::vector<std::size_t> missing;  // hours before the bucket in which iOS has no clicks
    const char* platform;
    bool fires;
    UnixMillis fell_at;
  } rows[] = {
      {"nothing is missing", {}, "", false, 0},
      {"it begins", {0}, "", true, kBucket.from},
      {"it lasts", {1, 0}, "", true, kBucket.from - kHour},
      {"it is over", {1}, "", false, 0},
      {"of the platform asked for", {0}, "ios", true, kBucket.from},
      {"of another", {0}, "android", false, 0},
  };
  for (const auto& row : rows) {
    AlertRule rule = rule_of(AlertKind::drop);
    rule.platform = row.platform;
    AlertNumbers numbers{.summary = {}, .points = hours(300), .platforms = {}};
    Series ios{"ios", ValueKind::value, hours(150)};
    for (const std::size_t hour : row.missing) before(ios.points, hour).clicks = 0;
    numbers.platforms = {ios, {"android", ValueKind::value, hours(150)}};
    const Judgement found = judge(rule, numbers);
    EXPECT_EQ(found.state, row.fires ? AlertState::firing : AlertState::ok) << row.what;
    EXPECT_EQ(found.evidence.platform, row.fires ? "ios" : "") << row.what;
    if (!row.fires) continue;
    EXPECT_EQ(found.evidence.range, (TimeRange{row.fell_at, row.fell_at + kHour})) << row.what;
    EXPECT_EQ(found.evidence.count, 0u) << row.what;
    EXPECT_LT(*found.evidence.p, 1e-4) << row.what;
  }
}

TEST(AlertJudge, CountsAreComparedWithWhatTheRuleSays) {
  AlertRule conversions = rule_of(AlertKind::threshold, 3);
  conversions.measure = AlertMeasure::conversions;
  AlertRule few = rule_of(AlertKind::threshold, 100);
  few.bound = AlertBound::below;
  const AlertRule many = rule_of(AlertKind::threshold, 100);
  const AlertRule bots = rule_of(AlertKind::bots_share, 250'000);
  const AlertRule silence = rule_of(AlertKind::no_clicks, 6);
  const auto numbers = [](std::uint64_t clicks, std::uint64_t bot_clicks, std::uint64_t converted) {
    AlertNumbers out{.summary = {}, .conversions = converted, .points = {}, .platforms = {}};
    out.summary.clicks = out.summary.human_clicks = clicks;
    out.summary.bots = bot_clicks;
    return out;
  };
  const struct {
    const AlertRule& rule;
    AlertNumbers numbers;
    AlertState state;
    std::uint64_t count;
  } rows[] = {
      {many, numbers(99, 500, 500), AlertState::ok, 99},
      {many, numbers(100, 0, 0), AlertState::firing, 100},
      {few, numbers(100, 0, 0), AlertState::ok, 100},
      {few, numbers(99, 0, 0), AlertState::firing, 99},
      {few, numbers(0, 0, 0), AlertState::firing, 0},
      {conversions, numbers(0, 0, 2), AlertState::ok, 2},
      {conversions, numbers(0, 0, 3), AlertState::firing, 3},
      {bots, numbers(76, 24, 0), AlertState::ok, 100},
      {bots, numbers(75, 25, 0), AlertState::firing, 100},
      {bots, numbers(0, 20, 0), AlertState::firing, 20},
      {bots, numbers(0, 19, 0), AlertState::unknown, 19},
      {bots, numbers(0, 0, 0), AlertState::unknown, 0},
      {silence, numbers(0, 50, 0), AlertState::firing, 0},
      {silence, numbers(1, 0, 0), AlertState::ok, 1},
  };
  for (const auto& row : rows) {
    const Judgement found = judge(row.rule, row.numbers);
    EXPECT_EQ(found.state, row.state) << to_text(row.rule.kind) << ' ' << row.count;
    EXPECT_EQ(found.evidence.count, row.count) << to_text(row.rule.kind);
    EXPECT_EQ(found.evidence.range, looked_at(row.rule, kBucket)) << to_text(row.rule.kind);
  }
  EXPECT_EQ(looked_at(silence, kBucket), (TimeRange{kBucket.to - 6 * kHour, kBucket.to}));
}

TEST(AlertJudge, WhatUnrecordedClicksCouldExplainIsDoubted) {
  AlertRule few = rule_of(AlertKind::threshold, 100);
  few.bound = AlertBound::below;
  AlertNumbers none, many;
  many.summary.clicks = 500;
  const struct {
    AlertRule rule;
    const AlertNumbers& numbers;
    AlertState state;
  } rows[] = {
      {rule_of(AlertKind::no_clicks, 6), none, AlertState::unknown},
      {few, none, AlertState::unknown},
      {few, many, AlertState::unknown},
      {rule_of(AlertKind::threshold, 100), none, AlertState::unknown},
      {rule_of(AlertKind::threshold, 100), many, AlertState::firing},
  };
  for (const auto& row : rows) {
    const Judgement found = judge(row.rule, row.numbers, true);
    EXPECT_EQ(found.state, row.state);
    EXPECT_EQ(found.evidence.doubt,
              row.state == AlertState::unknown ? AlertDoubt::incomplete : AlertDoubt::none);
  }
}

// States by the letter, hour by hour: F(iring), O(k), U(nknown). Told: f(ired), r(esolved), '.'.
TEST(AlertJudge, TellsOfWhatBeginsAndOfItsEndAndKeepsQuiet) {
  const struct {
    const char *states, *told;
    std::uint64_t quiet_minutes;
  } rows[] = {
      {"UOOO", "....", 60},    {"OFFFO", ".f..r", 60}, {"FOF", "frf", 60},  // two hours after
      {"FOFO", "fr..", 180},    // a new one within the quiet time, and its end
      {"FOFFF", "fr.f.", 180},  // that outlasts it
      {"FUFO", "f..r", 60},     // what is not known ends nothing
      {"FUUO", "f..r", 0},     {"UFUOF", ".f.rf", 0},
  };
  for (const auto& row : rows) {
    AlertRule rule;
    rule.quiet_minutes = row.quiet_minutes;
    std::string told;
    TimeRange bucket{kMonday, kMonday + kHour};
    for (const char letter : std::string_view(row.states)) {
      const AlertState state = letter == 'F'   ? AlertState::firing
                               : letter == 'O' ? AlertState::ok
                                               : AlertState::unknown;
      const AlertStep step = take_step(rule, {state, {}}, bucket, bucket.to + 77);
      EXPECT_EQ(step.changed, state != rule.status.state);
      EXPECT_EQ(step.status.judged_to, bucket.to);
      if (step.changed) {
        EXPECT_EQ(step.status.since, bucket.to + 77);
      }
      told += !step.told ? '.' : state == AlertState::firing ? 'f' : 'r';
      rule.status = step.status;
      bucket = {bucket.to, bucket.to + kHour};
    }
    EXPECT_EQ(told, row.told) << row.states;
  }
}

}  // namespace
}  // namespace tally
