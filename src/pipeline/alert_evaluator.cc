// SPDX-License-Identifier: Apache-2.0
#include "pipeline/alert_evaluator.h"

#include <algorithm>
#include <optional>

#include "base/log.h"

namespace tally {
namespace {

constexpr std::chrono::seconds kLook{15};

}  // namespace

void AlertEvaluator::start() {
  worker_.start("alerts", [this] { run(); });
}

void AlertEvaluator::run() {
  std::string said;  // of a trouble that may last: once
  do {
    const auto judged = judge_due();
    const std::string trouble = judged ? std::string() : judged.error().line();
    if (!judged && trouble != said) log_info("alerts are not judged yet: {}", trouble);
    said = trouble;
  } while (worker_.pause(kLook));
}

Result<std::size_t> AlertEvaluator::judge_due() {
  TRY_ASSIGN(auto rules, deps_.alerts.enabled());
  // The store may be down, or the question of one rule too heavy for it: others have their turn.
  const auto after = std::ranges::find(rules, stopped_at_, &AlertRule::id);
  if (after != rules.end()) std::ranges::rotate(rules, std::next(after));
  const UnixMillis as_of = deps_.as_of();
  std::size_t judged = 0;
  std::optional<Error> trouble;  // of the first rule that has some
  for (const AlertRule& rule : rules) {
    const auto of_rule = judge(rule, as_of);
    if (of_rule) judged += *of_rule;
    if (!of_rule && !trouble) trouble = of_rule.error();
    if (!of_rule && of_rule.error().code == ErrorCode::unavailable) {
      stopped_at_ = rule.id;
      break;
    }
    if (worker_.stopping()) break;
  }
  if (trouble) return std::unexpected(std::move(*trouble));
  return judged;
}

Result<std::size_t> AlertEvaluator::judge(const AlertRule& rule, UnixMillis as_of) {
  TRY_ASSIGN(const TimeZone zone, deps_.zone(rule.workspace));
  TRY_ASSIGN(const auto buckets, due_buckets(rule, as_of, zone));
  return judge(rule, buckets, zone);
}

Result<std::size_t> AlertEvaluator::judge(AlertRule rule, const std::vector<TimeRange>& buckets,
                                          const TimeZone& zone) {
  std::size_t judged = 0;
  for (const TimeRange bucket : buckets) {
    const auto numbers = deps_.numbers(rule, bucket, zone);
    if (!numbers && numbers.error().code == ErrorCode::unavailable)
      return std::unexpected(numbers.error());
    const Judgement judgement = numbers ? judge_alert(rule, bucket, zone, *numbers,
                                                      deps_.incomplete(looked_at(rule, bucket)))
                                        : in_doubt(rule, bucket, AlertDoubt::refused);
    const UnixMillis now = deps_.clock.now_ms();
    const AlertStep step = take_step(rule, judgement, bucket, now);
    TRY_ASSIGN(const bool recorded, deps_.alerts.record(rule, step, now));
    // Changed meanwhile: the next look sees the rule as it is.
    if (!recorded) break;
    rule.status = step.status;
    ++judged;
    if (step.told) deps_.told();
    if (worker_.stopping()) break;
  }
  return judged;
}

}  // namespace tally
