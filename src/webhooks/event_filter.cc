// SPDX-License-Identifier: Apache-2.0
#include "webhooks/event_filter.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "model/click_filter.h"

namespace tally {
namespace {

bool passes(const WebhookFilter& filter, LinkId link, std::string_view campaign, Traffic traffic) {
  const auto has = [](const auto& list, const auto& value) {
    return list.empty() || std::ranges::find(list, value) != list.end();
  };
  return is_asked(filter.traffic, traffic) && has(filter.links, link) &&
         has(filter.campaigns, campaign);
}

// The text of a member; "" for null, for what is no text, and where there is none.
std::string_view text_of(const boost::json::object& object, std::string_view name) {
  const auto* const found = object.if_contains(name);
  if (found == nullptr || !found->is_string()) return {};
  const auto& text = found->get_string();
  return {text.data(), text.size()};
}

bool conversion_passes(const WebhookFilter& filter, const std::string& data) {
  boost::system::error_code error;
  const boost::json::value value = boost::json::parse(data, error);
  if (error || !value.is_object()) return false;
  const auto& object = value.get_object();
  const auto traffic = parse_kind<Traffic>(kTrafficNames, text_of(object, "traffic"));
  const LinkId link = LinkId::parse(text_of(object, "link_id")).value_or(LinkId{});
  return traffic && passes(filter, link, text_of(object, "campaign"), *traffic);
}

}  // namespace

bool wants(const Webhook& webhook, const Click& click) {
  return click.workspace == webhook.workspace && click.link && is_headline(click.outcome) &&
         passes(webhook.filter, click.link, click.campaign, click.traffic);
}

bool wants(const Webhook& webhook, const OutboxEvent& event) {
  const auto kind = parse_kind<EventKind>(kEventKindNames, event.event);
  if (!kind || webhook.workspace != event.workspace || !webhook.events.has(*kind)) return false;
  return *kind != EventKind::conversion_created || conversion_passes(webhook.filter, event.data);
}

}  // namespace tally
