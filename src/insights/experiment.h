// SPDX-License-Identifier: Apache-2.0
//
// What an experiment may say, in one of five words, however often it is looked at.
//
// The first arm is the control, each other arm is compared with it. A winner follows from nothing
// but the always-valid p of comparison.h, and only from looks at which both arms had kLeastTrials.
// Chances and ordinary intervals stand beside it as description.
//
// With several variants there are several chances to be fooled, so each comparison has to pass
// α / (number of variants) (Bonferroni): the chance that any variant no better than the control is
// called a winner stays at α for all looks and variants together. With more than one variant past
// the bar the one with the highest rate is named; "winner" then says better than the control, not
// proven better than the other variants. The control wins when it has beaten every variant.
//
// A winner whose lead has turned round since stays silent until it leads again. A broken sample
// ratio or impossible counts come before everything else: no rate can be trusted then.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "insights/arm.h"
#include "insights/interval.h"

namespace tally {

enum class ExperimentVerdict : std::uint8_t {
  not_enough_data,      // no variant and the control have kLeastTrials each
  no_difference_yet,    // nothing that could not be chance
  winner,               // `winner` says which arm
  sample_ratio_broken,  // trials are not divided as the weights say
  impossible_counts,    // an arm has more successes than trials
};
inline constexpr std::string_view kExperimentVerdictNames[] = {
    "not_enough_data", "no_difference_yet", "winner", "sample_ratio_broken", "impossible_counts"};
constexpr std::string_view to_text(ExperimentVerdict v) {
  return kExperimentVerdictNames[static_cast<std::size_t>(v)];
}

inline constexpr double kExperimentAlpha = 0.05;
inline constexpr std::uint64_t kLeastTrials = 100;

// One variant against the control.
struct VariantFinding {
  bool enough_data = false;
  // Smallest p of all looks times the number of variants, at most 1: compare it with α.
  double always_valid_p = 1;
  // Control minus variant, at α / (number of variants) for all looks together; of the last look.
  std::optional<Bounds> sequence;
  bool better = false;  // than the control
  bool worse = false;
};

struct ExperimentFinding {
  ExperimentVerdict verdict = ExperimentVerdict::not_enough_data;
  std::size_t winner = 0;                // arm, 0 is the control; only with verdict winner
  std::optional<double> sample_ratio_p;  // none where there is no ratio to test
  std::vector<VariantFinding> variants;  // of arm 1, 2 …
};

// Takes one look after the other; each holds the counts of all arms since the experiment began.
class Experiment {
 public:
  // Weights by which visitors were divided, one for each arm; empty where nothing divided them, as
  // with the impressions of two links.
  explicit Experiment(std::vector<double> weights = {}) : weights_(std::move(weights)) {}

  void look(std::span<const Arm> arms);
  ExperimentFinding finding() const;

 private:
  // The look that spoke most clearly so far.
  struct Clearest {
    double p = 1;
    bool variant_led = false;
  };

  std::vector<double> weights_;
  std::vector<Arm> arms_;
  std::vector<Clearest> clearest_;  // by variant
};

// The same for looks that are at hand all together, oldest first.
ExperimentFinding judge_experiment(std::span<const std::vector<Arm>> looks,
                                   std::vector<double> weights = {});

}  // namespace tally
