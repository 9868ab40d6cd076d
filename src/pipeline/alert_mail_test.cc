// SPDX-License-Identifier: Apache-2.0
#include "pipeline/alert_mail.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tally {
namespace {

using testing::HasSubstr;

const TimeZone kBerlin = TimeZone::load("Europe/Berlin").value();
const AlertMailContext kContext{kBerlin, "https://stats.example", {{"lnk_7", "/summer/sale"}}};

AlertChange change(AlertState state) {
  AlertChange out;
  out.time = 1'800'000'000'000;
  out.state = state;
  out.evidence.range = {1'799'996'400'000, 1'800'000'000'000};
  out.evidence.count = 400;
  return out;
}

TEST(AlertMail, SaysWhatWhereAndHowSure) {
  AlertRule rule;
  rule.name = "Sale";
  rule.filters = {{Dimension::link, false, {"lnk_7"}}, {Dimension::country, true, {"DE", "AT"}}};
  AlertChange fired = change(AlertState::firing);
  fired.evidence.expected = 12.34;
  fired.evidence.p = 1.5e-9;
  const Mail mail = alert_mail(rule, fired, kContext);
  EXPECT_EQ(mail.subject, "Firing: Sale");
  EXPECT_EQ(mail.time, fired.time);
  EXPECT_EQ(mail.text,
            "The alert \"Sale\" fires.\n\n"
            "What: 400 clicks in this hour, where 12.3 were expected.\n"
            "When: 2027-01-15T08:00:00+01:00 to 2027-01-15T09:00:00+01:00 (Europe/Berlin).\n"
            "Where: link /summer/sale (lnk_7); country !DE,AT.\n"
            "How sure: by its past alone this would come about with p = 1.5e-09.\n\n"
            "https://stats.example/links/lnk_7\n");
}

TEST(AlertMail, EveryKindHasItsWords) {
  AlertRule drop, few, bots, silence;
  drop.kind = AlertKind::drop;
  drop.interval = Interval::day;
  few.kind = AlertKind::threshold;
  few.measure = AlertMeasure::conversions;
  few.bound = AlertBound::below;
  few.amount = 500;
  bots.kind = AlertKind::bots_share;
  bots.amount = 250'000;
  silence.kind = AlertKind::no_clicks;
  silence.amount = 6;
  const struct {
    const AlertRule& rule;
    const char *what, *sure;
  } rows[] = {
      {drop, "What: 400 clicks on ios in this day, where 900.0 were expected.\n", "p = 1e-05"},
      {few, "What: 400 conversions in this hour; the alert is for fewer than 500.\n",
       "How sure: counted, not estimated.\n"},
      {bots,
       "What: 50.0 % of 400 clicks in this hour were of bots; the alert is for at least 25.0 %.\n",
       "How sure: 95 % interval of the share 45.1 % to 54.9 %.\n"},
      {silence, "What: 400 clicks within 6 hours.\n", "How sure: counted, not estimated.\n"},
  };
  for (const auto& row : rows) {
    AlertChange fired = change(AlertState::firing);
    if (row.rule.kind == AlertKind::drop) {
      fired.evidence.platform = "ios";
      fired.evidence.expected = 900;
      fired.evidence.p = 1e-5;
    }
    if (row.rule.kind == AlertKind::bots_share) fired.evidence.share = 0.5;
    const Mail mail = alert_mail(row.rule, fired, kContext);
    EXPECT_THAT(mail.text, HasSubstr(row.what));
    EXPECT_THAT(mail.text, HasSubstr(row.sure));
    EXPECT_THAT(mail.text, HasSubstr("Where: the whole workspace.\n"));
    EXPECT_THAT(mail.text, HasSubstr("\nhttps://stats.example/\n"));
  }
}

TEST(AlertMail, TellsOfTheEndAndOfATest) {
  AlertRule rule;
  rule.name = "Sale";
  EXPECT_EQ(alert_mail(rule, change(AlertState::ok), kContext).subject, "Resolved: Sale");
  const Mail test = alert_test_mail(rule, kContext);
  EXPECT_EQ(test.subject, "Test: Sale");
  EXPECT_THAT(test.text, HasSubstr("nothing has happened"));
}

TEST(AlertMail, AFilterHasNoLinesOfItsOwn) {
  AlertRule rule;
  rule.filters = {{Dimension::campaign, false, {"x\nHow sure: very"}}};
  EXPECT_THAT(alert_mail(rule, change(AlertState::firing), kContext).text,
              HasSubstr("Where: campaign x How sure: very.\n"));
}

}  // namespace
}  // namespace tally
