// SPDX-License-Identifier: Apache-2.0
#include "pipeline/alert_evaluator.h"

#include <gmock/gmock.h>

#include <map>

#include "pipeline/alert_fixture.h"

namespace tally {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr UnixMillis kHour = kMillisPerHour;

class AlertEvaluatorTest : public AlertFixture {
 protected:
  AlertRule at_least(std::uint64_t clicks) {
    AlertRule rule;
    rule.kind = AlertKind::threshold;
    rule.amount = clicks;
    return add(rule);
  }
  // One as it is after a start.
  AlertEvaluator evaluator() {
    return AlertEvaluator({clock_, *alerts_, [this] { return as_of_; },
                           [](WorkspaceId) -> Result<TimeZone> { return TimeZone::utc(); },
                           [this](const AlertRule& rule, TimeRange bucket, const TimeZone&) {
                             return rule.id == heavy_
                                        ? fail(ErrorCode::unavailable, "it takes too long")
                                        : ask(bucket);
                           },
                           [](TimeRange) { return false; }, [this] { ++told_; }});
  }
  Result<AlertNumbers> ask(TimeRange bucket) {
    if (trouble_) return std::unexpected(*trouble_);
    asked_.push_back(bucket.from);
    AlertNumbers out;
    out.summary.clicks = clicks_[bucket.from];
    if (meanwhile_) meanwhile_();
    return out;
  }
  // Everything up to then is stored.
  void pass(UnixMillis time) {
    as_of_ = time;
    clock_.set(time + 300);
  }

  UnixMillis as_of_ = kMonday;
  std::map<UnixMillis, std::uint64_t> clicks_;  // by the hour
  std::vector<UnixMillis> asked_;
  std::optional<Error> trouble_;
  AlertId heavy_;  // whose question is never answered
  std::function<void()> meanwhile_;
  int told_ = 0;
};

TEST_F(AlertEvaluatorTest, JudgesEachBucketOnceAlsoOverStarts) {
  const AlertRule rule = at_least(100);
  clicks_[kMonday] = 150;
  EXPECT_EQ(evaluator().judge_due(), 1u);  // the last one at once
  EXPECT_EQ(now(rule).status.state, AlertState::ok);
  EXPECT_EQ(evaluator().judge_due(), 0u);
  pass(kMonday + kHour - 1);
  EXPECT_EQ(evaluator().judge_due(), 0u);
  pass(kMonday + kHour);
  EXPECT_EQ(evaluator().judge_due(), 1u);
  EXPECT_EQ(evaluator().judge_due(), 0u);
  const AlertStatus fired = now(rule).status;
  EXPECT_EQ(fired.state, AlertState::firing);
  EXPECT_EQ(fired.since, kMonday + kHour + 300);
  EXPECT_EQ(fired.evidence.count, 150u);
  EXPECT_THAT(events(), ElementsAre("alert.fired"));
  pass(kMonday + 3 * kHour + 5);
  EXPECT_EQ(evaluator().judge_due(), 2u);
  EXPECT_THAT(events(), ElementsAre("alert.fired", "alert.resolved"));
  EXPECT_EQ(told_, 2);
  EXPECT_THAT(asked_, ElementsAre(kMonday - kHour, kMonday, kMonday + kHour, kMonday + 2 * kHour));
}

TEST_F(AlertEvaluatorTest, AStoreThatIsDownIsWaitedFor) {
  const AlertRule rule = at_least(100);
  ASSERT_TRUE(evaluator().judge_due());
  clicks_[kMonday] = 150;
  pass(kMonday + kHour);
  trouble_ = Error{ErrorCode::unavailable, "down", {}, {}, {}};
  EXPECT_EQ(evaluator().judge_due().error().code, ErrorCode::unavailable);
  EXPECT_EQ(now(rule).status.state, AlertState::ok);
  pass(kMonday + 2 * kHour);
  trouble_.reset();
  EXPECT_EQ(evaluator().judge_due(), 2u);
  EXPECT_THAT(events(), ElementsAre("alert.fired", "alert.resolved"));
}

TEST_F(AlertEvaluatorTest, ARuleThatIsNeverAnsweredHoldsNoOtherUp) {
  heavy_ = at_least(1).id;
  const AlertRule other = at_least(1);
  AlertEvaluator one = evaluator();
  EXPECT_FALSE(one.judge_due());
  EXPECT_FALSE(one.judge_due());
  EXPECT_EQ(now(other).status.state, AlertState::ok);
}

TEST_F(AlertEvaluatorTest, AQuestionThatIsRefusedMakesItsRuleUnknown) {
  const AlertRule rule = at_least(100);
  trouble_ = Error{ErrorCode::invalid, "no such value", {}, {}, {}};
  EXPECT_EQ(evaluator().judge_due(), 1u);
  EXPECT_EQ(now(rule).status.state, AlertState::unknown);
  EXPECT_EQ(now(rule).status.evidence.doubt, AlertDoubt::refused);
}

TEST_F(AlertEvaluatorTest, WhatItsOwnerChangesMeanwhileWins) {
  const AlertRule rule = at_least(1);
  clicks_[kMonday - kHour] = 5;
  meanwhile_ = [&] {
    AlertRule other = now(rule);
    other.amount = 1000;
    ASSERT_TRUE(alerts_->update(other));
    meanwhile_ = nullptr;
  };
  EXPECT_EQ(evaluator().judge_due(), 0u);
  EXPECT_THAT(events(), IsEmpty());
  EXPECT_EQ(evaluator().judge_due(), 1u);
  EXPECT_EQ(now(rule).status.state, AlertState::ok);
}

TEST_F(AlertEvaluatorTest, ARuleThatIsOffIsNotJudged) {
  AlertRule rule = at_least(1);
  rule.enabled = false;
  ASSERT_TRUE(alerts_->update(rule));
  EXPECT_EQ(evaluator().judge_due(), 0u);
  EXPECT_THAT(asked_, IsEmpty());
}

}  // namespace
}  // namespace tally
