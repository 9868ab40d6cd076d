// SPDX-License-Identifier: Apache-2.0
//
// The part of a link that a redirect needs, packed into one run of bytes.
//
// Millions of links must fit into some hundred bytes each, so the edge's table does not hold Link
// objects: it holds these packed forms back to back and hands out views into them. URLs are already
// in the form that goes into a Location header.
//
// Nearly all links are a name and a destination. One word of flags says what else a link has; what
// costs a decision at the edge is behind kDecides, so a plain link is answered after one test of
// that word, and the optional fields are not even read. They stand behind the location in the order
// of their flags and are taken apart by more().
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/clock.h"
#include "model/hit.h"
#include "model/ids.h"
#include "model/link.h"

namespace tally {

// Links of the default domain have this number; others have that of their place in the table.
using DomainNumber = std::uint32_t;
inline constexpr DomainNumber kDefaultDomain = 0;

// Where a link is found; `token` is "" for a static link, kPatternToken for a pattern.
struct LinkName {
  DomainNumber domain = kDefaultDomain;
  std::string_view prefix, token;
  friend bool operator==(const LinkName&, const LinkName&) = default;
};

namespace link_flag {
inline constexpr std::uint32_t kToken = 1 << 0;
inline constexpr std::uint32_t kDoNotRecord = 1 << 1;
// Optional fields, in the order in which they are packed.
inline constexpr std::uint32_t kSaved = 1 << 2;
inline constexpr std::uint32_t kTitle = 1 << 3;
inline constexpr std::uint32_t kStarts = 1 << 4;
inline constexpr std::uint32_t kExpires = 1 << 5;
inline constexpr std::uint32_t kLimit = 1 << 6;
inline constexpr std::uint32_t kStatus = 1 << 7;  // other than 302
inline constexpr std::uint32_t kFallback = 1 << 8;
inline constexpr std::uint32_t kPassword = 1 << 9;
inline constexpr std::uint32_t kOpenGraph = 1 << 10;
inline constexpr std::uint32_t kIos = 1 << 11;
inline constexpr std::uint32_t kAndroid = 1 << 12;
inline constexpr std::uint32_t kRules = 1 << 13;
inline constexpr std::uint32_t kVariants = 1 << 14;
// Switches.
inline constexpr std::uint32_t kDisabled = 1 << 15;
inline constexpr std::uint32_t kPassthrough = 1 << 16;
inline constexpr std::uint32_t kAppendClickId = 1 << 17;
inline constexpr std::uint32_t kLanding = 1 << 18;
inline constexpr std::uint32_t kPlaceholders = 1 << 19;  // in any of its destinations

inline constexpr std::uint32_t kOptional = (1 << 15) - kSaved;
// Without any of these every visitor gets the location, now and always.
inline constexpr std::uint32_t kDecides =
    kStarts | kExpires | kLimit | kStatus | kPassword | kOpenGraph | kIos | kAndroid | kRules |
    kVariants | kDisabled | kPassthrough | kAppendClickId | kLanding | kPlaceholders;
}  // namespace link_flag

// Several short texts, packed.
class TextList {
 public:
  TextList() = default;
  explicit TextList(std::string_view packed) : packed_(packed) {}
  bool empty() const { return packed_.empty(); }

  template <class Predicate>
  bool any(Predicate&& holds) const {
    ByteReader in(packed_);
    while (!in.at_end())
      if (holds(in.text())) return true;
    return false;
  }

 private:
  std::string_view packed_;
};

// One rule. A condition that is empty holds.
struct EdgeRule {
  std::uint8_t platforms = 0;  // bit n: the n-th Platform
  std::uint8_t devices = 0;    // bit n: the n-th Device
  TextList countries, regions, languages;
  bool has_window = false;
  std::uint8_t weekdays = 0;  // as in WeekWindow
  std::uint16_t from_minute = 0, to_minute = 0;
  std::string_view zone;
  std::string_view query_name;  // "": no such condition
  std::optional<std::string_view> query_value;
  std::string_view location;
};

class EdgeRules {
 public:
  explicit EdgeRules(std::string_view packed) : in_(packed) {}
  // The next rule; false when there is none.
  bool next(EdgeRule& rule);

 private:
  ByteReader in_;
};

struct EdgeVariant {
  std::uint64_t weight = 0;
  std::string_view name, location;
};

class EdgeVariants {
 public:
  explicit EdgeVariants(std::string_view packed) : in_(packed), total_(in_.varint()) {}
  std::uint64_t total_weight() const { return total_; }
  bool next(EdgeVariant& variant);

 private:
  ByteReader in_;
  std::uint64_t total_;
};

struct EdgePlatform {
  std::string_view location, store_location;  // "" when there is none
};

// Everything that is optional; "" or nothing where the link has none.
struct EdgeLinkMore {
  SavedTags saved;
  std::string_view title;
  std::optional<UnixMillis> starts_at, expires_at;
  std::optional<std::uint64_t> click_limit;
  std::uint16_t status = 302;
  std::string_view fallback_location;
  std::string_view password_hash;
  std::string_view og_title, og_description, og_image_url;
  EdgePlatform ios, android;
  std::string_view rules, variants;  // for EdgeRules, EdgeVariants
};

struct EdgeLink {
  std::uint32_t flags = 0;
  LinkId id;
  WorkspaceId workspace;
  LinkName name;
  std::string_view location;  // percent-encoded but for placeholders
  std::string_view optional;  // packed

  bool has(std::uint32_t any_of) const { return (flags & any_of) != 0; }
  EdgeLinkMore more() const;
};

std::string pack(const Link& link, DomainNumber domain);

// The link packed at the front of `bytes`, whose text it borrows; `size` is how many bytes it took.
EdgeLink unpack(std::string_view bytes, std::size_t& size);

std::uint64_t hash_name(const LinkName& name);

}  // namespace tally
