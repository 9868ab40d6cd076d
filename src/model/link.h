// SPDX-License-Identifier: Apache-2.0
//
// A link: a name on a domain, and where it leads whom.
//
// A link is static (`/promo`, no token), exact (`/promo/summer-sale`) or a pattern
// (`/product/:token`, whose destinations may hold `{token}`). Its name is unique per (domain,
// prefix, token); an exact name goes before a pattern.
//
// Where somebody is sent, the first of these that applies: a rule, in their order; the destination
// of the visitor's platform; one of the variants, by weight; the destination. validate() holds
// every rule of a link that needs no other link, so that the API, imports and the command line
// refuse the same things with the same words.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "model/ids.h"
#include "model/kinds.h"
#include "model/url.h"

namespace tally {

struct Utm {
  std::string source, medium, campaign, content, term;
  friend bool operator==(const Utm&, const Utm&) = default;
};

// Where people on one platform go: into an app or its page, else to the app's store.
struct PlatformDestination {
  std::string url;        // "" when there is none; http(s), or an app scheme that is allowed
  std::string store_url;  // "" when there is none
  friend bool operator==(const PlatformDestination&, const PlatformDestination&) = default;
};

// Part of the week in a zone of its own: on `weekdays`, from `from_minute` up to `to_minute`. A
// window that ends before it begins goes past midnight and belongs to the day it began.
struct WeekWindow {
  std::uint8_t weekdays = 0x7f;                     // bit 0 is Monday
  std::uint16_t from_minute = 0, to_minute = 1440;  // of the day, in `zone`
  std::string zone = "UTC";                         // IANA name
  friend bool operator==(const WeekWindow&, const WeekWindow&) = default;
};

// A parameter that the short URL's query must have; with `value` when that is given.
struct QueryCondition {
  std::string name;
  std::optional<std::string> value;
  friend bool operator==(const QueryCondition&, const QueryCondition&) = default;
};

// All conditions that are given must hold; a list holds when any of its values does.
struct Rule {
  std::vector<Platform> platforms;
  std::vector<Device> devices;
  std::vector<std::string> countries;  // ISO 3166-1 alpha-2, upper case
  std::vector<std::string> regions;    // as clicks carry them: ISO 3166-2 or a name
  std::vector<std::string> languages;  // primary subtag, lower case: "de"
  std::optional<WeekWindow> time;
  std::optional<QueryCondition> query;
  std::string destination;
  friend bool operator==(const Rule&, const Rule&) = default;
};

// One arm of an experiment on a link.
struct Variant {
  std::string name;  // shown in stats; unique within the link
  std::uint32_t weight = 1;
  std::string destination;
  friend bool operator==(const Variant&, const Variant&) = default;
};

// What may be kept of the people who follow a link.
enum class LinkPrivacy : std::uint8_t {
  standard,       // as the workspace says
  do_not_record,  // time, link and outcome only
};
inline constexpr std::array<std::string_view, 2> kLinkPrivacyNames = {"standard", "do_not_record"};

// What preview fetchers are shown instead of the redirect; all empty: they get the redirect.
struct OpenGraph {
  std::string title, description, image_url;
  friend bool operator==(const OpenGraph&, const OpenGraph&) = default;
};

inline constexpr std::uint16_t kUsualStatus = 302;

struct Link {
  LinkId id;
  WorkspaceId workspace;
  std::string domain;  // "" is the default domain
  std::string prefix;
  std::string token;  // "" for a static link, ":token" for a pattern
  std::string destination;
  std::string title;
  std::vector<std::string> tags;
  std::string campaign;
  std::string channel;
  Utm utm;
  PlatformDestination ios, android;
  std::vector<Rule> rules;
  std::vector<Variant> variants;
  OpenGraph open_graph;
  std::string fallback_url;   // where to send people when the link is not open; "" shows a page
  std::string password_hash;  // Argon2id in libsodium's text form; "" when none is asked
  std::optional<std::uint64_t> click_limit;  // human clicks let through since creation
  std::uint16_t status = kUsualStatus;       // or 301, 307: repeats may then be hidden from us
  bool passthrough = false;                  // the short URL's query goes on to the destination
  bool append_click_id = false;              // as `tm_cid`
  bool landing = false;                      // an interstitial page with a beacon comes first
  LinkPrivacy privacy = LinkPrivacy::standard;
  bool enabled = true;
  std::optional<UnixMillis> starts_at;
  std::optional<UnixMillis> expires_at;
  UnixMillis created_at = 0;
  UnixMillis updated_at = 0;

  friend bool operator==(const Link&, const Link&) = default;
};

inline constexpr std::string_view kPatternToken = ":token";

// The path of the link's short URL, percent-encoded: "/promo/summer-sale".
std::string short_path(const Link& link);

// Nothing, or the first rule broken with the field at fault ("rules[0].if.country"): slugs, every
// URL, conditions, variants, lengths (title 500, tags 50 of 100 bytes, campaign, channel and UTM
// values 255 bytes of UTF-8 without control characters), expiry after start. `app_schemes` are
// those that the platforms' URLs may have besides http and https. Placeholders (model/url.h) may
// stand in every URL that people are sent to: {click_id} in any link's, {token} in a pattern's.
Result<void> validate(const Link& link, std::span<const std::string> app_schemes = {});

// Nothing, or the first URL that leads to this server itself: "own_host" with its field.
Result<void> refuse_loops(const Link& link, const OwnHosts& hosts);
// The hosts that refuse_loops() looks at, as OwnHosts::host_of() has them, each once.
std::vector<std::string> hosts_led_to(const Link& link);

// What is allowed of a password before it is hashed: 1 to 256 bytes of UTF-8.
Result<void> validate_link_password(std::string_view password);

// Prefix: 1 to 64 of [A-Za-z0-9_-], none of the reserved names.
Result<void> validate_prefix(std::string_view prefix);
// Token, already decoded: up to 255 bytes of UTF-8, no '/', no control characters, and beginning
// with ':' only when it is kPatternToken; "" is no token.
Result<void> validate_token(std::string_view token);

// Names a link cannot have because the listener itself answers them.
bool is_reserved_prefix(std::string_view prefix);

// The characters and length of a random slug: 7 of base 58 (no 0, O, I, l) give 2.2e12 names.
inline constexpr std::string_view kSlugAlphabet =
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
inline constexpr std::size_t kRandomSlugLength = 7;

}  // namespace tally
