// SPDX-License-Identifier: Apache-2.0
//
// A link: a name on a domain and where it leads.
//
// A link is static (`/promo`, no token) or exact (`/promo/summer-sale`). Its name is unique per
// (domain, prefix, token). validate() holds every rule of a link that needs no other link, so that
// the API, imports and the command line refuse the same things with the same words.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "model/ids.h"

namespace tally {

struct Utm {
  std::string source, medium, campaign, content, term;
  friend bool operator==(const Utm&, const Utm&) = default;
};

struct Link {
  LinkId id;
  WorkspaceId workspace;
  std::string domain;  // "" is the default domain
  std::string prefix;
  std::string token;  // "" for a static link
  std::string destination;
  std::string title;
  std::vector<std::string> tags;
  std::string campaign;
  std::string channel;
  Utm utm;
  std::string fallback_url;  // where to send people when the link is not open; "" shows a page
  bool enabled = true;
  std::optional<UnixMillis> starts_at;
  std::optional<UnixMillis> expires_at;
  UnixMillis created_at = 0;
  UnixMillis updated_at = 0;

  friend bool operator==(const Link&, const Link&) = default;
};

// The path of the link's short URL, percent-encoded: "/promo/summer-sale".
std::string short_path(const Link& link);

// Nothing, or the first rule broken with the field at fault: slugs, destination and fallback URLs,
// lengths (title 500, tags 50 of 100 bytes, campaign, channel and UTM values 255 bytes of UTF-8
// without control characters), expiry after start. Own hosts are the caller's to refuse.
Result<void> validate(const Link& link);

// Prefix: 1 to 64 of [A-Za-z0-9_-], none of the reserved names.
Result<void> validate_prefix(std::string_view prefix);
// Token, already decoded: up to 255 bytes of UTF-8, no '/', no control characters; "" is no token.
Result<void> validate_token(std::string_view token);
// An absolute http or https URL with a host, a port in 1-65535 and no credentials, at most 2048
// bytes. `field` names it in the error.
Result<void> validate_web_url(std::string_view url, std::string_view field);

// Names a link cannot have because the listener itself answers them.
bool is_reserved_prefix(std::string_view prefix);

// The characters and length of a random slug: 7 of base 58 (no 0, O, I, l) give 2.2e12 names.
inline constexpr std::string_view kSlugAlphabet =
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
inline constexpr std::size_t kRandomSlugLength = 7;

// `url` with every byte that may not stand in a URL percent-encoded; existing escapes are kept.
// This is the form that goes into a Location header.
std::string encode_location(std::string_view url);

}  // namespace tally
