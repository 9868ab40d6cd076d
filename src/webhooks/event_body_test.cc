// SPDX-License-Identifier: Apache-2.0
#include "webhooks/event_body.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

Click a_click() {
  Click click;
  click.key = {1, 42, 0, 7};
  click.time = 1'785'000'000'123;
  click.workspace = WorkspaceId{1};
  click.link = LinkId{7};
  click.outcome = Outcome::redirected;
  click.platform = Platform::ios;
  click.device = Device::mobile;
  click.first = true;
  click.ip = *Address::parse("203.0.113.42");
  click.domain = "go.yourapp.com";
  click.prefix = "promo";
  click.token = "summer sale";
  click.country = "DE";
  click.region = "Berlin";
  click.city = "Berlin";
  click.os = "iOS";
  click.browser = "Instagram";
  click.in_app = true;
  click.channel = "social";
  click.source = "instagram";
  click.campaign = "summer_2026";
  return click;
}

const ClickIdCodec kIds({});

std::string event_of(const Click& click, IpMode ip, std::string_view destination) {
  Webhook webhook;
  webhook.id = WebhookId{3};
  webhook.ip = ip;
  return click_event(webhook, click, {kIds, "https://go.example", destination});
}

TEST(EventBody, AClickHasTheNamesOfTheFirstSystemAndOurs) {
  EXPECT_EQ(
      event_of(a_click(), IpMode::full, "https://shop.example/"),
      R"({"id":")" + event_id(WebhookId{3}, "1-42-0-7") +
          R"(","event":"link.clicked","timestamp":"2026-07-25T17:20:00.123Z","data":{)"
          R"("prefix":"promo","token":"summer sale","platform":"ios","device_type":"mobile",)"
          R"("hostname":"go.yourapp.com","ip":"203.0.113.42","campaign":"summer_2026",)"
          R"("url":"https://go.yourapp.com/promo/summer%20sale",)"
          R"("destination":"https://shop.example/",)"
          R"("click_id":")" +
          kIds.encode({1, 42, 0, 7}) +
          R"(","link_id":"lnk_7","country":"DE","region":"Berlin","city":"Berlin","os":"iOS",)"
          R"("browser":"Instagram","in_app":true,"referrer":null,"channel":"social",)"
          R"("source":"instagram","medium":null,"content":null,"term":null,"trigger":"link",)"
          R"("unique":true,"traffic":"human","variant":null,"outcome":"redirected",)"
          R"("seq":"1-42-0-7"}})");
}

TEST(EventBody, AnAddressIsToldAsFarAsTheWebhookWantsIt) {
  struct Row {
    IpMode ip;
    const char* address;
    const char* told;
  };
  for (const Row& row : {Row{IpMode::none, "203.0.113.42", R"("ip":null)"},
                         Row{IpMode::truncated, "203.0.113.42", R"("ip":"203.0.113.0")"},
                         Row{IpMode::truncated, "2001:db8:1:2::3", R"("ip":"2001:db8:1::")"},
                         Row{IpMode::full, "2001:db8:1:2::3", R"("ip":"2001:db8:1:2::3")"}}) {
    Click click = a_click();
    click.ip = *Address::parse(row.address);
    EXPECT_NE(event_of(click, row.ip, "").find(row.told), std::string::npos) << row.told;
  }
  Click unknown = a_click();
  unknown.ip = {};
  EXPECT_NE(event_of(unknown, IpMode::full, "").find(R"("ip":null)"), std::string::npos);
}

TEST(EventBody, AnIdIsAFunctionOfWebhookAndEvent) {
  EXPECT_EQ(event_id(WebhookId{3}, "1-42-0-7"), event_id(WebhookId{3}, "1-42-0-7"));
  EXPECT_NE(event_id(WebhookId{3}, "1-42-0-7"), event_id(WebhookId{4}, "1-42-0-7"));
  EXPECT_NE(event_id(WebhookId{3}, "1-42-0-7"), event_id(WebhookId{3}, "1-42-0-8"));
  EXPECT_EQ(event_id(WebhookId{3}, "x").size(), 36u);
}

TEST(EventBody, ABatchHoldsWholeEvents) {
  const std::string events[] = {R"({"id":"msg_1"})", R"({"id":"msg_2"})"};
  EXPECT_EQ(batch_event("msg_b", 0, events),
            R"({"id":"msg_b","event":"batch","timestamp":"1970-01-01T00:00:00.000Z",)"
            R"("data":[{"id":"msg_1"},{"id":"msg_2"}]})");
}

TEST(EventBody, SaysWhatItIsCalled) {
  EXPECT_EQ(event_name(batch_event("msg_b", 0, {})), "batch");
  EXPECT_EQ(event_name(event_of(a_click(), IpMode::none, "")), "link.clicked");
  EXPECT_EQ(event_name("{}"), "");
}

TEST(EventBody, EventsOfTheOutboxKeepTheirData) {
  Webhook webhook;
  webhook.id = WebhookId{3};
  OutboxEvent event;
  event.id = EventId{9};
  event.event = "alert.fired";
  event.data = R"({"a":1})";
  EXPECT_EQ(
      outbox_event(webhook, event),
      R"({"id":")" + event_id(WebhookId{3}, "evt_9") +
          R"(","event":"alert.fired","timestamp":"1970-01-01T00:00:00.000Z","data":{"a":1}})");
}

}  // namespace
}  // namespace tally
