// SPDX-License-Identifier: Apache-2.0
#include "pipeline/mail_courier.h"

#include <gmock/gmock.h>

#include <map>

#include "pipeline/alert_fixture.h"

namespace tally {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class MailCourierTest : public AlertFixture {
 protected:
  MailCourierTest() {
    EXPECT_TRUE(courier().deliver());  // from now on it sees what happens
    AlertRule rule;
    rule.recipients = {"a@x.example", "b@x.example"};
    rule_ = add(rule);
  }
  // One as it is after a start.
  MailCourier courier() {
    return MailCourier({clock_, *outbox_, *alerts_, *links_,
                        [](WorkspaceId) -> Result<TimeZone> { return TimeZone::utc(); },
                        "https://stats.example", [this](const Mail& mail) { return send(mail); }});
  }
  Result<SmtpAnswer> send(const Mail& mail) {
    tried_.push_back(mail.to);
    if (down_) return fail(ErrorCode::unavailable, "refused");
    const int code = codes_.contains(mail.to) ? codes_[mail.to] : 250;
    if (code == 250) sent_.push_back(mail);
    return SmtpAnswer{code, "said", code == 250, of_message_};
  }
  void fire() {
    AlertStep step{.status = rule_.status, .changed = true, .told = true};
    step.status.state = AlertState::firing;
    step.status.judged_to += kMillisPerHour;
    ASSERT_TRUE(alerts_->record(rule_, step, clock_.now_ms()).value());
    rule_ = now(rule_);
  }

  AlertRule rule_;
  bool down_ = false, of_message_ = true;
  std::map<std::string, int> codes_;  // what the server says to a recipient
  std::vector<std::string> tried_;
  std::vector<Mail> sent_;
};

TEST_F(MailCourierTest, EachRecipientIsToldOnce) {
  fire();
  ASSERT_TRUE(courier().deliver());
  EXPECT_THAT(tried_, ElementsAre("a@x.example", "b@x.example"));
  EXPECT_EQ(sent_[0].subject, "Firing: Rule");
  EXPECT_NE(sent_[0].id, sent_[1].id);
  ASSERT_TRUE(courier().deliver());
  EXPECT_EQ(tried_.size(), 2u);
}

TEST_F(MailCourierTest, WhatIsForOthersIsPassedBy) {
  const auto others = [&](int count) {
    for (int i = 0; i < count; ++i)
      ASSERT_TRUE(database_->write([&](Database& db) {
        return db.run(
            "INSERT INTO outbox (workspace, time, event, about, data) "
            "VALUES (?, 0, 'link.created', 7, '{}')",
            workspace_.value);
      }));
  };
  others(120);
  fire();
  others(3);
  ASSERT_TRUE(courier().deliver());
  EXPECT_EQ(tried_.size(), 2u);
  EXPECT_THAT(outbox_->next("mail", 10).value(), IsEmpty());
  down_ = true;
  others(3);
  fire();
  others(3);
  EXPECT_FALSE(courier().deliver());
  down_ = false;
  ASSERT_TRUE(courier().deliver());
  EXPECT_EQ(sent_.size(), 4u);
  EXPECT_THAT(outbox_->next("mail", 10).value(), IsEmpty());
}

TEST_F(MailCourierTest, AServerThatIsDownIsTriedAgainAlsoAfterAStart) {
  fire();
  down_ = true;
  EXPECT_EQ(courier().deliver().error().code, ErrorCode::unavailable);
  EXPECT_THAT(tried_, ElementsAre("a@x.example"));
  down_ = false;
  ASSERT_TRUE(courier().deliver());
  EXPECT_EQ(sent_.size(), 2u);
}

TEST_F(MailCourierTest, OneRecipientHoldsNoOtherUp) {
  fire();
  codes_["a@x.example"] = 450;
  MailCourier one = courier();
  EXPECT_FALSE(one.deliver());
  EXPECT_THAT(tried_, ElementsAre("a@x.example", "b@x.example"));
  EXPECT_FALSE(one.deliver());  // who was served is not told again
  EXPECT_THAT(tried_, ElementsAre("a@x.example", "b@x.example", "a@x.example"));
  codes_.clear();
  ASSERT_TRUE(one.deliver());
  EXPECT_EQ(sent_.size(), 2u);
  EXPECT_EQ(one.sent(), 2u);
  EXPECT_EQ(one.lost(), 0u);
}

TEST_F(MailCourierTest, ARepeatHasTheSameMessageId) {
  fire();
  codes_["b@x.example"] = 450;
  EXPECT_FALSE(courier().deliver());
  codes_.clear();
  ASSERT_TRUE(courier().deliver());
  ASSERT_EQ(sent_.size(), 3u);
  EXPECT_EQ(sent_[0].to, sent_[1].to);
  EXPECT_EQ(sent_[0].id, sent_[1].id);
}

TEST_F(MailCourierTest, AFinalNoIsTheEndAndSoIsLongPatience) {
  fire();
  codes_["a@x.example"] = 550;
  codes_["b@x.example"] = 450;
  MailCourier one = courier();
  EXPECT_FALSE(one.deliver());
  EXPECT_EQ(one.lost(), 1u);
  clock_.advance(kMailPatience + 1);
  ASSERT_TRUE(one.deliver());
  EXPECT_EQ(one.lost(), 2u);
  EXPECT_THAT(sent_, IsEmpty());
}

TEST_F(MailCourierTest, AFullMailboxHasItsHourAlsoAfterALongSilence) {
  fire();
  down_ = true;
  MailCourier one = courier();
  EXPECT_FALSE(one.deliver());
  clock_.advance(3 * kMillisPerHour);
  down_ = false;
  codes_["a@x.example"] = 450;
  EXPECT_FALSE(one.deliver());
  EXPECT_EQ(one.lost(), 0u);
  clock_.advance(kMailboxPatience + 1);
  ASSERT_TRUE(one.deliver());
  EXPECT_EQ(one.lost(), 1u);
  EXPECT_EQ(one.sent(), 1u);
}

TEST_F(MailCourierTest, AServerThatDoesNotLetUsInIsWaitedFor) {
  fire();
  codes_ = {{"a@x.example", 535}, {"b@x.example", 535}};
  of_message_ = false;
  MailCourier one = courier();
  EXPECT_FALSE(one.deliver());
  EXPECT_THAT(tried_, ElementsAre("a@x.example"));
  clock_.advance(kMailPatience - 1);
  EXPECT_FALSE(one.deliver());
  EXPECT_EQ(one.lost(), 0u);
  codes_.clear();
  ASSERT_TRUE(one.deliver());
  EXPECT_EQ(one.sent(), 2u);
}

TEST_F(MailCourierTest, AnAlertThatIsGoneIsNotWrittenAbout) {
  fire();
  ASSERT_TRUE(alerts_->remove(workspace_, rule_.id));
  ASSERT_TRUE(courier().deliver());
  EXPECT_THAT(tried_, IsEmpty());
}

TEST_F(MailCourierTest, WithoutAServerEventsArePassedBy) {
  fire();
  MailCourier::Deps deps{clock_,
                         *outbox_,
                         *alerts_,
                         *links_,
                         [](WorkspaceId) -> Result<TimeZone> { return TimeZone::utc(); },
                         "https://stats.example",
                         {}};
  ASSERT_TRUE(MailCourier(std::move(deps)).deliver());
  ASSERT_TRUE(courier().deliver());
  EXPECT_THAT(tried_, IsEmpty());
}

}  // namespace
}  // namespace tally
