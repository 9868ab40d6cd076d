// SPDX-License-Identifier: Apache-2.0
//
// A click as it is stored: a hit after enrichment, told in the names of docs/reference/api.md.
//
// One list, click_texts(), names every text column with its member. The store's schema, the
// enriched log, `explain` and the raw-clicks answer all walk that list, so a new column is added in
// one place. Orphans and other hits have the same shape; `outcome` and `traffic` tell them apart.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "model/hit.h"
#include "model/ids.h"
#include "model/kinds.h"

namespace tally {

struct Click {
  ClickKey key;
  UnixMillis time = 0;
  WorkspaceId workspace;
  LinkId link;
  Outcome outcome = Outcome::not_found;
  Traffic traffic = Traffic::human;
  Trigger trigger = Trigger::link;
  Platform platform = Platform::other;
  Device device = Device::other;
  ScreenSource screen_source = ScreenSource::none;
  bool first = false;     // a unique click: semantics.md, Visitor and unique
  bool first_ws = false;  // the visitor's first in the workspace that day
  bool in_app = false;
  bool imported = false;
  std::uint16_t screen_w = 0;  // physical pixels; 0: unknown
  std::uint16_t screen_h = 0;
  float dpr = 0;              // 0: unknown
  std::uint64_t visitor = 0;  // 0: not recorded; never exported raw
  Address ip;                 // at the precision that privacy.ip allows; else unknown

  std::string domain, prefix, token, variant;
  std::string reason;  // which rule decided `traffic`
  std::string country, region, city, language;
  std::string os, os_version, browser, browser_version;
  std::string referrer_host, referrer_path;
  std::string channel, source, medium, campaign, content, term, src, ad_click;
  std::string user_agent;  // at most 512 bytes of UTF-8

  friend bool operator==(const Click&, const Click&) = default;
};

// The names of a click's fields, "click_id" and "time" first and "imported" last, in the order in
// which files and views have them.
std::span<const std::string_view> click_names();

struct ClickText {
  std::string_view name;  // the stored click's name for it
  std::string Click::* member;
  bool few_values;  // worth a dictionary in the store
};
std::span<const ClickText> click_texts();

// What is kept of a click that is not to be recorded: time, link and outcome; and whether it was a
// person, without which no count would be right. The reason names a program; of a person it would
// say something.
Click not_recorded(Click click);

// Appends the encoding of `click` to `out` (docs/formats/enriched.md).
void encode_click(const Click& click, std::string& out);

// Reads the click at the front of `bytes` into `click`, whose texts keep their memory, and advances
// `bytes` past it. After an error `click` is in no particular state.
Result<void> read_click(std::string_view& bytes, Click& click);

}  // namespace tally
