// SPDX-License-Identifier: Apache-2.0
#include "insights/sample_ratio.h"

#include <algorithm>

#include "insights/distributions.h"

namespace tally {
namespace {

constexpr double kLeastExpected = 5;

double weight_of(double weight) { return weight <= 1e300 ? clamped(weight, 0, 1e300) : 0; }

}  // namespace

std::optional<double> sample_ratio_p(std::span<const Arm> arms, std::span<const double> weights) {
  if (arms.size() != weights.size()) return std::nullopt;
  double trials = 0, largest = 0;
  for (const Arm& arm : arms) trials += static_cast<double>(arm.trials);
  for (const double weight : weights) largest = std::max(largest, weight_of(weight));
  if (trials == 0 || largest == 0) return std::nullopt;
  double whole = 0;
  for (const double weight : weights) whole += weight_of(weight) / largest;

  double chi_square = 0;
  int tested = 0;
  for (std::size_t i = 0; i < arms.size(); ++i) {
    const double expected = trials * (weight_of(weights[i]) / largest / whole);
    const auto seen = static_cast<double>(arms[i].trials);
    if (expected == 0) {
      if (seen > 0) return 0;
      continue;
    }
    if (expected < kLeastExpected) return std::nullopt;
    chi_square += (seen - expected) * ((seen - expected) / expected);
    ++tested;
  }
  if (tested < 2) return std::nullopt;
  return chi_square_at_least(chi_square, tested - 1);
}

}  // namespace tally
