// SPDX-License-Identifier: Apache-2.0
//
// The rules of a link that need no other link (model/link.h).
#include <algorithm>
#include <set>

#include "base/text.h"
#include "model/calendar.h"
#include "model/link.h"

namespace tally {
namespace {

constexpr std::size_t kMaxPrefix = 64;
constexpr std::size_t kMaxToken = 255;
constexpr std::size_t kMaxTitle = 500;
constexpr std::size_t kMaxTags = 50;
constexpr std::size_t kMaxTag = 100;
constexpr std::size_t kMaxLabel = 255;
constexpr std::size_t kMaxRules = 50;
constexpr std::size_t kMaxValues = 250;  // of one condition
constexpr std::size_t kMaxVariants = 20;
constexpr std::size_t kMaxVariantName = 64;
constexpr std::uint32_t kMaxWeight = 10'000;
constexpr std::size_t kMaxOpenGraphText = 1'000;
constexpr std::uint64_t kMaxClickLimit = 1'000'000'000;
constexpr std::size_t kMaxPassword = 256;
constexpr std::uint16_t kMinutesPerDay = 1440;

// ISO 3166-1 alpha-2 as of 2026, and XK, which geo databases use for Kosovo.
constexpr std::string_view kCountries =
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR "
    "BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ "
    "EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW "
    "GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY "
    "KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV "
    "MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY "
    "QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG "
    "TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA "
    "ZM ZW";

bool is_country(std::string_view code) {
  return code.size() == 2 && !code.contains(' ') && kCountries.contains(code);
}

bool is_language(std::string_view tag) {
  return tag.size() >= 2 && tag.size() <= 3 &&
         std::ranges::all_of(tag, [](char c) { return c >= 'a' && c <= 'z'; });
}

bool has_control(std::string_view text) {
  return std::ranges::any_of(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

std::string item(std::string_view list, std::size_t index, std::string_view field) {
  return std::string(list) + "[" + std::to_string(index) + "]." + std::string(field);
}

Result<void> validate_label(std::string_view text, std::string_view field, std::size_t limit) {
  if (text.size() > limit)
    return fail_field(std::string(field), "too_long",
                      "must be at most " + std::to_string(limit) + " bytes");
  if (!is_utf8(text)) return fail_field(std::string(field), "not_utf8", "must be UTF-8");
  if (has_control(text))
    return fail_field(std::string(field), "control_character",
                      "must not contain control characters");
  return {};
}

Result<void> require_label(std::string_view text, std::string_view field, std::size_t limit) {
  if (text.empty()) return fail_field(std::string(field), "required", "must not be empty");
  return validate_label(text, field, limit);
}

Placeholders placeholders_of(const Link& link) {
  return link.token == kPatternToken ? Placeholders::click_id_and_token : Placeholders::click_id;
}

Result<void> check_values(const std::vector<std::string>& values, const std::string& field,
                          bool (*fits)(std::string_view), const char* what) {
  if (values.size() > kMaxValues)
    return fail_field(field, "too_many", "must be at most 250 values");
  for (const std::string& value : values)
    if (!fits(value))
      return fail_field(field, "bad_value",
                        "'" + make_utf8(cut_utf8(value, 64)) + "' is not " + what);
  return {};
}

Result<void> check_time(const WeekWindow& time, const std::string& field) {
  if (time.weekdays == 0 || time.weekdays > 0x7f)
    return fail_field(field + ".weekdays", "bad_value", "must name days from 1 (Monday) to 7");
  if (time.from_minute >= kMinutesPerDay)
    return fail_field(field + ".from", "bad_value", "must be from 00:00 to 23:59");
  if (time.to_minute > kMinutesPerDay)
    return fail_field(field + ".to", "bad_value", "must be from 00:00 to 24:00");
  if (time.from_minute == time.to_minute)
    return fail_field(field + ".to", "empty_window", "must differ from 'from'");
  if (!TimeZone::load(time.zone))
    return fail_field(field + ".tz", "bad_time_zone",
                      "must be an IANA time zone, like Europe/Berlin");
  return {};
}

bool has_condition(const Rule& rule) {
  return !rule.platforms.empty() || !rule.devices.empty() || !rule.countries.empty() ||
         !rule.regions.empty() || !rule.languages.empty() || rule.time || rule.query;
}

Result<void> check_rule(const Rule& rule, std::size_t index, Placeholders placeholders) {
  const std::string when = item("rules", index, "if");
  if (!has_condition(rule))
    return fail_field(when, "required", "a rule needs at least one condition");
  TRY(check_values(rule.countries, when + ".country", is_country,
                   "an ISO 3166-1 code in capitals, like DE"));
  for (const std::string& region : rule.regions)
    TRY(require_label(region, when + ".region", kMaxLabel));
  TRY(check_values(
      rule.regions, when + ".region", [](std::string_view) { return true; }, "a region"));
  TRY(check_values(rule.languages, when + ".language", is_language,
                   "a language without region, like de"));
  if (rule.time) TRY(check_time(*rule.time, when + ".time"));
  if (rule.query) {
    TRY(require_label(rule.query->name, when + ".query.name", kMaxLabel));
    if (rule.query->value)
      TRY(validate_label(*rule.query->value, when + ".query.value", kMaxLabel));
  }
  return validate_web_url(rule.destination, item("rules", index, "destination"), placeholders);
}

Result<void> check_rules(const Link& link) {
  if (link.rules.size() > kMaxRules)
    return fail_field("rules", "too_many", "must be at most 50 rules");
  for (std::size_t i = 0; i < link.rules.size(); ++i)
    TRY(check_rule(link.rules[i], i, placeholders_of(link)));
  return {};
}

Result<void> check_variants(const Link& link) {
  if (link.variants.size() > kMaxVariants)
    return fail_field("variants", "too_many", "must be at most 20 variants");
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < link.variants.size(); ++i) {
    const Variant& variant = link.variants[i];
    TRY(require_label(variant.name, item("variants", i, "name"), kMaxVariantName));
    if (!names.insert(variant.name).second)
      return fail_field(item("variants", i, "name"), "repeated", "another variant has this name");
    if (variant.weight == 0 || variant.weight > kMaxWeight)
      return fail_field(item("variants", i, "weight"), "bad_value", "must be from 1 to 10000");
    TRY(validate_web_url(variant.destination, item("variants", i, "destination"),
                         placeholders_of(link)));
  }
  return {};
}

Result<void> check_platform(const PlatformDestination& to, std::string_view name, const Link& link,
                            std::span<const std::string> app_schemes) {
  const std::string field(name);
  if (!to.url.empty())
    TRY(validate_app_url(to.url, field + ".url", app_schemes, placeholders_of(link)));
  if (!to.store_url.empty())
    TRY(validate_app_url(to.store_url, field + ".store_url", store_schemes(),
                         placeholders_of(link)));
  return {};
}

Result<void> check_labels(const Link& link) {
  TRY(validate_label(link.title, "title", kMaxTitle));
  if (link.tags.size() > kMaxTags) return fail_field("tags", "too_many", "must be at most 50 tags");
  for (const std::string& tag : link.tags) {
    TRY(validate_label(tag, "tags", kMaxTag));
    if (tag.empty()) return fail_field("tags", "required", "a tag must not be empty");
  }
  TRY(validate_label(link.campaign, "campaign", kMaxLabel));
  TRY(validate_label(link.channel, "channel", kMaxLabel));
  TRY(validate_label(link.utm.source, "utm.source", kMaxLabel));
  TRY(validate_label(link.utm.medium, "utm.medium", kMaxLabel));
  TRY(validate_label(link.utm.campaign, "utm.campaign", kMaxLabel));
  TRY(validate_label(link.utm.content, "utm.content", kMaxLabel));
  TRY(validate_label(link.utm.term, "utm.term", kMaxLabel));
  TRY(validate_label(link.open_graph.title, "og.title", kMaxOpenGraphText));
  TRY(validate_label(link.open_graph.description, "og.description", kMaxOpenGraphText));
  if (!link.open_graph.image_url.empty())
    TRY(validate_web_url(link.open_graph.image_url, "og.image_url"));
  return {};
}

Result<void> check_openness(const Link& link) {
  if (link.starts_at && link.expires_at && *link.expires_at <= *link.starts_at)
    return fail_field("expires_at", "before_start", "must be after starts_at");
  if (link.click_limit && (*link.click_limit == 0 || *link.click_limit > kMaxClickLimit))
    return fail_field("click_limit", "bad_value", "must be from 1 to 1000000000");
  if (link.status != 302 && link.status != 301 && link.status != 307)
    return fail_field("status", "bad_value", "must be 302, 307 or 301");
  return {};
}

// Every URL that the link may lead to, with its field.
template <class Each>
Result<void> each_target(const Link& link, const Each& each) {
  TRY(each(link.destination, "destination"));
  TRY(each(link.fallback_url, "fallback_url"));
  TRY(each(link.ios.url, "ios.url"));
  TRY(each(link.ios.store_url, "ios.store_url"));
  TRY(each(link.android.url, "android.url"));
  TRY(each(link.android.store_url, "android.store_url"));
  for (std::size_t i = 0; i < link.rules.size(); ++i)
    TRY(each(link.rules[i].destination, item("rules", i, "destination")));
  for (std::size_t i = 0; i < link.variants.size(); ++i)
    TRY(each(link.variants[i].destination, item("variants", i, "destination")));
  return {};
}

}  // namespace

Result<void> validate_prefix(std::string_view prefix) {
  const auto allowed = [](char c) { return is_alnum(c) || c == '_' || c == '-'; };
  if (prefix.empty()) return fail_field("prefix", "required", "a prefix is needed");
  if (prefix.size() > kMaxPrefix)
    return fail_field("prefix", "too_long", "must be at most 64 characters");
  if (is_reserved_prefix(prefix))
    return fail_field("prefix", "reserved", "this name is reserved: choose another");
  if (!std::ranges::all_of(prefix, allowed))
    return fail_field("prefix", "bad_slug", "may hold only letters, digits, '_' and '-'");
  return {};
}

Result<void> validate_token(std::string_view token) {
  TRY(validate_label(token, "token", kMaxToken));
  if (token.contains('/')) return fail_field("token", "bad_slug", "must not contain '/'");
  if (token == "." || token == "..")
    return fail_field("token", "bad_slug", "must not be '.' or '..'");
  if (token.starts_with(':') && token != kPatternToken)
    return fail_field("token", "bad_slug", "must not begin with ':' unless it is ':token'");
  return {};
}

Result<void> validate_link_password(std::string_view password) {
  if (password.empty() || password.size() > kMaxPassword)
    return fail_field("password", password.empty() ? "too_short" : "too_long",
                      "must be 1 to 256 bytes");
  if (!is_utf8(password)) return fail_field("password", "not_utf8", "must be UTF-8");
  return {};
}

Result<void> validate(const Link& link, std::span<const std::string> app_schemes) {
  TRY(validate_prefix(link.prefix));
  TRY(validate_token(link.token));
  TRY(validate_web_url(link.destination, "destination", placeholders_of(link)));
  if (!link.fallback_url.empty())
    TRY(validate_web_url(link.fallback_url, "fallback_url", placeholders_of(link)));
  TRY(check_platform(link.ios, "ios", link, app_schemes));
  TRY(check_platform(link.android, "android", link, app_schemes));
  TRY(check_rules(link));
  TRY(check_variants(link));
  TRY(check_labels(link));
  return check_openness(link);
}

Result<void> refuse_loops(const Link& link, const OwnHosts& hosts) {
  return each_target(link, [&](std::string_view url, std::string field) -> Result<void> {
    if (url.empty() || !hosts.own(url)) return {};
    return fail_field(std::move(field), "own_host",
                      "is one of this server's own short links: it would lead in circles");
  });
}

std::vector<std::string> hosts_led_to(const Link& link) {
  std::set<std::string> out;
  (void)each_target(link, [&](std::string_view url, const std::string&) -> Result<void> {
    if (std::string host = OwnHosts::host_of(url); !host.empty()) out.insert(std::move(host));
    return {};
  });
  return {out.begin(), out.end()};
}

}  // namespace tally
