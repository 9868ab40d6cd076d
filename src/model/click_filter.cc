// SPDX-License-Identifier: Apache-2.0
#include "model/click_filter.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace tally {
namespace {

constexpr std::string_view kUnknown = "Unknown";

std::string known(std::string_view text) { return std::string(text.empty() ? kUnknown : text); }
std::string flag(bool value) { return value ? "true" : "false"; }

// The member that holds a dimension as text, where one does.
std::string Click::* text_of(Dimension by) {
  if (by == Dimension::referrer) return &Click::referrer_host;
  const auto texts = click_texts();
  const auto found = std::ranges::find(texts, to_text(by), &ClickText::name);
  return found == texts.end() ? nullptr : found->member;
}

std::string screen_of(const Click& click) {
  if (click.screen_w == 0 || click.screen_h == 0) return std::string(kUnknown);
  return fmt::format("{}x{}", click.screen_w, click.screen_h);
}

Result<void> check(const Filter& filter) {
  const bool is_flag = filter.by == Dimension::in_app || filter.by == Dimension::first ||
                       filter.by == Dimension::imported;
  for (const std::string& value : filter.values) {
    const bool wrong = (filter.by == Dimension::link && !LinkId::parse(value)) ||
                       (is_flag && value != "true" && value != "false");
    if (wrong)
      return fail_field(std::string(to_text(filter.by)), "bad_value",
                        "'" + make_utf8(cut_utf8(value, 64)) + "' cannot be a value: " +
                            (is_flag ? "use true or false" : "a link is named like lnk_7"));
  }
  return {};
}

}  // namespace

bool is_always_told(Dimension by) {
  switch (by) {
    case Dimension::country:
    case Dimension::region:
    case Dimension::city:
    case Dimension::language:
    case Dimension::os:
    case Dimension::os_version:
    case Dimension::browser:
    case Dimension::browser_version:
      return true;
    default:
      return false;
  }
}

std::string dimension_value(Dimension by, const Click& click) {
  switch (by) {
    case Dimension::link:
      return click.link.text();
    case Dimension::tag:
      return {};
    case Dimension::platform:
      return std::string(to_text(click.platform));
    case Dimension::device:
      return std::string(to_text(click.device));
    case Dimension::in_app:
      return flag(click.in_app);
    case Dimension::screen:
      return screen_of(click);
    case Dimension::screen_source:
      return std::string(to_text(click.screen_source));
    case Dimension::dpr:
      return click.dpr == 0 ? std::string(kUnknown) : fmt::format("{}", click.dpr);
    case Dimension::trigger:
      return std::string(to_text(click.trigger));
    case Dimension::outcome:
      return std::string(to_text(click.outcome));
    case Dimension::traffic:
      return std::string(to_text(click.traffic));
    case Dimension::first:
      return flag(click.first);
    case Dimension::imported:
      return flag(click.imported);
    default:
      break;
  }
  const std::string& text = click.*text_of(by);
  return is_always_told(by) ? known(text) : text;
}

bool is_asked(TrafficFilter asked, Traffic traffic) {
  switch (asked) {
    case TrafficFilter::human:
      return traffic == Traffic::human;
    case TrafficFilter::bot:
      return is_bot(traffic);
    case TrafficFilter::all:
      break;
  }
  return !is_other_hit(traffic);
}

Result<ClickFilter> ClickFilter::make(std::span<const Filter> filters) {
  ClickFilter out;
  for (const Filter& filter : filters) {
    TRY(check(filter));
    out.filters_.push_back(filter);
  }
  return out;
}

bool ClickFilter::passes(const Click& click) const {
  return std::ranges::all_of(filters_, [&](const Filter& filter) {
    const std::string value = dimension_value(filter.by, click);
    return (std::ranges::find(filter.values, value) != filter.values.end()) != filter.none_of;
  });
}

}  // namespace tally
