// SPDX-License-Identifier: Apache-2.0
#include "enrich/query.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "enrich/stored_text.h"

namespace tally {
namespace {

// What only a paid click carries. fbclid, igshid, mc_eid, ysclid and srsltid are missing on
// purpose: those sites put them on every link.
constexpr AdClick kAdClicks[] = {
    // Google Ads. On iPhones gclid gives way to gbraid and wbraid, and browsers that strip all
    // three leave gad_source.
    {"gclid", SiteClass::search, false},      {"gbraid", SiteClass::search, false},
    {"wbraid", SiteClass::search, false},     {"gad_source", SiteClass::search, false},
    {"msclkid", SiteClass::search, false},    // Microsoft Advertising
    {"yclid", SiteClass::search, false},      // Yandex Direct, Yahoo Japan
    {"vmcid", SiteClass::search, false},      // Yahoo
    {"bd_vid", SiteClass::search, false},     // Baidu
    {"qhclickid", SiteClass::search, false},  // 360
    {"sznclid", SiteClass::search, false},    // Seznam Sklik
    {"n_ad", SiteClass::search, false},       // Naver
    {"ttclid", SiteClass::social, false},     {"twclid", SiteClass::social, false},
    {"li_fat_id", SiteClass::social, false},  {"rdt_cid", SiteClass::social, false},
    {"sccid", SiteClass::social, false},      {"epik", SiteClass::social, false},
    {"qclid", SiteClass::social, false},       // Quora
    {"ldtag_cl", SiteClass::social, false},    // LINE
    {"rb_clickid", SiteClass::social, false},  // VK
    {"dclid", SiteClass::none, true},          // Display & Video 360
    {"tblci", SiteClass::none, true},          // Taboola
    {"dicbo", SiteClass::none, true},          // Outbrain
    {"obclid", SiteClass::none, true},
};

// What analytics programs write where nothing is known; copied into a URL it says as little.
constexpr std::string_view kNothing[] = {"(none)", "(not set)", "(direct)", "(not provided)"};

struct TagName {
  std::string_view name;
  std::string QueryTags::* member;
};
constexpr TagName kTags[] = {
    {"utm_source", &QueryTags::source},
    {"utm_medium", &QueryTags::medium},
    {"utm_campaign", &QueryTags::campaign},
    {"utm_content", &QueryTags::content},
    {"utm_term", &QueryTags::term},
    {"source", &QueryTags::plain_source},
    {"ref", &QueryTags::ref},
    {"src", &QueryTags::src},
};

constexpr std::size_t kMostParameters = 100;

std::string value_text(std::string_view raw) {
  // Most values are plain words and need no copy on the way.
  const bool escaped = std::ranges::any_of(raw, [](char c) { return c == '%' || c == '+'; });
  const auto decoded = escaped ? percent_decode(raw, true) : std::nullopt;
  const std::string_view value = trim(decoded ? std::string_view(*decoded) : raw);
  for (const std::string_view nothing : kNothing)
    if (value.starts_with('(') && equals_ignoring_case(value, nothing)) return {};
  return stored_text(value);
}

void read_parameter(std::string_view name, std::string_view value, QueryTags& out) {
  for (const TagName& tag : kTags) {
    if (!equals_ignoring_case(name, tag.name)) continue;
    if ((out.*tag.member).empty()) out.*tag.member = value_text(value);
    return;
  }
  if (value.empty() || !out.ad_click.kind.empty()) return;
  for (const AdClick& id : kAdClicks)
    if (equals_ignoring_case(name, id.kind)) out.ad_click = id;
}

}  // namespace

QueryTags read_query(std::string_view query) {
  QueryTags out;
  for (std::size_t n = 0; n < kMostParameters && !query.empty(); ++n) {
    const auto end = query.find('&');
    const std::string_view pair = query.substr(0, end);
    const auto equals = pair.find('=');
    if (equals != std::string_view::npos)
      read_parameter(pair.substr(0, equals), pair.substr(equals + 1), out);
    if (end == std::string_view::npos) break;
    query.remove_prefix(end + 1);
  }
  return out;
}

}  // namespace tally
