// SPDX-License-Identifier: Apache-2.0
//
// A rule that watches clicks, and what it last said.
//
// A rule is asked about buckets, hours or days of the zone that its workspace reports in: each one
// once, when it is over and everything received in it is stored. What it finds makes its state;
// what it tells of is less: a firing that begins within the quiet time after the last one that was
// told, and a bucket about which nothing can be known, are written down and nobody is called.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/calendar.h"
#include "model/ids.h"
#include "model/stats_query.h"

namespace tally {

using AlertId = Id<struct AlertTag>;
struct AlertTag {
  static constexpr std::string_view kPrefix = "alt_";
};
using AlertChangeId = Id<struct AlertChangeTag>;
struct AlertChangeTag {
  static constexpr std::string_view kPrefix = "ach_";
};

// spike: far more clicks than the past makes likely. drop: a platform falls away while the others
// go on. threshold: so many clicks or conversions in a bucket, or fewer. bots_share: so much of all
// clicks is of bots. no_clicks: none for so many hours.
enum class AlertKind : std::uint8_t { spike, drop, threshold, bots_share, no_clicks };
inline constexpr std::array<std::string_view, 5> kAlertKindNames = {"spike", "drop", "threshold",
                                                                    "bots_share", "no_clicks"};
constexpr std::string_view to_text(AlertKind v) {
  return kAlertKindNames[static_cast<std::size_t>(v)];
}

enum class AlertMeasure : std::uint8_t { clicks, conversions };
inline constexpr std::array<std::string_view, 2> kAlertMeasureNames = {"clicks", "conversions"};
constexpr std::string_view to_text(AlertMeasure v) {
  return kAlertMeasureNames[static_cast<std::size_t>(v)];
}

enum class AlertBound : std::uint8_t { at_least, below };
inline constexpr std::array<std::string_view, 2> kAlertBoundNames = {"at_least", "below"};
constexpr std::string_view to_text(AlertBound v) {
  return kAlertBoundNames[static_cast<std::size_t>(v)];
}

enum class AlertState : std::uint8_t { unknown, ok, firing };
inline constexpr std::array<std::string_view, 3> kAlertStateNames = {"unknown", "ok", "firing"};
constexpr std::string_view to_text(AlertState v) {
  return kAlertStateNames[static_cast<std::size_t>(v)];
}

// Why nothing is known: the past is too short to judge by, there was too little, or clicks of that
// time went unrecorded; or the store refused the question.
enum class AlertDoubt : std::uint8_t { none, learning, too_few, incomplete, refused };
inline constexpr std::array<std::string_view, 5> kAlertDoubtNames = {"", "learning", "too_few",
                                                                     "incomplete", "refused"};
constexpr std::string_view to_text(AlertDoubt v) {
  return kAlertDoubtNames[static_cast<std::size_t>(v)];
}

inline constexpr std::size_t kMaxAlertName = 200;  // bytes
inline constexpr std::size_t kMaxAlertRecipients = 20;
inline constexpr std::uint64_t kMaxAlertHours = 31 * 24;
inline constexpr std::uint64_t kMaxQuietMinutes = 31 * 24 * 60;

// What a judgement rests on.
struct AlertEvidence {
  TimeRange range;                 // what was looked at
  std::uint64_t count = 0;         // clicks or conversions in it
  std::optional<double> expected;  // of a spike or drop
  std::optional<double> p;         // that its past alone explains it
  std::optional<double> share;     // of bots
  std::string platform;            // that fell away
  AlertDoubt doubt = AlertDoubt::none;
  friend bool operator==(const AlertEvidence&, const AlertEvidence&) = default;
};

struct AlertStatus {
  AlertState state = AlertState::unknown;
  UnixMillis since = 0;      // of the state
  UnixMillis judged_at = 0;  // when a bucket was last judged; 0: never
  UnixMillis judged_to = 0;  // the end of that bucket
  bool is_open = false;      // a firing was told of and its end was not
  UnixMillis told_at = 0;    // when a firing was last told of; 0: never
  AlertEvidence evidence;    // of the bucket that was judged last
  friend bool operator==(const AlertStatus&, const AlertStatus&) = default;
};

struct AlertRule {
  AlertId id;
  WorkspaceId workspace;
  std::string name;
  AlertKind kind = AlertKind::spike;
  Interval interval = Interval::hour;  // hour or day; of no_clicks always hour
  std::vector<Filter> filters;         // tags among them
  std::string platform;                // of a drop; "": any
  AlertMeasure measure = AlertMeasure::clicks;
  AlertBound bound = AlertBound::at_least;
  std::uint64_t amount = 0;  // threshold: a count; bots_share: millionths; no_clicks: hours
  std::vector<std::string> recipients;
  std::uint64_t quiet_minutes = 60;
  bool enabled = true;
  UnixMillis created_at = 0;
  UnixMillis updated_at = 0;
  std::uint64_t version = 0;  // grows when it is changed; not when it is judged
  AlertStatus status;

  // Whether both ask the same of the same clicks.
  bool asks_as(const AlertRule& other) const {
    return kind == other.kind && interval == other.interval && filters == other.filters &&
           platform == other.platform && measure == other.measure && bound == other.bound &&
           amount == other.amount && enabled == other.enabled;
  }
  friend bool operator==(const AlertRule&, const AlertRule&) = default;
};

// A change of state, as its history keeps it.
struct AlertChange {
  AlertChangeId id;
  AlertId alert;
  UnixMillis time = 0;
  AlertState state = AlertState::unknown;
  bool told = false;  // an event went to the outbox
  AlertEvidence evidence;
  friend bool operator==(const AlertChange&, const AlertChange&) = default;
};

}  // namespace tally
