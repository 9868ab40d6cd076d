// SPDX-License-Identifier: Apache-2.0
#include "links/edge_link.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>

namespace tally {
namespace {

using namespace link_flag;  // NOLINT: this file is about nothing else

constexpr std::uint8_t kNoQuery = 0, kQueryName = 1, kQueryValue = 2;

bool has_saved_tags(const Link& link) {
  return link.utm != Utm{} || !link.campaign.empty() || !link.channel.empty();
}

// Every URL that people may be sent to while the link is open.
template <class Each>
void each_destination(const Link& link, Each&& each) {
  each(link.destination);
  for (const PlatformDestination* platform : {&link.ios, &link.android}) {
    each(platform->url);
    each(platform->store_url);
  }
  for (const Rule& rule : link.rules) each(rule.destination);
  for (const Variant& variant : link.variants) each(variant.destination);
}

bool has_placeholders(const Link& link) {
  bool found = false;
  each_destination(
      link, [&](const std::string& url) { found = found || encode_location(url).contains('{'); });
  return found;
}

std::uint32_t flags_of(const Link& link) {
  std::uint32_t flags = 0;
  const auto set = [&](bool condition, std::uint32_t flag) { flags |= condition ? flag : 0; };
  set(!link.token.empty(), kToken);
  set(link.privacy == LinkPrivacy::do_not_record, kDoNotRecord);
  set(has_saved_tags(link), kSaved);
  set(!link.title.empty(), kTitle);
  set(link.starts_at.has_value(), kStarts);
  set(link.expires_at.has_value(), kExpires);
  set(link.click_limit.has_value(), kLimit);
  set(link.status != 302, kStatus);
  set(!link.fallback_url.empty(), kFallback);
  set(!link.password_hash.empty(), kPassword);
  set(link.open_graph != OpenGraph{}, kOpenGraph);
  set(link.ios != PlatformDestination{}, kIos);
  set(link.android != PlatformDestination{}, kAndroid);
  set(!link.rules.empty(), kRules);
  set(!link.variants.empty(), kVariants);
  set(!link.enabled, kDisabled);
  set(link.passthrough, kPassthrough);
  set(link.append_click_id, kAppendClickId);
  set(link.landing, kLanding);
  set(has_placeholders(link), kPlaceholders);
  return flags;
}

template <class Kind>
std::uint8_t mask_of(const std::vector<Kind>& kinds) {
  unsigned mask = 0;
  for (const Kind kind : kinds) mask |= 1U << static_cast<unsigned>(kind);
  return static_cast<std::uint8_t>(mask);
}

void put_list(std::string& out, const std::vector<std::string>& texts) {
  std::string list;
  for (const std::string& text : texts) put_text(list, text);
  put_text(out, list);
}

void put_rule(std::string& out, const Rule& rule) {
  put_fixed(out, mask_of(rule.platforms));
  put_fixed(out, mask_of(rule.devices));
  put_list(out, rule.countries);
  put_list(out, rule.regions);
  put_list(out, rule.languages);
  put_fixed(out, static_cast<std::uint8_t>(rule.time ? 1 : 0));
  if (rule.time) {
    put_fixed(out, rule.time->weekdays);
    put_fixed(out, rule.time->from_minute);
    put_fixed(out, rule.time->to_minute);
    put_text(out, rule.time->zone);
  }
  put_fixed(out, !rule.query ? kNoQuery : rule.query->value ? kQueryValue : kQueryName);
  if (rule.query) {
    put_text(out, rule.query->name);
    if (rule.query->value) put_text(out, *rule.query->value);
  }
  put_text(out, encode_location(rule.destination));
}

std::string packed_rules(const Link& link) {
  std::string out;
  for (const Rule& rule : link.rules) put_rule(out, rule);
  return out;
}

std::string packed_variants(const Link& link) {
  std::uint64_t total = 0;
  for (const Variant& variant : link.variants) total += variant.weight;
  std::string out;
  put_varint(out, total);
  for (const Variant& variant : link.variants) {
    put_varint(out, variant.weight);
    put_text(out, variant.name);
    put_text(out, encode_location(variant.destination));
  }
  return out;
}

void put_platform(std::string& out, const PlatformDestination& platform) {
  put_text(out, encode_location(platform.url));
  put_text(out, encode_location(platform.store_url));
}

std::string packed_optional(const Link& link, std::uint32_t flags) {
  std::string out;
  if (flags & kSaved) {
    for (const std::string* text :
         {&link.utm.source, &link.utm.medium, &link.utm.campaign, &link.utm.content, &link.utm.term,
          &link.campaign, &link.channel}) {
      put_text(out, *text);
    }
  }
  if (flags & kTitle) put_text(out, link.title);
  if (flags & kStarts) put_fixed(out, *link.starts_at);
  if (flags & kExpires) put_fixed(out, *link.expires_at);
  if (flags & kLimit) put_varint(out, *link.click_limit);
  if (flags & kStatus) put_fixed(out, link.status);
  if (flags & kFallback) put_text(out, encode_location(link.fallback_url));
  if (flags & kPassword) put_text(out, link.password_hash);
  if (flags & kOpenGraph) {
    put_text(out, link.open_graph.title);
    put_text(out, link.open_graph.description);
    put_text(out, link.open_graph.image_url);
  }
  if (flags & kIos) put_platform(out, link.ios);
  if (flags & kAndroid) put_platform(out, link.android);
  if (flags & kRules) put_text(out, packed_rules(link));
  if (flags & kVariants) put_text(out, packed_variants(link));
  return out;
}

EdgePlatform read_platform(ByteReader& in) {
  const std::string_view location = in.text();
  return {location, in.text()};
}

}  // namespace

std::string pack(const Link& link, DomainNumber domain) {
  const std::uint32_t flags = flags_of(link);
  std::string out;
  put_fixed(out, flags);
  put_varint(out, link.id.value);
  put_varint(out, link.workspace.value);
  put_varint(out, domain);
  put_text(out, link.prefix);
  if (flags & kToken) put_text(out, link.token);
  put_text(out, encode_location(link.destination));
  if (flags & kOptional) put_text(out, packed_optional(link, flags));
  return out;
}

EdgeLink unpack(std::string_view bytes, std::size_t& size) {
  ByteReader in(bytes);
  EdgeLink out;
  out.flags = in.fixed<std::uint32_t>();
  out.id = LinkId{in.varint()};
  out.workspace = WorkspaceId{in.varint()};
  out.name.domain = static_cast<DomainNumber>(in.varint());
  out.name.prefix = in.text();
  if (out.flags & kToken) out.name.token = in.text();
  out.location = in.text();
  if (out.flags & kOptional) out.optional = in.text();
  size = bytes.size() - in.rest().size();
  return out;
}

EdgeLinkMore EdgeLink::more() const {
  EdgeLinkMore out;
  ByteReader in(optional);
  if (flags & kSaved) {
    for (std::string_view SavedTags::* tag :
         {&SavedTags::source, &SavedTags::medium, &SavedTags::campaign, &SavedTags::content,
          &SavedTags::term, &SavedTags::link_campaign, &SavedTags::channel}) {
      out.saved.*tag = in.text();
    }
  }
  if (flags & kTitle) out.title = in.text();
  if (flags & kStarts) out.starts_at = in.fixed<UnixMillis>();
  if (flags & kExpires) out.expires_at = in.fixed<UnixMillis>();
  if (flags & kLimit) out.click_limit = in.varint();
  if (flags & kStatus) out.status = in.fixed<std::uint16_t>();
  if (flags & kFallback) out.fallback_location = in.text();
  if (flags & kPassword) out.password_hash = in.text();
  if (flags & kOpenGraph) {
    out.og_title = in.text();
    out.og_description = in.text();
    out.og_image_url = in.text();
  }
  if (flags & kIos) out.ios = read_platform(in);
  if (flags & kAndroid) out.android = read_platform(in);
  if (flags & kRules) out.rules = in.text();
  if (flags & kVariants) out.variants = in.text();
  return out;
}

bool EdgeRules::next(EdgeRule& rule) {
  if (in_.at_end()) return false;
  rule = {};
  rule.platforms = in_.fixed<std::uint8_t>();
  rule.devices = in_.fixed<std::uint8_t>();
  rule.countries = TextList(in_.text());
  rule.regions = TextList(in_.text());
  rule.languages = TextList(in_.text());
  rule.has_window = in_.fixed<std::uint8_t>() != 0;
  if (rule.has_window) {
    rule.weekdays = in_.fixed<std::uint8_t>();
    rule.from_minute = in_.fixed<std::uint16_t>();
    rule.to_minute = in_.fixed<std::uint16_t>();
    rule.zone = in_.text();
  }
  if (const auto query = in_.fixed<std::uint8_t>(); query != kNoQuery) {
    rule.query_name = in_.text();
    if (query == kQueryValue) rule.query_value = in_.text();
  }
  rule.location = in_.text();
  return true;
}

bool EdgeVariants::next(EdgeVariant& variant) {
  if (in_.at_end()) return false;
  variant.weight = in_.varint();
  variant.name = in_.text();
  variant.location = in_.text();
  return true;
}

std::uint64_t hash_name(const LinkName& name) {
  // Parts are hashed in a chain rather than joined: the caller's views need not lie side by side.
  std::uint64_t hash =
      XXH3_64bits_withSeed(name.prefix.data(), name.prefix.size(), std::uint64_t{name.domain} << 1);
  if (!name.token.empty()) hash = XXH3_64bits_withSeed(name.token.data(), name.token.size(), ~hash);
  return hash;
}

}  // namespace tally
