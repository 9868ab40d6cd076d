// SPDX-License-Identifier: Apache-2.0
#include "webhooks/event_filter.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

Webhook webhook(WebhookFilter filter) {
  Webhook out;
  out.workspace = WorkspaceId{1};
  out.events = {EventKind::link_clicked, EventKind::conversion_created, EventKind::alert_fired};
  out.filter = std::move(filter);
  return out;
}

struct Row {
  WebhookFilter filter;
  bool wanted;
};
const Row kRows[] = {
    {{}, true},
    {{{LinkId{7}, LinkId{8}}, {}, TrafficFilter::all}, true},
    {{{LinkId{8}}, {}, TrafficFilter::all}, false},
    {{{}, {"spring", "summer"}, TrafficFilter::human}, true},
    {{{LinkId{7}}, {"spring"}, TrafficFilter::human}, false},
    {{{}, {}, TrafficFilter::bot}, false},
};

TEST(EventFilter, MeansTheSameOfClicksAndConversions) {
  Click click;
  click.workspace = WorkspaceId{1};
  click.link = LinkId{7};
  click.outcome = Outcome::landing;
  click.campaign = "summer";
  OutboxEvent conversion;
  conversion.workspace = WorkspaceId{1};
  conversion.event = "conversion.created";
  conversion.data = R"({"id":"cnv_1","link_id":"lnk_7","traffic":"human","campaign":"summer"})";
  for (const Row& row : kRows) {
    EXPECT_EQ(wants(webhook(row.filter), click), row.wanted);
    EXPECT_EQ(wants(webhook(row.filter), conversion), row.wanted);
  }
  conversion.data = "{}";
  EXPECT_FALSE(wants(webhook({}), conversion));
}

TEST(EventFilter, ClicksAreThoseThatCount) {
  Click click;
  click.workspace = WorkspaceId{1};
  click.link = LinkId{7};
  click.outcome = Outcome::expired;
  EXPECT_FALSE(wants(webhook({}), click));
  click.outcome = Outcome::redirected;
  EXPECT_TRUE(wants(webhook({}), click));
  click.workspace = WorkspaceId{2};
  EXPECT_FALSE(wants(webhook({}), click));
}

TEST(EventFilter, OtherEventsPassWhereTheyAreAskedFor) {
  OutboxEvent event;
  event.workspace = WorkspaceId{1};
  event.event = "alert.fired";
  EXPECT_TRUE(wants(webhook({{LinkId{8}}, {}, TrafficFilter::bot}), event));
  event.event = "export.ready";
  EXPECT_FALSE(wants(webhook({}), event));
  event.event = "dog.barked";
  EXPECT_FALSE(wants(webhook({}), event));
}

}  // namespace
}  // namespace tally
