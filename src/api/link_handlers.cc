// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "api/handlers.h"
#include "api/link_input.h"
#include "api/parameter.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "http/query_string.h"

namespace tally {
namespace {

constexpr std::size_t kMaxSearch = 200;
constexpr std::size_t kMaxLinkPage = 200;
// The parts that a click comes through until it is stored.
constexpr std::array<std::string_view, 3> kWayToStore = {"enrichment", "clicks", "engine"};

std::string link_json(const Api& api, const Link& link) {
  JsonWriter out;
  put_link(out, link, api.deps.links_base_url);
  return out.take();
}

Result<LinkId> id_of(const Call& call) {
  const auto id = LinkId::parse(call.route.value("id"));
  if (!id) return fail(ErrorCode::not_found, "there is no such link");
  return *id;
}

// "title", "-created_at".
Result<void> read_sort(std::string_view text, LinkListing& listing) {
  listing.descending = text.starts_with('-');
  const std::string_view name = text.substr(listing.descending ? 1 : 0);
  using Sort = LinkListing::Sort;
  constexpr std::array<std::pair<std::string_view, Sort>, 4> kSorts = {{
      {"created_at", Sort::created_at},
      {"updated_at", Sort::updated_at},
      {"prefix", Sort::prefix},
      {"title", Sort::title},
  }};
  const auto found = std::ranges::find(kSorts, name, &std::pair<std::string_view, Sort>::first);
  if (found == kSorts.end())
    return bad_parameter("sort",
                         "'sort' is created_at, updated_at, prefix or title, '-' before it");
  listing.sort = found->second;
  return {};
}

Result<void> read_parameter(const QueryParameter& parameter, LinkListing& listing) {
  const auto& [name, value] = parameter;
  if (name == "search") {
    if (value.size() > kMaxSearch) return bad_parameter(name, "'search' is at most 200 bytes");
    listing.search = value;
  } else if (name == "tag") {
    listing.tag = value;
  } else if (name == "campaign") {
    listing.campaign = value;
  } else if (name == "domain") {
    TRY_ASSIGN(listing.domain, canonical_host(value, name));
  } else if (name == "enabled") {
    if (value != "true" && value != "false")
      return bad_parameter(name, "'enabled' is true or false");
    listing.enabled = value == "true";
  } else if (name == "state") {
    const auto found = std::ranges::find(kLinkStateNames, value);
    if (found == kLinkStateNames.end())
      return bad_parameter(name, "'state' is active, expired, scheduled or disabled");
    listing.state = static_cast<LinkState>(found - kLinkStateNames.begin());
  } else if (name == "count") {
    if (value != "true" && value != "false") return bad_parameter(name, "'count' is true or false");
    listing.counted = value == "true";
  } else if (name == "sort") {
    return read_sort(value, listing);
  } else if (name == "cursor") {
    listing.cursor = value;
  } else if (name == "limit") {
    TRY_ASSIGN(listing.limit, read_limit(value, kMaxLinkPage));
  } else {
    return unknown_parameter(name);
  }
  return {};
}

Result<CreatedLink> store(Api& api, const Link& link, const std::optional<RequestKey>& key,
                          const Editor& by) {
  if (key) return api.deps.links.create_once(link, *key, by);
  TRY_ASSIGN(Link made, api.deps.links.create(link, by));
  return CreatedLink{std::move(made), false};
}

// Stores a link under the name it has, or under random ones until one is free. With 2.2e12 names a
// second try is rare and an eighth means that something else is wrong.
Result<CreatedLink> store_under_a_name(Api& api, Link link, const std::optional<RequestKey>& key,
                                       const Editor& by) {
  if (!link.prefix.empty()) return store(api, link, key, by);
  for (int i = 0; i < kSlugTries; ++i) {
    link.prefix = random_slug(api);
    auto made = store(api, link, key, by);
    if (made || made.error().slug != "slug_taken") return made;
  }
  return fail(ErrorCode::internal, "no free random name was found");
}

std::unexpected<Error> clicks_not_stored(const Api& api) {
  std::string why = "the clicks so far are not all stored, so the limit cannot count them";
  for (const PartState& part : api.deps.parts())
    if (part.state != "ok" && std::ranges::find(kWayToStore, part.name) != kWayToStore.end())
      why += "; " + part.name + ": " + part.detail;
  return fail(ErrorCode::unavailable, std::move(why), "try again");
}

// A limit counts clicks since creation, and the edge counts those of links that have one: the
// earlier ones are asked for. What arrives while the limit is being set may be in neither.
Result<void> count_clicks_before_limit(Api& api, const Link& link) {
  const UnixMillis now = api.deps.clock.now_ms();
  if (!api.deps.await_stored(now + 1)) return clicks_not_stored(api);
  StatsQuery query;
  query.workspace = link.workspace;
  query.range = {link.created_at, api.deps.clock.now_ms() + 1};
  query.filters = {{Dimension::link, false, {link.id.text()}},
                   {Dimension::imported, false, {"false"}}};
  TRY_ASSIGN(const Summary so_far, api.deps.clicks.summary(query));
  return api.deps.count_at_least(link.id, so_far.clicks);
}

// Before the lock: it may wait.
Result<void> count_if_limit_is_new(Api& api, const Call& call, LinkId id, const LinkRules& rules) {
  TRY_ASSIGN(const Link before, api.deps.links.get(call.workspace(), id));
  if (before.click_limit) return {};
  TRY_ASSIGN(const LinkInput input, apply_link_json(before, call.request.body, rules));
  return input.link.click_limit ? count_clicks_before_limit(api, before) : Result<void>();
}

}  // namespace

Result<Response> list_links(Api& api, const Call& call) {
  TRY_ASSIGN(const auto parameters, parse_query_string(call.request.query));
  LinkListing listing;
  listing.workspace = call.workspace();
  listing.now = api.deps.clock.now_ms();
  for (const QueryParameter& parameter : parameters) TRY(read_parameter(parameter, listing));
  TRY_ASSIGN(const LinkPage page, api.deps.links.list(listing));
  JsonWriter out;
  out.begin_object().key("data").begin_array();
  for (const Link& link : page.links) put_link(out, link, api.deps.links_base_url);
  out.end_array().text_or_null("next_cursor", page.next_cursor);
  out.field("total", page.total).end_object();
  return json_response(out.take());
}

Result<Response> create_link(Api& api, const Call& call) {
  TRY_ASSIGN(const auto key, request_key(api, call.request));
  TRY_ASSIGN(const LinkRules rules, link_rules(api));
  Link link;
  link.workspace = call.workspace();
  TRY_ASSIGN(auto input, apply_link_json(std::move(link), call.request.body, rules));
  TRY_ASSIGN(link, hashed(std::move(input)));
  TRY_ASSIGN(const CreatedLink made, store_under_a_name(api, std::move(link), key, call.editor()));
  api.deps.links_changed();
  Response out = json_response(link_json(api, made.link), 201);
  out.fields.push_back({"Location", "/api/v1/links/" + made.link.id.text()});
  if (made.repeated) out.fields.push_back({"Idempotency-Replayed", "true"});
  return out;
}

Result<Response> get_link(Api& api, const Call& call) {
  TRY_ASSIGN(const LinkId id, id_of(call));
  TRY_ASSIGN(const Link link, api.deps.links.get(call.workspace(), id));
  return json_response(link_json(api, link));
}

Result<Response> update_link(Api& api, const Call& call) {
  TRY_ASSIGN(const LinkId id, id_of(call));
  TRY_ASSIGN(const LinkRules rules, link_rules(api));
  TRY(count_if_limit_is_new(api, call, id, rules));
  const std::lock_guard lock(api.patching);
  TRY_ASSIGN(Link link, api.deps.links.get(call.workspace(), id));
  TRY_ASSIGN(auto input, apply_link_json(std::move(link), call.request.body, rules));
  TRY_ASSIGN(link, hashed(std::move(input)));
  TRY_ASSIGN(const Link changed, api.deps.links.update(link, call.editor()));
  api.deps.links_changed();
  return json_response(link_json(api, changed));
}

Result<Response> delete_link(Api& api, const Call& call) {
  TRY_ASSIGN(const LinkId id, id_of(call));
  TRY(api.deps.links.remove(call.workspace(), id, call.editor()));
  api.deps.links_changed();
  return Response{204, {}, {}};
}

}  // namespace tally
