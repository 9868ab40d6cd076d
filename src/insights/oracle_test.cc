// SPDX-License-Identifier: Apache-2.0
//
// Thousands of random questions, answered here and by R (oracle.R, which says how), must agree to
// 1e-9 of the value. What is smaller than 1e-200 counts as equally nothing. Ends of an interval of
// a difference are held to 1e-9 of the interval's width, since they may lie anywhere near 0.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

#include "base/test_folder.h"
#include "insights/chance_to_beat.h"
#include "insights/comparison.h"
#include "insights/distributions.h"
#include "insights/interval.h"
#include "insights/sample_ratio.h"
#include "insights/sample_size.h"
#include "insights/simulation.h"

namespace tally {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr double kTolerance = 1e-9;
constexpr double kNothing = 1e-200;

struct Question {
  std::string text;
  std::vector<double> ours;
  std::vector<double> scale;  // of each answer; 0 for the answer itself
};

class Questions {
 public:
  void ask(const std::string& word, const std::vector<double>& given, std::vector<double> ours,
           std::vector<double> scale = {}) {
    std::ostringstream text;
    text.precision(17);
    text << word;
    for (const double value : given) text << ' ' << value;
    scale.resize(ours.size());
    all_.push_back({text.str(), std::move(ours), std::move(scale)});
  }

  void compare_with_r() const {
    const TestFolder folder;
    const std::string questions = folder.path() / "questions", answers = folder.path() / "answers";
    std::ofstream out(questions);
    for (const Question& question : all_) out << question.text << '\n';
    out.close();
    const std::string command =
        "Rscript --vanilla src/insights/oracle.R " + questions + " " + answers;
    ASSERT_EQ(std::system(command.c_str()), 0) << "Rscript is in the package r-base-core";
    std::ifstream in(answers);
    std::string line;
    for (const Question& question : all_) {
      ASSERT_TRUE(std::getline(in, line)) << question.text;
      check(question, line);
    }
  }

 private:
  static void check(const Question& question, const std::string& line) {
    std::istringstream words(line);
    std::string word;
    for (std::size_t i = 0; i < question.ours.size(); ++i) {
      ASSERT_TRUE(words >> word) << question.text;
      const double ours = question.ours[i],
                   theirs = word == "NA" ? kNone : std::strtod(word.c_str(), nullptr);
      if (std::isnan(ours) && std::isnan(theirs)) continue;
      if (std::fabs(ours) < kNothing && std::fabs(theirs) < kNothing) continue;
      const double scale = std::max(std::fabs(theirs), question.scale[i]);
      EXPECT_LE(std::fabs(ours - theirs), kTolerance * scale)
          << question.text << " [" << i << "] " << ours << " but R has " << word;
    }
  }

  std::vector<Question> all_;
};

void ask_compare(Questions& questions, const Arm& a, const Arm& b) {
  const auto found = compare(a, b);
  ASSERT_TRUE(found);
  const Bounds none{kNone, kNone};
  const Bounds bounds = found->bounds.value_or(none), sequence = found->sequence.value_or(none);
  const Bounds wilson = wilson_interval(a.successes, a.trials).value_or(none);
  const double wide = found->bounds ? bounds.high - bounds.low : 0;
  const double wider = found->sequence ? sequence.high - sequence.low : 0;
  const double narrow = wilson.high - wilson.low;
  questions.ask("compare",
                {static_cast<double>(a.trials), static_cast<double>(a.successes),
                 static_cast<double>(b.trials), static_cast<double>(b.successes)},
                {found->z, found->p, bounds.low, bounds.high, found->sequential_p, sequence.low,
                 sequence.high, wilson.low, wilson.high, chance_to_beat(a, b)},
                {1e-3, 0, wide, wide, 0, wider, wider, narrow, narrow, 0});
}

// Trials from 1 to 1e8, any rate, and rates near each other as often as not.
Arm random_arm(Simulation& draw, double rate) {
  const std::uint64_t trials = draw.magnitude(1e8);
  return {trials, draw.binomial(trials, rate)};
}

double random_rate(Simulation& draw) {
  const double rate = std::pow(10, -4 * draw.share());
  return draw.happens(0.2) ? 1 - rate : rate;
}

TEST(Oracle, ComparisonsAgreeWithR) {
  Simulation draw(1);
  Questions questions;
  for (int i = 0; i < 1000; ++i) {
    const double rate = random_rate(draw);
    const double other = draw.happens(0.7) ? rate * (1 + 0.1 * (draw.share() - 0.5)) : draw.share();
    Arm a = random_arm(draw, rate), b = random_arm(draw, clamped(other, 0, 1));
    if (draw.happens(0.2)) b = {a.trials, draw.binomial(a.trials, clamped(other, 0, 1))};
    ask_compare(questions, a, b);
  }
  const std::array<std::uint64_t, 6> sizes = {1, 2, 10, 1000, 1'000'000, 100'000'000};
  for (const std::uint64_t trials_a : sizes)
    for (const std::uint64_t trials_b : sizes)
      for (const std::uint64_t a : {std::uint64_t{0}, trials_a / 2, trials_a})
        for (const std::uint64_t b : {std::uint64_t{0}, std::uint64_t{1}, trials_b - 1, trials_b})
          ask_compare(questions, {trials_a, a}, {trials_b, b});
  questions.compare_with_r();
}

TEST(Oracle, TailsAgreeWithR) {
  Simulation draw(2);
  Questions questions;
  for (int i = 0; i < 3000; ++i) {
    const double mean = std::pow(10, 7 * draw.share() - 2),
                 size = std::pow(10, 5 * draw.share() - 1);
    const double reach = mean + (6 * draw.share() - 2) * std::sqrt(mean + mean * mean / size);
    const auto count = static_cast<std::uint64_t>(std::max(0.0, reach));
    const NegativeBinomial counts{mean, size};
    questions.ask(
        "negative_binomial", {mean, size, static_cast<double>(count)},
        {counts.at_least(count), counts.at_most(count), static_cast<double>(counts.quantile(0.01)),
         static_cast<double>(counts.quantile(0.99))});
  }
  for (int i = 0; i < 1000; ++i) {
    const double degrees = static_cast<double>(1 + draw.magnitude(200));
    const double x = degrees * std::pow(10, 3 * draw.share() - 1);
    questions.ask("chi_square", {x, degrees}, {chi_square_at_least(x, degrees)});
    const double p = draw.happens(0.5) ? draw.share() : std::pow(10, -200 * draw.share());
    const double z = normal_quantile(p);
    questions.ask("normal", {p}, {z, normal_two_sided(z), normal_below(z)}, {1e-6, 0, 0});
    const double confidence = draw.share();
    questions.ask("student", {confidence, degrees}, {student_width(confidence, degrees)});
    const std::uint64_t events = draw.magnitude(1e6) - 1;
    const Bounds mean = poisson_interval(events, confidence);
    questions.ask("poisson", {static_cast<double>(events), confidence}, {mean.low, mean.high});
  }
  questions.compare_with_r();
}

TEST(Oracle, RatiosAndSizesAgreeWithR) {
  Simulation draw(3);
  Questions questions;
  for (int i = 0; i < 1000; ++i) {
    std::vector<Arm> arms(2 + draw() % 5);
    std::vector<double> weights(arms.size()), given;
    const double people = static_cast<double>(1000 + draw.magnitude(1e8));
    for (std::size_t arm = 0; arm < arms.size(); ++arm) {
      weights[arm] = static_cast<double>(1 + draw() % 9);
      arms[arm].trials = draw.count(people * weights[arm], 1e-5);
      given.push_back(static_cast<double>(arms[arm].trials));
    }
    given.insert(given.end(), weights.begin(), weights.end());
    questions.ask("sample_ratio", given, {sample_ratio_p(arms, weights).value_or(kNone)});

    const double control = 0.001 + 0.9 * draw.share();
    const double variant = clamped(control * (0.5 + draw.share()), 0.0005, 0.9995);
    const double alpha = 0.001 + 0.1 * draw.share(), power = 0.3 + 0.69 * draw.share();
    if (std::fabs(variant - control) < 0.01 * control) continue;
    const double size = z_test_size(control, variant, 1, alpha, power);
    if (size < 2) continue;
    questions.ask("size", {control, variant, alpha, power}, {size});
    const double other = size * (0.5 + draw.share());
    questions.ask("power", {control, variant, alpha, power, other},
                  {z_test_power(control, variant, other, other, alpha)});
  }
  questions.compare_with_r();
}

}  // namespace
}  // namespace tally
