// SPDX-License-Identifier: Apache-2.0
#include "api/experiment_report.h"

#include <cmath>

#include "api/stats_json.h"
#include "insights/chance_to_beat.h"
#include "insights/sample_ratio.h"
#include "model/calendar.h"

namespace tally {
namespace {

std::vector<double> weights_of(const ExperimentSetup& setup) {
  std::vector<double> out;
  if (setup.kind == ExperimentKind::variants)
    for (const ExperimentArm& arm : setup.arms) out.push_back(arm.weight);
  return out;
}

std::optional<ExperimentNeeds> needs_of(const ExperimentSetup& setup, const ExperimentLooks& looks,
                                        std::vector<double> weights) {
  const std::vector<Arm>& arms = looks.arms.back();
  // Nothing divides the impressions of links: they are taken to go on as they did.
  if (weights.empty())
    for (const Arm& arm : arms) weights.push_back(static_cast<double>(arm.trials));
  std::uint64_t seen = 0;
  for (const Arm& arm : arms) seen += arm.trials;
  const auto days = static_cast<double>(looks.range.to - looks.range.from) / kMillisPerDay;
  if (days <= 0 || arms.front().trials == 0) return std::nullopt;
  const double per_day = static_cast<double>(seen) / days;
  const auto plan = plan_sample_size({.baseline = arms.front().rate(),
                                      .effect = setup.least_effect_ppm / 1e6,
                                      .alpha = kExperimentAlpha,
                                      .weights = std::move(weights)});
  if (!plan) return std::nullopt;
  ExperimentNeeds out{plan->target, plan->always_valid.total, 0, std::nullopt};
  if (out.trials > seen) out.trials_left = out.trials - seen;
  out.days_left =
      static_cast<std::uint64_t>(std::ceil(static_cast<double>(out.trials_left) / per_day));
  return out;
}

void put_arm(JsonWriter& out, const Arm& arm) {
  out.begin_object().field("trials", arm.trials).field("successes", arm.successes);
  put_rate(out, "rate", rate_of(arm.successes, arm.trials));
  out.end_object();
}

void put_variant(JsonWriter& out, std::size_t arm, const ExperimentReport& report) {
  const VariantFinding& found = report.finding.variants[arm - 1];
  out.begin_object()
      .field("arm", arm)
      .field("enough_data", found.enough_data)
      .field("always_valid_p", found.always_valid_p);
  put_bounds(out, "sequence", found.sequence);
  out.field("better", found.better).field("worse", found.worse).key("description");
  if (const auto& now = report.comparisons[arm - 1]) {
    out.begin_object().field("difference", now->difference);
    put_bounds(out, "difference_interval", now->bounds);
    out.field("z", now->z)
        .field("p", now->p)
        .field("chance_to_beat", report.chances[arm - 1])
        .end_object();
  } else {
    out.value(nullptr);
  }
  out.end_object();
}

void put_needs(JsonWriter& out, const std::optional<ExperimentNeeds>& needs) {
  out.key("needs");
  if (!needs) {
    out.value(nullptr);
    return;
  }
  out.begin_object()
      .field("target_rate", needs->target_rate)
      .field("trials", needs->trials)
      .field("trials_left", needs->trials_left)
      .field("days_left", needs->days_left)
      .end_object();
}

}  // namespace

std::vector<std::vector<Arm>> add_up(std::span<const std::vector<Arm>> days) {
  std::vector<std::vector<Arm>> out;
  for (const std::vector<Arm>& day : days) {
    out.push_back(out.empty() ? std::vector<Arm>(day.size()) : out.back());
    for (std::size_t i = 0; i < day.size(); ++i) {
      out.back()[i].trials += day[i].trials;
      out.back()[i].successes += day[i].successes;
    }
  }
  return out;
}

ExperimentReport report_on(const ExperimentSetup& setup, ExperimentLooks looks) {
  const std::vector<double> weights = weights_of(setup);
  ExperimentReport out;
  out.finding = judge_experiment(looks.arms, weights);
  out.needs = needs_of(setup, looks, weights);
  const std::vector<Arm>& arms = looks.arms.back();
  for (std::size_t i = 1; i < arms.size(); ++i) {
    out.comparisons.push_back(compare(arms[0], arms[i]));
    out.chances.push_back(chance_to_beat(arms[0], arms[i]));
  }
  out.looks = std::move(looks);
  return out;
}

void put_report(JsonWriter& out, const ExperimentReport& report) {
  const ExperimentFinding& finding = report.finding;
  std::optional<std::size_t> winner;
  if (finding.verdict == ExperimentVerdict::winner) winner = finding.winner;
  out.key("result")
      .begin_object()
      .field("from", format_utc(report.looks.range.from))
      .field("to", format_utc(report.looks.range.to))
      .field("looks", report.looks.arms.size())
      .field("alpha", kExperimentAlpha)
      .field("least_trials", kLeastTrials)
      .field("verdict", to_text(finding.verdict))
      .field("winner", winner)
      .key("arms")
      .begin_array();
  for (const Arm& arm : report.now()) put_arm(out, arm);
  out.end_array().key("variants").begin_array();
  for (std::size_t i = 1; i < report.now().size(); ++i) put_variant(out, i, report);
  out.end_array()
      .key("sample_ratio")
      .begin_object()
      .field("p", finding.sample_ratio_p)
      .field("alarm", finding.verdict == ExperimentVerdict::sample_ratio_broken)
      .end_object();
  put_needs(out, report.needs);
  out.field("setup_changed", report.looks.setup_changed).end_object();
}

}  // namespace tally
