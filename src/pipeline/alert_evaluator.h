// SPDX-License-Identifier: Apache-2.0
//
// Judges alerts: looks now and then which buckets of which rules are due (alert_judge.h), asks the
// click store about each, and writes down what it found together with the event that tells of it.
//
// A bucket is judged once. Where the last one ended is stored with the state, in the transaction of
// the change, so after a crash the next bucket is the one that comes next; what a rule's owner
// changes meanwhile wins over what was found out for the old rule. A store that is down is waited
// for; a question that it refuses makes its rule unknown, and no rule's trouble holds another up.
#pragma once

#include <functional>

#include "base/worker.h"
#include "pipeline/alert_judge.h"

namespace tally {

class AlertEvaluator {
 public:
  struct Deps {
    const Clock& clock;
    AlertStore& alerts;
    std::function<UnixMillis()> as_of;                  // every hit received before is stored
    std::function<Result<TimeZone>(WorkspaceId)> zone;  // that it reports in
    std::function<Result<AlertNumbers>(const AlertRule&, TimeRange, const TimeZone&)> numbers;
    std::function<bool(TimeRange)> incomplete;  // clicks received in it went unrecorded
    std::function<void()> told;                 // after each event
  };

  explicit AlertEvaluator(Deps deps) : deps_(std::move(deps)) {}

  void start();
  void stop() { worker_.stop(); }
  // A rule is new or changed.
  void wake() { worker_.wake(); }

  // One look at all rules; how many buckets were judged. For tests; start() calls it.
  Result<std::size_t> judge_due();

 private:
  Result<std::size_t> judge(const AlertRule& rule, UnixMillis as_of);
  Result<std::size_t> judge(AlertRule rule, const std::vector<TimeRange>& buckets,
                            const TimeZone& zone);
  void run();

  Deps deps_;
  AlertId stopped_at_;  // the rule whose question the store last did not answer
  Worker worker_;
};

}  // namespace tally
