// SPDX-License-Identifier: Apache-2.0
#include "api/public_conversions.h"

#include <algorithm>

#include "api/json.h"
#include "api/problem.h"
#include "base/log.h"
#include "base/text.h"

namespace tally {
namespace {

constexpr std::size_t kMaxEvent = 64;

bool is_public_event(std::string_view text) {
  return !text.empty() && text.size() <= kMaxEvent && std::ranges::all_of(text, [](char c) {
    return is_alnum(c) || c == '_' || c == '.' || c == ':' || c == '-';
  });
}

}  // namespace

Result<PublicConversion> read_public_conversion(std::string_view body) {
  TRY_ASSIGN(const JsonDocument document, JsonDocument::parse(body));
  JsonFields fields(document);
  PublicConversion out;
  fields.require("key");
  fields.require("click_id");
  fields.text("key", out.key);
  fields.text("click_id", out.click_id);
  fields.text("event", out.event);
  TRY(fields.finish());
  if (!is_public_event(out.event))
    return fail_field("event", "bad_event", "must be 1 to 64 letters, digits, '_', '.', ':', '-'");
  return out;
}

Result<bool> PublicConversions::store(std::string_view body) {
  TRY_ASSIGN(const PublicConversion told, read_public_conversion(body));
  TRY_ASSIGN(const auto key, deps_.accounts.find_key(told.key));
  if (!key || !key->is_public())
    return std::unexpected(
        Error{ErrorCode::forbidden, "is no public key that holds", {}, "key", "bad_key"});
  const auto click = deps_.click_ids.decode(told.click_id);
  if (!click || !deps_.given_out(*click))
    return fail_field("click_id", "bad_click_id", "is not a click id of this server");
  Conversion conversion;
  conversion.workspace = key->workspace;
  conversion.click = *click;
  conversion.time = deps_.clock.now_ms();
  conversion.event = told.event;
  // No name that a sender chooses has a blank.
  const std::string family = "page " + told.click_id + " ";
  TRY_ASSIGN(const TakenConversion taken,
             deps_.conversions.take(conversion, {.key = family + told.event,
                                                 .content = {},
                                                 .family = family,
                                                 .most_of_family = kMaxPublicEvents}));
  return !taken.repeated;
}

ConversionReply PublicConversions::take(std::string_view body) {
  const auto fresh = store(body);
  if (!fresh) {
    const Problem problem = to_problem(fresh.error());
    if (problem.status >= 500) log_warn("a page's conversion: {}", fresh.error().line());
    return {problem.status,
            problem.field.empty() ? problem.detail : problem.field + ": " + problem.detail};
  }
  const std::lock_guard lock(mutex_);
  if (*fresh && when_taken_) when_taken_();
  return {};
}

void PublicConversions::when_taken(std::function<void()> call) {
  const std::lock_guard lock(mutex_);
  when_taken_ = std::move(call);
}

}  // namespace tally
