// SPDX-License-Identifier: Apache-2.0
#include "api/link_json.h"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>

#include "api/json.h"
#include "base/text.h"
#include "model/calendar.h"

namespace tally {
namespace {

struct Authority {
  std::string host;  // lower case, without a last dot
  std::string port;  // "" where it is the usual one, 80 or 443
  friend bool operator==(const Authority&, const Authority&) = default;
};

// Both usual ports are one place here: plain http tends to be sent on to https.
Authority authority_of(std::string_view url) {
  const std::string encoded = encode_location(url);
  const auto parsed = boost::urls::parse_uri(encoded);
  if (!parsed) return {};
  Authority out{lower(std::string(parsed->host())), std::string(parsed->port())};
  if (out.host.ends_with('.')) out.host.pop_back();
  if (out.port == "80" || out.port == "443") out.port.clear();
  return out;
}

Result<void> refuse_own_host(std::string_view url, std::string_view field,
                             std::string_view links_base_url) {
  if (url.empty() || authority_of(url) != authority_of(links_base_url)) return {};
  return fail_field(std::string(field), "own_host",
                    "is one of this server's own short links: it would lead in circles");
}

void fold_tags(std::vector<std::string>& tags) {
  std::vector<std::string> kept;
  for (std::string& tag : tags)
    if (std::ranges::find(kept, tag) == kept.end()) kept.push_back(std::move(tag));
  tags = std::move(kept);
}

void read_utm(JsonFields& fields, Utm& utm) {
  fields.text_or_null("source", utm.source);
  fields.text_or_null("medium", utm.medium);
  fields.text_or_null("campaign", utm.campaign);
  fields.text_or_null("content", utm.content);
  fields.text_or_null("term", utm.term);
}

void read_fields(JsonFields& fields, Link& link) {
  fields.text_or_null("domain", link.domain);
  fields.text("prefix", link.prefix);
  fields.text_or_null("token", link.token);
  fields.text("destination", link.destination);
  fields.text_or_null("title", link.title);
  fields.texts("tags", link.tags);
  fields.text_or_null("campaign", link.campaign);
  fields.text_or_null("channel", link.channel);
  fields.object_or_null(
      "utm", [&](JsonFields& inner) { read_utm(inner, link.utm); }, [&] { link.utm = {}; });
  fields.text_or_null("fallback_url", link.fallback_url);
  fields.boolean("enabled", link.enabled);
  fields.time_or_null("starts_at", link.starts_at);
  fields.time_or_null("expires_at", link.expires_at);
}

Result<void> check(const Link& link, bool prefix_given, std::string_view links_base_url) {
  if (!link.domain.empty())
    return fail_field("domain", "unknown_domain", "this workspace has no such domain");
  Link named = link;
  if (link.prefix.empty() && !prefix_given) {
    if (!link.token.empty())
      return fail_field("token", "token_without_prefix", "a token needs a prefix");
    named.prefix = "x";  // stands for the one that will be chosen
  }
  TRY(validate(named));
  TRY(refuse_own_host(link.destination, "destination", links_base_url));
  return refuse_own_host(link.fallback_url, "fallback_url", links_base_url);
}

std::optional<std::string> time_text(const std::optional<UnixMillis>& time) {
  if (!time) return std::nullopt;
  return format_utc(*time);
}

}  // namespace

void put_link(JsonWriter& out, const Link& link, std::string_view links_base_url) {
  out.begin_object()
      .field("id", link.id.text())
      .text_or_null("domain", link.domain)
      .field("prefix", link.prefix)
      .text_or_null("token", link.token)
      .field("destination", link.destination)
      .text_or_null("title", link.title)
      .key("tags")
      .begin_array();
  for (const std::string& tag : link.tags) out.value(tag);
  out.end_array()
      .text_or_null("campaign", link.campaign)
      .text_or_null("channel", link.channel)
      .key("utm")
      .begin_object()
      .text_or_null("source", link.utm.source)
      .text_or_null("medium", link.utm.medium)
      .text_or_null("campaign", link.utm.campaign)
      .text_or_null("content", link.utm.content)
      .text_or_null("term", link.utm.term)
      .end_object()
      .text_or_null("fallback_url", link.fallback_url)
      .field("enabled", link.enabled)
      .field("starts_at", time_text(link.starts_at))
      .field("expires_at", time_text(link.expires_at))
      .field("created_at", format_utc(link.created_at))
      .field("updated_at", format_utc(link.updated_at))
      .field("short_url", std::string(links_base_url) + short_path(link))
      .end_object();
}

Result<Link> apply_link_json(Link link, std::string_view body, std::string_view links_base_url) {
  TRY_ASSIGN(const JsonDocument document, JsonDocument::parse(body));
  JsonFields fields(document);
  read_fields(fields, link);
  const bool prefix_given = fields.has("prefix");
  TRY(fields.finish());
  fold_tags(link.tags);
  TRY(check(link, prefix_given, links_base_url));
  return link;
}

}  // namespace tally
