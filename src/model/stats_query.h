// SPDX-License-Identifier: Apache-2.0
//
// What can be asked of the clicks: a workspace, a half-open range of UTC time, a traffic class and
// filters over the stored dimensions. Time zones never get this far: whoever asks has turned them
// into UTC edges (calendar.h) before, and folds the answer afterwards.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "model/ids.h"

namespace tally {

// [from, to) in UTC milliseconds.
struct TimeRange {
  UnixMillis from = 0;
  UnixMillis to = 0;
  friend bool operator==(const TimeRange&, const TimeRange&) = default;
};

// human: clicks of people. bot: headline hits of every class outside {human, head, prefetch}.
// all: both together. HEAD and prefetch hits are never clicks.
enum class TrafficFilter : std::uint8_t { human, bot, all };
inline constexpr std::array<std::string_view, 3> kTrafficFilterNames = {"human", "bot", "all"};
constexpr std::string_view to_text(TrafficFilter v) {
  return kTrafficFilterNames[static_cast<std::size_t>(v)];
}

// Everything a breakdown can be by and a filter can name.
enum class Dimension : std::uint8_t {
  link,
  domain,
  prefix,
  token,
  campaign,
  tag,
  source,
  medium,
  content,
  term,
  src,
  channel,
  referrer,
  referrer_path,
  country,
  region,
  city,
  language,
  platform,
  device,
  os,
  os_version,
  browser,
  browser_version,
  in_app,
  screen,
  screen_source,
  dpr,
  trigger,
  variant,
  outcome,
  traffic,
  reason,
  ad_click,
  first,
  imported,
};
inline constexpr std::array<std::string_view, 36> kDimensionNames = {
    "link",    "domain",        "prefix",   "token",           "campaign",
    "tag",     "source",        "medium",   "content",         "term",
    "src",     "channel",       "referrer", "referrer_path",   "country",
    "region",  "city",          "language", "platform",        "device",
    "os",      "os_version",    "browser",  "browser_version", "in_app",
    "screen",  "screen_source", "dpr",      "trigger",         "variant",
    "outcome", "traffic",       "reason",   "ad_click",        "first",
    "imported"};

constexpr std::string_view to_text(Dimension v) {
  return kDimensionNames[static_cast<std::size_t>(v)];
}

// Keeps the hits whose value is one of `values`; with `none_of`, those whose value is not.
// Values are spelled as breakdown rows spell them ("Unknown", "1080x2340", "lnk_7", "true"). A
// filter by tag has been turned into one by link before it reaches the store.
struct Filter {
  Dimension by = Dimension::link;
  bool none_of = false;
  std::vector<std::string> values;
  friend bool operator==(const Filter&, const Filter&) = default;
};

struct StatsQuery {
  WorkspaceId workspace;
  TimeRange range;
  TrafficFilter traffic = TrafficFilter::human;
  std::vector<Filter> filters;
};

}  // namespace tally
