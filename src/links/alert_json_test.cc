// SPDX-License-Identifier: Apache-2.0
#include "links/alert_json.h"

#include <gtest/gtest.h>

#include "links/outbox.h"

namespace tally {
namespace {

TEST(AlertJson, AnEventIsAnEnvelopeAroundWhatWasFound) {
  AlertRule rule;
  rule.id = AlertId{3};
  rule.name = "iOS \"falls\"";
  rule.kind = AlertKind::drop;
  rule.filters = {{Dimension::link, false, {"lnk_7"}}, {Dimension::country, true, {"DE", "AT"}}};
  AlertChange change{AlertChangeId{9}, rule.id, 5, AlertState::firing, true, {}};
  change.evidence = {{0, kMillisPerHour}, 12, 100.5, 0.25, {}, "ios", AlertDoubt::none};
  const OutboxEvent event{EventId{4},
                          WorkspaceId{1},
                          1'800'000'000'123,
                          "alert.fired",
                          9,
                          alert_event_data(rule, change)};
  EXPECT_EQ(event_body(event),
            R"({"id":"evt_4","event":"alert.fired","timestamp":"2027-01-15T08:00:00.123Z","data":{)"
            R"("alert_id":"alt_3","name":"iOS \"falls\"","what":"drop","interval":"hour",)"
            R"("platform":null,"measure":null,"bound":null,"value":null,"hours":null,)"
            R"("filters":{"link":"lnk_7","country":"!DE,AT"},"state":"firing","evidence":{)"
            R"("from":"1970-01-01T00:00:00.000Z","to":"1970-01-01T01:00:00.000Z","count":12,)"
            R"("expected":100.5,"p":0.25,"share":null,"platform":"ios","doubt":null}}})");
}

TEST(AlertJson, AnAmountMeansWhatItsKindSays) {
  const struct {
    AlertKind kind;
    std::uint64_t amount;
    const char* fields;
  } rows[] = {
      {AlertKind::threshold, 50,
       R"("measure":"clicks","bound":"at_least","value":50,"hours":null)"},
      {AlertKind::bots_share, 250'000, R"("measure":null,"bound":null,"value":0.25,"hours":null)"},
      {AlertKind::no_clicks, 6, R"("measure":null,"bound":null,"value":null,"hours":6)"},
      {AlertKind::spike, 0, R"("measure":null,"bound":null,"value":null,"hours":null)"},
  };
  for (const auto& row : rows) {
    AlertRule rule;
    rule.kind = row.kind;
    rule.amount = row.amount;
    JsonWriter out;
    put_alert_question(out.begin_object(), rule);
    const std::string text = out.end_object().take();
    EXPECT_TRUE(text.contains(row.fields)) << text;
  }
}

}  // namespace
}  // namespace tally
