// SPDX-License-Identifier: Apache-2.0
//
// What an experiment has found (insights/experiment.h), with all that is shown beside it. Pure.
//
// Nothing of a finding is stored. The looks at an experiment are the ends of the days since it
// began and now, so whoever asks, however often, takes the same ones: the smallest p of all looks
// follows from the daily counts alone. A look within a day is forgotten when the day ends.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/json_writer.h"
#include "insights/comparison.h"
#include "insights/experiment.h"
#include "insights/sample_size.h"
#include "model/experiment_setup.h"
#include "model/stats_query.h"

namespace tally {

// Counts of all arms since the experiment began, at each look, oldest first; at least one.
struct ExperimentLooks {
  TimeRange range;
  std::vector<std::vector<Arm>> arms;
  bool setup_changed = false;  // the link's variants are no longer those of the experiment
};

// How much an experiment would have to go on to find its least effect.
struct ExperimentNeeds {
  double target_rate = 0;  // of a variant with that effect
  std::uint64_t trials = 0, trials_left = 0;
  std::optional<std::uint64_t> days_left;  // at the pace so far
};

struct ExperimentReport {
  ExperimentLooks looks;
  ExperimentFinding finding;
  std::vector<std::optional<Comparison>> comparisons;  // of each variant with the control
  std::vector<double> chances;                         // of each variant to be better
  std::optional<ExperimentNeeds> needs;  // none while the control has no rate, or out of reach

  const std::vector<Arm>& now() const { return looks.arms.back(); }
};

// Sums of what each day brought to each arm, day by day.
std::vector<std::vector<Arm>> add_up(std::span<const std::vector<Arm>> days);

ExperimentReport report_on(const ExperimentSetup& setup, ExperimentLooks looks);

// The field `result`.
void put_report(JsonWriter& out, const ExperimentReport& report);

}  // namespace tally
