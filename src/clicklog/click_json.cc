// SPDX-License-Identifier: Apache-2.0
#include "clicklog/click_json.h"

#include <fmt/format.h>

#include <optional>

#include "model/calendar.h"

namespace tally {
namespace {

template <class Number>
std::optional<Number> unless_zero(Number number) {
  return number == Number{} ? std::nullopt : std::optional(number);
}

// A stored float in the fewest digits: 2.625, not 2.6250000149.
std::optional<double> short_number(float number) {
  if (number == 0) return std::nullopt;
  return static_cast<double>(static_cast<long>(number * 1000 + 0.5f)) / 1000;
}

// Texts that are null when there is none; all others are written as they are stored.
bool is_optional_text(std::string_view name) { return name == "token" || name == "variant"; }

}  // namespace

void put_click(JsonWriter& out, const Click& click, const ClickIdCodec& ids, const Address& ip) {
  out.begin_object()
      .field("click_id", ids.encode(click.key))
      .field("time", format_utc(click.time))
      .field("workspace_id", click.workspace.text())
      .text_or_null("link_id", click.link.text())
      .field("outcome", to_text(click.outcome))
      .field("traffic", to_text(click.traffic))
      .field("trigger", to_text(click.trigger))
      .field("platform", to_text(click.platform))
      .field("device", to_text(click.device))
      .field("first", click.first)
      .field("first_ws", click.first_ws)
      .field("in_app", click.in_app)
      .field("imported", click.imported)
      .field("screen_w", unless_zero(click.screen_w))
      .field("screen_h", unless_zero(click.screen_h))
      .field("dpr", short_number(click.dpr))
      .field("screen_source", to_text(click.screen_source))
      .text_or_null("ip", ip.text());
  for (const ClickText& text : click_texts()) {
    const std::string& value = click.*text.member;
    if (is_optional_text(text.name)) {
      out.text_or_null(text.name, value);
    } else {
      out.field(text.name, value);
    }
  }
  out.end_object();
}

std::string click_json(const Click& click, const ClickIdCodec& ids) {
  JsonWriter out;
  put_click(out, click, ids, click.ip);
  return out.take();
}

std::string sequence_of(const ClickKey& key) {
  return fmt::format("{}-{}-{}-{}", key.node, key.epoch, key.shard, key.n);
}

}  // namespace tally
