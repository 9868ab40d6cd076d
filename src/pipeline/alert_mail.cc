// SPDX-License-Identifier: Apache-2.0
#include "pipeline/alert_mail.h"

#include <fmt/format.h>

#include <cmath>

#include "insights/interval.h"
#include "model/filter_text.h"

namespace tally {
namespace {

std::string_view unit(const AlertRule& rule) {
  return rule.interval == Interval::hour ? "hour" : "day";
}

std::string per_cent(double share) { return fmt::format("{:.1f} %", share * 100); }

std::string what_happened(const AlertRule& rule, const AlertEvidence& seen) {
  switch (rule.kind) {
    case AlertKind::spike:
      return fmt::format("{} clicks in this {}, where {:.1f} were expected", seen.count, unit(rule),
                         seen.expected.value_or(0));
    case AlertKind::drop:
      if (seen.platform.empty()) return "no platform is missing";
      return fmt::format("{} clicks on {} in this {}, where {:.1f} were expected", seen.count,
                         seen.platform, unit(rule), seen.expected.value_or(0));
    case AlertKind::threshold:
      return fmt::format(
          "{} {} in this {}; the alert is for {} {}", seen.count, to_text(rule.measure), unit(rule),
          rule.bound == AlertBound::at_least ? "at least" : "fewer than", rule.amount);
    case AlertKind::bots_share:
      return fmt::format("{} of {} clicks in this {} were of bots; the alert is for at least {}",
                         per_cent(seen.share.value_or(0)), seen.count, unit(rule),
                         per_cent(static_cast<double>(rule.amount) / 1e6));
    case AlertKind::no_clicks:
      break;
  }
  return fmt::format("{} clicks within {} hours", seen.count, rule.amount);
}

std::string how_sure(const AlertRule& rule, const AlertEvidence& seen) {
  if (seen.p)
    return fmt::format("by its past alone this would come about with p = {:.2g}", *seen.p);
  if (rule.kind == AlertKind::bots_share && seen.share) {
    const auto bots = std::llround(*seen.share * static_cast<double>(seen.count));
    const auto bounds = wilson_interval(static_cast<std::uint64_t>(bots), seen.count);
    if (bounds)
      return fmt::format("95 % interval of the share {} to {}", per_cent(bounds->low),
                         per_cent(bounds->high));
  }
  return "counted, not estimated";
}

std::string label_of(const std::string& value, const AlertMailContext& context) {
  const auto found = context.labels.find(value);
  return found == context.labels.end() ? value : found->second + " (" + value + ")";
}

std::string where(const AlertRule& rule, const AlertMailContext& context) {
  if (rule.filters.empty()) return "the whole workspace";
  std::string out;
  for (const Filter& filter : rule.filters) {
    Filter labelled = filter;
    if (filter.by == Dimension::link)
      for (std::string& value : labelled.values) value = label_of(value, context);
    out += fmt::format("{}{} {}", out.empty() ? "" : "; ", to_text(filter.by),
                       filter.by == Dimension::link && !filter.none_of && filter.values.size() == 1
                           ? labelled.values.front()
                           : filter_text(labelled));
  }
  // A filter's value may hold what would look like a line of ours.
  for (char& c : out)
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  return out;
}

// The page of the link when it is about one, else the overview.
std::string page_url(const AlertRule& rule, const AlertMailContext& context) {
  for (const Filter& filter : rule.filters)
    if (filter.by == Dimension::link && !filter.none_of && filter.values.size() == 1)
      return context.console_url + "/links/" + filter.values.front();
  return context.console_url + "/";
}

}  // namespace

Mail alert_mail(const AlertRule& rule, const AlertChange& change, const AlertMailContext& context) {
  const bool firing = change.state == AlertState::firing;
  const AlertEvidence& seen = change.evidence;
  Mail out;
  out.time = change.time;
  out.subject = fmt::format("{}: {}", firing ? "Firing" : "Resolved", rule.name);
  out.text = fmt::format(
      "The alert \"{}\" {}.\n\n"
      "What: {}.\n"
      "When: {} to {} ({}).\n"
      "Where: {}.\n"
      "How sure: {}.\n\n"
      "{}\n",
      rule.name, firing ? "fires" : "does not fire any more", what_happened(rule, seen),
      format_local(seen.range.from, context.zone), format_local(seen.range.to, context.zone),
      context.zone.name(), where(rule, context), how_sure(rule, seen), page_url(rule, context));
  return out;
}

Mail alert_test_mail(const AlertRule& rule, const AlertMailContext& context) {
  Mail out;
  out.subject = "Test: " + rule.name;
  out.text = fmt::format(
      "This is a test of the alert \"{}\": nothing has happened.\n\n"
      "Where: {}.\n\n"
      "{}\n",
      rule.name, where(rule, context), page_url(rule, context));
  return out;
}

}  // namespace tally
