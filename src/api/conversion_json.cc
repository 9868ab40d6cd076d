// SPDX-License-Identifier: Apache-2.0
#include "api/conversion_json.h"

#include <algorithm>

#include "api/json.h"
#include "links/conversion_event_json.h"

namespace tally {
namespace {

constexpr std::string_view kUsualEvent = "conversion";
constexpr std::size_t kMaxEvent = 64;
constexpr std::size_t kMaxKey = 255;
// A sender's clock may be ahead of ours.
constexpr UnixMillis kAhead = 5 * kMillisPerMinute;

bool is_event(std::string_view text) {
  return !text.empty() && text.size() <= kMaxEvent && std::ranges::none_of(text, [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  });
}

bool is_key(std::string_view text) {
  return !text.empty() && text.size() <= kMaxKey &&
         std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; });
}

Result<void> check_currency(const Conversion& conversion, const ConversionRules& rules) {
  if (rules.currency.empty() && (conversion.value_micros || !conversion.currency.empty()))
    return fail_field("currency", "no_currency",
                      "this workspace has no currency yet: set it before values are told of");
  if (!conversion.currency.empty() && conversion.currency != rules.currency)
    return fail_field("currency", "other_currency",
                      "values of this workspace are in " + rules.currency);
  return {};
}

// What of a request makes it the same one when it is repeated.
std::string content_of(const Conversion& conversion, const std::string& click_id,
                       std::optional<UnixMillis> time) {
  JsonWriter out;
  out.begin_array()
      .value(click_id)
      .value(conversion.event)
      .value(conversion.value_micros)
      .value(time)
      .end_array();
  return out.take();
}

}  // namespace

Result<ConversionInput> read_conversion_json(WorkspaceId workspace, std::string_view body,
                                             const ConversionRules& rules) {
  TRY_ASSIGN(const JsonDocument document, JsonDocument::parse(body));
  JsonFields fields(document);
  ConversionInput out;
  Conversion& conversion = out.conversion;
  conversion.workspace = workspace;
  conversion.event = kUsualEvent;
  std::string click_id;
  std::optional<UnixMillis> time;
  std::optional<std::string> key;
  fields.require("click_id");
  fields.text("click_id", click_id);
  fields.text("event", conversion.event);
  fields.micros_or_null("value", conversion.value_micros);
  fields.text_or_null("currency", conversion.currency);
  fields.time_or_null("time", time);
  fields.text_or_null("id", key);
  TRY(fields.finish());
  const auto click = rules.click_ids.decode(click_id);
  if (!click) return fail_field("click_id", "bad_click_id", "is not a click id of this server");
  conversion.click = *click;
  if (!is_event(conversion.event))
    return fail_field("event", "bad_event", "must be 1 to 64 bytes without control characters");
  TRY(check_currency(conversion, rules));
  conversion.currency = conversion.value_micros ? rules.currency : std::string();
  conversion.time = time.value_or(rules.now);
  if (conversion.time < 0 || conversion.time > rules.now + kAhead)
    return fail_field("time", "bad_time", "must not be in the future, nor before 1970");
  if (key && !is_key(*key))
    return fail_field("id", "bad_id", "must be 1 to 255 visible ASCII characters");
  if (key && !rules.header_key.empty() && *key != rules.header_key)
    return fail_field("id", "other_key", "is not what the header Idempotency-Key says");
  out.request.key = key.value_or(rules.header_key);
  out.request.content = content_of(conversion, click_id, time);
  return out;
}

void put_conversion(JsonWriter& out, const Conversion& conversion, const ClickIdCodec& click_ids) {
  put_conversion_fields(out.begin_object(), conversion, click_ids);
  out.end_object();
}

}  // namespace tally
