// SPDX-License-Identifier: Apache-2.0
//
// What an alert's rule says of one bucket. Pure but for ask_alert_numbers(): the same numbers give
// the same judgement whenever it is made.
//
// A spike and a drop are those of stats/velocity (clicks/velocity.h), found in the same past. What
// lasts goes on firing: a spike in every bucket that would be one, a drop until the platform is
// ordinary again. The other kinds compare a count.
//
// Clicks that went unrecorded (a full disk) make everything doubtful that fewer clicks can bring
// about; a spike or a number that was reached in spite of them stands.
#pragma once

#include <vector>

#include "clicks/click_store.h"
#include "links/alert_store.h"
#include "links/link_store.h"
#include "model/alert.h"

namespace tally {

// Fewer clicks than this tell nothing of the bots' share.
inline constexpr std::uint64_t kLeastForShare = 20;

struct AlertNumbers {
  Summary summary;                // of the range looked at
  std::uint64_t conversions = 0;  // likewise, where they are what is measured
  // Of a spike or drop: the bucket with its past, and with the start of the next one.
  std::vector<SeriesPoint> points;
  std::vector<Series> platforms;
};

struct Judgement {
  AlertState state = AlertState::unknown;
  AlertEvidence evidence;
};

// The buckets to judge next, oldest first, when everything received before `as_of` is stored: those
// that are over and follow the last one judged, the newest kMostBuckets of them; of a rule that was
// never judged the last one.
inline constexpr std::int64_t kMostBuckets = 48;
Result<std::vector<TimeRange>> due_buckets(const AlertRule& rule, UnixMillis as_of,
                                           const TimeZone& zone);

// What the rule looks at to judge that bucket.
TimeRange looked_at(const AlertRule& rule, TimeRange bucket);

Result<AlertNumbers> ask_alert_numbers(ClickStore& clicks, LinkStore& links, const AlertRule& rule,
                                       TimeRange bucket, const TimeZone& zone);

Judgement judge_alert(const AlertRule& rule, TimeRange bucket, const TimeZone& zone,
                      const AlertNumbers& numbers, bool incomplete);

// Nothing is known of the bucket.
Judgement in_doubt(const AlertRule& rule, TimeRange bucket, AlertDoubt doubt);

// What the judgement of a bucket makes of the rule. Quiet is measured by the ends of buckets, so
// that catching up tells what judging in time would have told.
AlertStep take_step(const AlertRule& rule, const Judgement& judgement, TimeRange bucket,
                    UnixMillis now);

}  // namespace tally
