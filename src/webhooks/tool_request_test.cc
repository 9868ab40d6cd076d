// SPDX-License-Identifier: Apache-2.0
#include "webhooks/tool_request.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

namespace tally {
namespace {

namespace json = boost::json;

const ClickIdCodec kIds({});
const ClickContext kContext{kIds, "https://go.example", "https://shop.example/"};

Webhook webhook_for(WebhookFormat format, std::string key = "k\"ey") {
  Webhook out;
  out.id = WebhookId{3};
  out.format = format;
  out.secret = std::move(key);
  return out;
}

Click a_click() {
  Click click;
  click.key = {1, 42, 0, 7};
  click.time = 1'785'000'000'123;
  click.link = LinkId{7};
  click.platform = Platform::ios;
  click.visitor = 99;
  click.domain = "go.example";
  click.prefix = "promo";
  click.country = "DE";
  click.region = "Unknown";
  click.city = "Berlin";
  click.os = "iOS";
  click.campaign = "summer";
  click.source = "instagram";
  click.ip = *Address::parse("203.0.113.42");
  return click;
}

json::object told(const Webhook& webhook, const Click& click) {
  return json::parse(tool_click(webhook, click, kContext)).as_object();
}

std::string id_of(std::string_view what) { return event_id(WebhookId{3}, what).substr(4); }

TEST(ToolRequest, SegmentHasATrackEvent) {
  const json::object event = told(webhook_for(WebhookFormat::segment), a_click());
  EXPECT_EQ(event.at("type"), "track");
  EXPECT_EQ(event.at("event"), "Link Clicked");
  EXPECT_EQ(event.at("messageId"), json::value(id_of("1-42-0-7")));
  EXPECT_EQ(event.at("anonymousId"), json::value(id_of("visitor 99")));
  EXPECT_EQ(event.at("timestamp"), "2026-07-25T17:20:00.123Z");
  EXPECT_EQ(event.at("context").at("campaign"),
            json::parse(R"({"name":"summer","source":"instagram"})"));
  EXPECT_EQ(event.at("context").at("location"), json::parse(R"({"country":"DE","city":"Berlin"})"));
  EXPECT_EQ(event.at("properties").at("destination"), "https://shop.example/");
}

TEST(ToolRequest, AmplitudeHasADeviceAndMilliseconds) {
  const json::object event = told(webhook_for(WebhookFormat::amplitude), a_click());
  EXPECT_EQ(event.at("event_type"), "Link Clicked");
  EXPECT_EQ(event.at("insert_id"), json::value(id_of("1-42-0-7")));
  EXPECT_EQ(event.at("device_id"), json::value(id_of("visitor 99")));
  EXPECT_EQ(event.at("time"), json::value(1'785'000'000'123));
  EXPECT_EQ(event.at("country"), "DE");
  EXPECT_EQ(event.at("region"), "") << "taken together with the others";
  EXPECT_EQ(event.at("event_properties").at("prefix"), "promo");
}

TEST(ToolRequest, MixpanelHasItsOwnNamesBesideOurs) {
  const json::object event = told(webhook_for(WebhookFormat::mixpanel), a_click());
  EXPECT_EQ(event.at("event"), "Link Clicked");
  const json::object& properties = event.at("properties").as_object();
  EXPECT_EQ(properties.at("$insert_id"), json::value(id_of("1-42-0-7")));
  EXPECT_EQ(properties.at("distinct_id"), json::value(id_of("visitor 99")));
  EXPECT_EQ(properties.at("utm_campaign"), "summer");
  EXPECT_EQ(properties.at("campaign"), "summer");
  EXPECT_EQ(properties.at("mp_country_code"), "DE");
}

TEST(ToolRequest, SomebodyWhoIsNotRecordedIsSomebodyElseEachTime) {
  Click click = a_click();
  click.visitor = 0;
  const Webhook webhook = webhook_for(WebhookFormat::segment);
  EXPECT_EQ(told(webhook, click).at("anonymousId"), json::value(id_of("click 1-42-0-7")));
}

TEST(ToolRequest, AnAddressIsToldOnlyToThoseWhoWantIt) {
  for (const auto format :
       {WebhookFormat::segment, WebhookFormat::amplitude, WebhookFormat::mixpanel}) {
    Webhook webhook = webhook_for(format);
    EXPECT_EQ(tool_click(webhook, a_click(), kContext).find("203.0.113"), std::string::npos);
    webhook.ip = IpMode::truncated;
    EXPECT_NE(tool_click(webhook, a_click(), kContext).find(R"("ip":"203.0.113.0")"),
              std::string::npos);
  }
}

std::string header(const OutgoingRequest& request, std::string_view name) {
  for (const auto& [key, value] : request.headers)
    if (key == name) return value;
  return {};
}

OutgoingRequest addressed(const Webhook& webhook) {
  OutgoingRequest request;
  request.body = std::make_shared<const std::string>(R"([{"a":1}])");
  address_to_tool(webhook, request);
  return request;
}

TEST(ToolRequest, TheKeyIsPutAroundWhatIsSent) {
  struct Row {
    WebhookFormat format;
    const char* key;
    const char* authorization;
    const char* body;
  };
  for (const Row& row : {
           Row{WebhookFormat::segment, "abc123", "Basic YWJjMTIzOg==", R"({"batch":[{"a":1}]})"},
           Row{WebhookFormat::amplitude, "a\"b", "", R"({"api_key":"a\"b","events":[{"a":1}]})"},
           Row{WebhookFormat::mixpanel, "token", "Basic dG9rZW46", R"([{"a":1}])"},
           Row{WebhookFormat::mixpanel, "me:secret", "Basic bWU6c2VjcmV0", R"([{"a":1}])"},
       }) {
    const OutgoingRequest request = addressed(webhook_for(row.format, row.key));
    EXPECT_EQ(header(request, "Authorization"), row.authorization) << row.key;
    EXPECT_EQ(header(request, "Content-Type"), "application/json");
    EXPECT_EQ(*request.body, row.body);
  }
}

TEST(ToolRequest, AnAnswerThatRepeatsTheKeyIsShownWithoutIt) {
  const Webhook webhook = webhook_for(WebhookFormat::segment, "abc123");
  EXPECT_EQ(without_key(webhook, "bad key abc123 (abc123), Basic YWJjMTIzOg=="),
            "bad key *** (***), Basic ***");
  EXPECT_EQ(without_key(webhook, "fine"), "fine");
  EXPECT_EQ(without_key(webhook_for(WebhookFormat::segment, "*"), "a*b"), "a***b");
}

TEST(ToolRequest, ATestIsAnEventOfItsOwnName) {
  for (const auto format :
       {WebhookFormat::segment, WebhookFormat::amplitude, WebhookFormat::mixpanel}) {
    const std::string event = tool_test(webhook_for(format), 1000);
    EXPECT_TRUE(json::parse(event).is_object());
    EXPECT_NE(event.find(R"("Tallymark Test")"), std::string::npos) << event;
  }
}

}  // namespace
}  // namespace tally
