// SPDX-License-Identifier: Apache-2.0
#include "insights/distributions.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <numbers>
#include <utility>

namespace tally {
namespace {

namespace bm = boost::math;
namespace bp = boost::math::policies;

// Nothing throws: what cannot be told comes back as NaN or infinity and is moved into range here.
using Quiet =
    bp::policy<bp::domain_error<bp::ignore_error>, bp::pole_error<bp::ignore_error>,
               bp::overflow_error<bp::ignore_error>, bp::underflow_error<bp::ignore_error>,
               bp::denorm_error<bp::ignore_error>, bp::evaluation_error<bp::ignore_error>,
               bp::rounding_error<bp::ignore_error>,
               bp::indeterminate_result_error<bp::ignore_error>>;
constexpr Quiet kQuiet;

constexpr double kMostCounts = 1e12;  // of means and counts
constexpr double kMostDegrees = 1e6;

double probability(double p) { return clamped(p, 0, 1); }

}  // namespace

double clamped(double value, double low, double high) {
  return value >= low ? std::min(value, high) : low;
}

double normal_two_sided(double z) { return std::erfc(std::fabs(z) / std::numbers::sqrt2); }

double normal_below(double z) { return probability(std::erfc(-z / std::numbers::sqrt2) / 2); }

double normal_quantile(double p) {
  const bm::normal_distribution<double, Quiet> normal;
  p = clamped(p, 1e-300, 1 - 1e-16);
  if (p > 0.5) return clamped(bm::quantile(bm::complement(normal, 1 - p)), 0, 40);
  return clamped(bm::quantile(normal, p), -40, 0);
}

double normal_width(double confidence) {
  return -normal_quantile((1 - clamped(confidence, 0, 1 - 1e-15)) / 2);
}

double student_width(double confidence, double degrees) {
  const bm::students_t_distribution<double, Quiet> student(clamped(degrees, 1, kMostDegrees));
  const double tail = (1 - clamped(confidence, 0, 1 - 1e-15)) / 2;
  return clamped(bm::quantile(bm::complement(student, tail)), 0, 1e18);
}

double chi_square_at_least(double x, double degrees) {
  degrees = clamped(degrees, 1, kMostDegrees);
  return probability(bm::gamma_q(degrees / 2, clamped(x, 0, 1e300) / 2, kQuiet));
}

double gamma_quantile(double shape, double p) {
  shape = clamped(shape, 0, 1e19);
  p = clamped(p, 0, 1 - 1e-16);
  if (shape == 0 || p == 0) return 0;
  if (shape > 1e8) {
    // The first two terms of Cornish and Fisher: right to 1e-12 here, where the iteration gets
    // slow.
    const double z = normal_quantile(p);
    return std::max(0.0, shape + z * std::sqrt(shape) + (z * z - 1) / 3);
  }
  return clamped(bm::gamma_p_inv(shape, p, kQuiet), 0, 1e300);
}

double BetaDistribution::density(double x) const {
  x = clamped(x, 0, 1);
  if (x == 0 || x == 1) return (x == 0 ? a : b) > 1 ? 0 : (x == 0 ? b : a);
  return clamped(bm::ibeta_derivative(a, b, x, kQuiet), 0, 1e300);
}

double BetaDistribution::below(double x) const {
  return probability(bm::ibeta(a, b, clamped(x, 0, 1), kQuiet));
}

double BetaDistribution::above(double x) const {
  return probability(bm::ibetac(a, b, clamped(x, 0, 1), kQuiet));
}

namespace {

// I_x(a, b) for x = part / (part + rest), from whichever of x and 1 - x is the small one.
double beta_share(double a, double b, double part, double rest) {
  if (part <= rest) return probability(bm::ibeta(a, b, part / (part + rest), kQuiet));
  return probability(bm::ibetac(b, a, rest / (part + rest), kQuiet));
}

}  // namespace

double NegativeBinomial::at_least(std::uint64_t count) const {
  const double m = clamped(mean, 0, kMostCounts), r = clamped(size, 1e-9, kMostCounts);
  if (count == 0) return 1;
  if (m == 0) return 0;
  return beta_share(std::min(static_cast<double>(count), kMostCounts), r, m, r);
}

double NegativeBinomial::at_most(std::uint64_t count) const {
  const double m = clamped(mean, 0, kMostCounts), r = clamped(size, 1e-9, kMostCounts);
  if (m == 0) return 1;
  return beta_share(r, std::min(static_cast<double>(count) + 1, kMostCounts), r, m);
}

std::uint64_t NegativeBinomial::quantile(double p) const {
  const double m = clamped(mean, 0, kMostCounts), r = clamped(size, 1e-9, kMostCounts);
  p = clamped(p, 0, 1 - 1e-12);
  if (m == 0 || p == 0) return 0;
  // Cornish and Fisher's first two terms are near; from there in steps that double.
  constexpr auto kMost = static_cast<std::int64_t>(kMostCounts);
  const double z = normal_quantile(p), deviation = std::sqrt(m + m * m / r);
  const double guess = m + z * deviation + (z * z - 1) / 6 * (1 + 2 * m / r);
  auto high = static_cast<std::int64_t>(clamped(guess, 0, kMostCounts));
  auto step = static_cast<std::int64_t>(clamped(deviation / 64, 1, kMostCounts));
  const auto reaches = [&](std::int64_t count) {
    return count == kMost || (count >= 0 && at_most(static_cast<std::uint64_t>(count)) >= p);
  };
  std::int64_t low = high;
  for (; !reaches(high); step *= 2) low = std::exchange(high, std::min(high + step, kMost));
  for (; low >= 0 && reaches(low); step *= 2)
    high = std::exchange(low, std::max<std::int64_t>(low - step, -1));
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (reaches(middle) ? high : low) = middle;
  }
  return static_cast<std::uint64_t>(high);
}

}  // namespace tally
