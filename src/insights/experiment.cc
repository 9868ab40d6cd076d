// SPDX-License-Identifier: Apache-2.0
#include "insights/experiment.h"

#include <algorithm>

#include "insights/comparison.h"
#include "insights/sample_ratio.h"

namespace tally {
namespace {

bool enough(const Arm& a, const Arm& b) {
  return a.trials >= kLeastTrials && b.trials >= kLeastTrials && a.possible() && b.possible();
}

// The arm that has won, if one has.
std::optional<std::size_t> winner_of(std::span<const Arm> arms,
                                     std::span<const VariantFinding> variants) {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < variants.size(); ++i)
    if (variants[i].better && (!best || arms[i + 1].rate() > arms[*best].rate())) best = i + 1;
  if (best) return best;
  if (!variants.empty() && std::ranges::all_of(variants, &VariantFinding::worse)) return 0;
  return std::nullopt;
}

}  // namespace

void Experiment::look(std::span<const Arm> arms) {
  arms_.assign(arms.begin(), arms.end());
  const std::size_t variants = arms.empty() ? 0 : arms.size() - 1;
  clearest_.resize(variants);
  for (std::size_t i = 0; i < variants; ++i) {
    const Arm &control = arms[0], &variant = arms[i + 1];
    if (!enough(control, variant)) continue;
    const double p = sequential_p(control, variant);
    if (p < clearest_[i].p) clearest_[i] = {p, variant.rate() > control.rate()};
  }
}

ExperimentFinding Experiment::finding() const {
  ExperimentFinding out;
  out.sample_ratio_p = sample_ratio_p(arms_, weights_);
  const auto comparisons = static_cast<double>(clearest_.size());
  for (std::size_t i = 0; i < clearest_.size(); ++i) {
    const Arm &control = arms_[0], &variant = arms_[i + 1];
    VariantFinding found;
    found.enough_data = enough(control, variant);
    found.always_valid_p = std::min(1.0, clearest_[i].p * comparisons);
    if (const auto now = compare(control, variant, 1 - kExperimentAlpha / comparisons))
      found.sequence = now->sequence;
    const bool passed = found.enough_data && found.always_valid_p <= kExperimentAlpha;
    found.better = passed && clearest_[i].variant_led && variant.rate() > control.rate();
    found.worse = passed && !clearest_[i].variant_led && variant.rate() < control.rate();
    out.variants.push_back(found);
  }

  if (!std::ranges::all_of(arms_, &Arm::possible)) {
    out.verdict = ExperimentVerdict::impossible_counts;
  } else if (out.sample_ratio_p && *out.sample_ratio_p < kSampleRatioAlarm) {
    out.verdict = ExperimentVerdict::sample_ratio_broken;
  } else if (std::ranges::none_of(out.variants, &VariantFinding::enough_data)) {
    out.verdict = ExperimentVerdict::not_enough_data;
  } else if (const auto winner = winner_of(arms_, out.variants)) {
    out.verdict = ExperimentVerdict::winner;
    out.winner = *winner;
  } else {
    out.verdict = ExperimentVerdict::no_difference_yet;
  }
  return out;
}

ExperimentFinding judge_experiment(std::span<const std::vector<Arm>> looks,
                                   std::vector<double> weights) {
  Experiment experiment(std::move(weights));
  for (const std::vector<Arm>& arms : looks) experiment.look(arms);
  return experiment.finding();
}

}  // namespace tally
