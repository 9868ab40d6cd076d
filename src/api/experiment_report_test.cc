// SPDX-License-Identifier: Apache-2.0
#include "api/experiment_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tally {
namespace {

using testing::HasSubstr;

constexpr UnixMillis kStart = 1'772'323'200'000;  // 2026-03-01
const TimeRange kFourDays{kStart, kStart + 4 * kMillisPerDay};

bool operator==(const Arm& a, const Arm& b) {
  return a.trials == b.trials && a.successes == b.successes;
}

ExperimentSetup of_links(std::size_t arms = 2) {
  ExperimentSetup out;
  for (std::size_t i = 0; i < arms; ++i) out.arms.push_back({LinkId{i + 1}, "", 0});
  return out;
}
ExperimentSetup of_variants(std::vector<std::uint32_t> weights) {
  ExperimentSetup out;
  out.kind = ExperimentKind::variants;
  for (const std::uint32_t weight : weights)
    out.arms.push_back({LinkId{1}, "v" + std::to_string(out.arms.size()), weight});
  return out;
}

std::string json_of(const ExperimentSetup& setup, std::vector<std::vector<Arm>> looks) {
  JsonWriter out;
  out.begin_object();
  put_report(out, report_on(setup, {kFourDays, std::move(looks), false}));
  return out.end_object().take();
}

TEST(ExperimentReport, AddsDaysUp) {
  const std::vector<std::vector<Arm>> days = {{{10, 1}, {20, 2}}, {{0, 0}, {5, 1}}, {{1, 1}, {}}};
  const auto looks = add_up(days);
  ASSERT_EQ(looks.size(), 3u);
  EXPECT_TRUE(looks[0][1] == (Arm{20, 2}));
  EXPECT_TRUE(looks[1][0] == (Arm{10, 1}) && looks[1][1] == (Arm{25, 3}));
  EXPECT_TRUE(looks[2][0] == (Arm{11, 2}) && looks[2][1] == (Arm{25, 3}));
}

// docs/reference/semantics.md
TEST(ExperimentReport, SaysTheReferenceValues) {
  const ExperimentReport report =
      report_on(of_links(), {kFourDays, {{{8000, 520}, {8000, 612}}}, false});
  EXPECT_EQ(report.finding.verdict, ExperimentVerdict::no_difference_yet);
  EXPECT_NEAR(report.finding.variants[0].always_valid_p, 0.083904, 5e-7);
  ASSERT_TRUE(report.comparisons[0]);
  EXPECT_NEAR(report.comparisons[0]->z, -2.836601505, 5e-10);
  EXPECT_NEAR(report.comparisons[0]->p, 0.0045596482, 5e-11);
  EXPECT_NEAR(report.comparisons[0]->bounds->low, -0.019443984, 5e-10);
  EXPECT_NEAR(report.comparisons[0]->bounds->high, -0.003556016, 5e-10);
  EXPECT_NEAR(report.chances[0], 0.9977208956, 5e-11);
}

TEST(ExperimentReport, TheSmallestPOfAllDaysStays) {
  const std::vector<Arm> clear = {{8000, 400}, {8000, 600}},
                         closer = {{16000, 1000}, {16000, 1050}};
  const auto p = [](std::vector<std::vector<Arm>> looks) {
    return report_on(of_links(), {kFourDays, std::move(looks), false})
        .finding.variants[0]
        .always_valid_p;
  };
  EXPECT_LT(p({clear}), 1e-6);
  EXPECT_GT(p({closer}), 0.5);
  EXPECT_EQ(p({clear, closer}), p({clear}));
  EXPECT_EQ(p({{{0, 0}, {0, 0}}, clear, closer}), p({clear}));
}

TEST(ExperimentReport, Verdicts) {
  const struct {
    ExperimentSetup setup;
    std::vector<Arm> now;
    const char* verdict;
    const char* winner;
  } rows[] = {
      {of_links(), {{0, 0}, {0, 0}}, "not_enough_data", "null"},
      {of_links(), {{83, 5}, {99, 12}}, "not_enough_data", "null"},
      {of_links(), {{100, 101}, {100, 5}}, "impossible_counts", "null"},
      {of_links(), {{8000, 400}, {8000, 600}}, "winner", "1"},
      {of_links(), {{8000, 600}, {8000, 400}}, "winner", "0"},
      {of_links(), {{8000, 400}, {80, 6}}, "not_enough_data", "null"},
      {of_links(3), {{8000, 400}, {8000, 600}, {8000, 640}}, "winner", "2"},
      {of_variants({1, 1}), {{8000, 400}, {8100, 600}}, "winner", "1"},
      {of_variants({1, 1}), {{8000, 400}, {9000, 600}}, "sample_ratio_broken", "null"},
      {of_variants({8, 9}), {{8000, 400}, {9000, 600}}, "winner", "1"},
  };
  for (const auto& row : rows)
    EXPECT_THAT(json_of(row.setup, {row.now}),
                HasSubstr("\"verdict\":\"" + std::string(row.verdict) +
                          "\",\"winner\":" + row.winner + ","));
}

TEST(ExperimentReport, NothingSeenIsSaidAsNothing) {
  EXPECT_EQ(json_of(of_variants({1, 1}), {{{}, {}}}),
            R"({"result":{"from":"2026-03-01T00:00:00.000Z","to":"2026-03-05T00:00:00.000Z",)"
            R"("looks":1,"alpha":0.05,"least_trials":100,"verdict":"not_enough_data",)"
            R"("winner":null,"arms":[{"trials":0,"successes":0,"rate":null,"rate_interval":null},)"
            R"({"trials":0,"successes":0,"rate":null,"rate_interval":null}],"variants":[{"arm":1,)"
            R"("enough_data":false,"always_valid_p":1,"sequence":null,"better":false,)"
            R"("worse":false,"description":null}],"sample_ratio":{"p":null,"alarm":false},)"
            R"("needs":null,"setup_changed":false}})");
}

TEST(ExperimentReport, SaysHowMuchIsStillNeeded) {
  ExperimentSetup setup = of_variants({1, 1});
  setup.least_effect_ppm = 200'000;
  const auto plan = plan_sample_size({.baseline = 0.05, .effect = 0.2});
  ASSERT_TRUE(plan);
  const auto needs = report_on(setup, {kFourDays, {{{1000, 50}, {1000, 60}}}, false}).needs;
  ASSERT_TRUE(needs);
  EXPECT_DOUBLE_EQ(needs->target_rate, 0.06);
  EXPECT_EQ(needs->trials, plan->always_valid.total);
  EXPECT_EQ(needs->trials_left, needs->trials - 2000);
  EXPECT_EQ(needs->days_left, (needs->trials_left + 499) / 500);  // 500 a day so far

  const auto enough =
      report_on(setup, {kFourDays, {{{900'000, 45'000}, {900'000, 46'000}}}, false});
  EXPECT_EQ(enough.needs->trials_left, 0u);
  EXPECT_EQ(enough.needs->days_left, 0u);

  // Links go on as their impressions were divided so far.
  const auto uneven = report_on(of_links(), {kFourDays, {{{3000, 150}, {1000, 60}}}, false}).needs;
  const auto as_planned =
      plan_sample_size({.baseline = 0.05, .effect = 0.1, .weights = {3000, 1000}});
  EXPECT_EQ(uneven->trials, as_planned->always_valid.total);
  for (const std::vector<Arm>& none :
       {std::vector<Arm>{{1000, 0}, {1000, 5}}, std::vector<Arm>{{0, 0}, {1000, 5}}})
    EXPECT_FALSE(report_on(of_links(), {kFourDays, {none}, false}).needs);
}

}  // namespace
}  // namespace tally
