// SPDX-License-Identifier: Apache-2.0
#include "links/edge_link.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/bytes.h"

namespace tally {
namespace {

constexpr std::uint8_t kEnabled = 1, kStarts = 2, kExpires = 4, kFallback = 8, kSaved = 16;

bool has_saved_tags(const Link& link) {
  return link.utm != Utm{} || !link.campaign.empty() || !link.channel.empty();
}

}  // namespace

std::string pack(const Link& link) {
  const bool saved = has_saved_tags(link);
  std::string out;
  put_fixed(out, static_cast<std::uint8_t>(
                     (link.enabled ? kEnabled : 0) | (link.starts_at ? kStarts : 0) |
                     (link.expires_at ? kExpires : 0) |
                     (link.fallback_url.empty() ? 0 : kFallback) | (saved ? kSaved : 0)));
  put_varint(out, link.id.value);
  put_varint(out, link.workspace.value);
  put_text(out, link.domain);
  put_text(out, link.prefix);
  put_text(out, link.token);
  put_text(out, encode_location(link.destination));
  if (link.starts_at) put_fixed(out, *link.starts_at);
  if (link.expires_at) put_fixed(out, *link.expires_at);
  if (!link.fallback_url.empty()) put_text(out, encode_location(link.fallback_url));
  if (saved) {
    for (const std::string* text :
         {&link.utm.source, &link.utm.medium, &link.utm.campaign, &link.utm.content, &link.utm.term,
          &link.campaign, &link.channel}) {
      put_text(out, *text);
    }
  }
  return out;
}

EdgeLink unpack(std::string_view bytes, std::size_t& size) {
  ByteReader in(bytes);
  EdgeLink out;
  const auto flags = in.fixed<std::uint8_t>();
  out.enabled = (flags & kEnabled) != 0;
  out.id = LinkId{in.varint()};
  out.workspace = WorkspaceId{in.varint()};
  out.name.domain = in.text();
  out.name.prefix = in.text();
  out.name.token = in.text();
  out.location = in.text();
  if (flags & kStarts) out.starts_at = in.fixed<UnixMillis>();
  if (flags & kExpires) out.expires_at = in.fixed<UnixMillis>();
  if (flags & kFallback) out.fallback_location = in.text();
  if (flags & kSaved) {
    for (std::string_view SavedTags::* tag :
         {&SavedTags::source, &SavedTags::medium, &SavedTags::campaign, &SavedTags::content,
          &SavedTags::term, &SavedTags::link_campaign, &SavedTags::channel}) {
      out.saved.*tag = in.text();
    }
  }
  size = bytes.size() - in.rest().size();
  return out;
}

std::uint64_t hash_name(const LinkName& name) {
  // '\0' cannot occur in any part, so no two names hash the same text. Parts are hashed in a chain
  // rather than joined: the caller's three views need not lie side by side.
  std::uint64_t hash = XXH3_64bits(name.prefix.data(), name.prefix.size());
  if (!name.token.empty()) hash = XXH3_64bits_withSeed(name.token.data(), name.token.size(), hash);
  if (!name.domain.empty())
    hash = XXH3_64bits_withSeed(name.domain.data(), name.domain.size(), ~hash);
  return hash;
}

}  // namespace tally
