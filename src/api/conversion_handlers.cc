// SPDX-License-Identifier: Apache-2.0
#include "api/conversion_json.h"
#include "api/handlers.h"
#include "api/link_input.h"
#include "api/parameter.h"
#include "base/text.h"
#include "http/query_string.h"
#include "model/calendar.h"
#include "model/kinds.h"

namespace tally {
namespace {

constexpr std::size_t kMaxPage = 200;

std::string cursor_text(const ConversionCursor& cursor) {
  return std::to_string(cursor.time) + "." + cursor.id.text();
}

Result<ConversionCursor> read_cursor(std::string_view text) {
  const auto dot = std::min(text.find('.'), text.size());
  const auto time = parse_number<UnixMillis>(text.substr(0, dot));
  const auto id = ConversionId::parse(text.substr(std::min(dot + 1, text.size())));
  if (!time || !id) return bad_cursor();
  return ConversionCursor{*time, *id};
}

Result<UnixMillis> read_time(std::string_view name, std::string_view value) {
  const auto time = parse_time(value, TimeZone::utc(), name);
  if (!time) return bad_parameter(name, std::string(name) + " must be a time in ISO 8601");
  return *time;
}

Result<void> read_parameter(const QueryParameter& parameter, ConversionListing& listing) {
  const auto& [name, value] = parameter;
  if (name == "link") {
    listing.link = LinkId::parse(value);
    if (!listing.link) return bad_parameter(name, "'link' must be a link's id, like lnk_42");
  } else if (name == "status") {
    listing.state = parse_kind<ConversionState>(kConversionStateNames, value);
    if (!listing.state) return bad_parameter(name, "'status' is pending, joined or unmatched");
  } else if (name == "from") {
    TRY_ASSIGN(listing.from, read_time(name, value));
  } else if (name == "to") {
    TRY_ASSIGN(listing.to, read_time(name, value));
  } else if (name == "cursor") {
    TRY_ASSIGN(listing.after, read_cursor(value));
  } else if (name == "limit") {
    TRY_ASSIGN(listing.limit, read_limit(value, kMaxPage));
  } else {
    return unknown_parameter(name);
  }
  return {};
}

Response conversion_response(const Api& api, const Conversion& conversion, int status) {
  JsonWriter out;
  put_conversion(out, conversion, api.click_ids);
  return json_response(out.take(), status);
}

}  // namespace

Result<Response> create_conversion(Api& api, const Call& call) {
  TRY_ASSIGN(const auto key, request_key(api, call.request));
  TRY_ASSIGN(const Workspace workspace, api.deps.accounts.workspace(call.workspace()));
  const ConversionRules rules{api.click_ids, workspace.currency, api.deps.clock.now_ms(),
                              key ? key->key : std::string()};
  TRY_ASSIGN(const ConversionInput input,
             read_conversion_json(call.workspace(), call.request.body, rules));
  TRY_ASSIGN(const TakenConversion taken,
             api.deps.conversions.take(input.conversion, input.request));
  Response out = conversion_response(api, taken.conversion, taken.repeated ? 200 : 201);
  out.fields.push_back({"Location", "/api/v1/conversions/" + taken.conversion.id.text()});
  if (taken.repeated) {
    out.fields.push_back({"Idempotency-Replayed", "true"});
  } else {
    api.deps.conversions_changed();
  }
  return out;
}

Result<Response> get_conversion(Api& api, const Call& call) {
  const auto id = ConversionId::parse(call.route.value("id"));
  if (!id) return fail(ErrorCode::not_found, "there is no such conversion");
  TRY_ASSIGN(const Conversion conversion, api.deps.conversions.get(call.workspace(), *id));
  return conversion_response(api, conversion, 200);
}

Result<Response> list_conversions(Api& api, const Call& call) {
  TRY_ASSIGN(const auto parameters, parse_query_string(call.request.query));
  ConversionListing listing;
  listing.workspace = call.workspace();
  for (const QueryParameter& parameter : parameters) TRY(read_parameter(parameter, listing));
  TRY_ASSIGN(const ConversionPage page, api.deps.conversions.list(listing));
  TRY_ASSIGN(const auto counts, api.deps.conversions.counts(call.workspace()));
  JsonWriter out;
  out.begin_object().key("data").begin_array();
  for (const Conversion& one : page.conversions) put_conversion(out, one, api.click_ids);
  out.end_array().text_or_null("next_cursor", page.next ? cursor_text(*page.next) : "");
  out.key("counts").begin_object();
  for (std::size_t i = 0; i < counts.size(); ++i) out.field(kConversionStateNames[i], counts[i]);
  out.end_object().end_object();
  return json_response(out.take());
}

}  // namespace tally
