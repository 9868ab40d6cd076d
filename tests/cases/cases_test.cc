// SPDX-License-Identifier: Apache-2.0
//
// Runs every file of data/ on every store: answered from rows, and from counts of the days that
// there are clicks in.
#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <set>

#include "case_file.h"
#include "clicks/click_batch.h"
#include "clicks/view_batch.h"
#include "model/calendar.h"
#include "test_stores.h"

namespace tally {
namespace {

std::vector<std::string> case_files() {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator("data"))
    files.push_back(entry.path().stem().string());
  std::ranges::sort(files);
  return files;
}

constexpr TimeRange kAlways{0, 4'000'000'000'000};

// Counts every link apart that was clicked twice in a day. One lasts as long as the program.
ClickStore& counting_store(std::string_view name) {
  static std::vector<std::unique_ptr<ClickStore>> stores;
  ClickStoreOptions options = test_store(name).options();
  options.busy_link_hits = 2;
  stores.push_back(std::make_unique<ClickStore>(http_client(), options));
  return *stores.back();
}

// Every day with a click, in a zone whose days begin at a quarter to.
void close_days(ClickStore& store, const CaseFile& file) {
  const TimeZone zone = TimeZone::load("Asia/Kathmandu").value();
  ASSERT_TRUE(store.migrate());
  std::set<UnixMillis> days;
  for (const Click& click : file.clicks) {
    const TimeRange moment{click.time, click.time + 1};
    const UnixMillis start = bucket_starts(moment, Interval::day, zone)->front();
    if (!days.insert(start).second) continue;
    const auto starts = bucket_starts({start, start + 25 * kMillisPerHour}, Interval::day, zone);
    const auto closed = store.close_range(click.workspace, {start, starts->at(1)});
    ASSERT_TRUE(closed) << closed.error().line();
    EXPECT_TRUE(*closed);
  }
  EXPECT_EQ(store.closed_ranges(file.clicks.front().workspace, kAlways).size(), days.size());
}

void expect_answers(ClickStore& store, const CaseFile& file, std::string_view how) {
  for (std::size_t i = 0; i < file.questions.size(); ++i) {
    const auto answer = answer_json(store, file.questions[i]);
    EXPECT_EQ(boost::json::serialize(answer), boost::json::serialize(file.questions[i].answer))
        << file.about << ": question " << i + 1 << " (" << file.questions[i].ask << ") " << how;
  }
}

class CasesTest : public testing::TestWithParam<std::tuple<std::string_view, std::string>> {};

TEST_P(CasesTest, AnswersAsWritten) {
  const auto& [store_name, file_name] = GetParam();
  const CaseFile file = read_case("data/" + file_name + ".json", fresh_workspace());
  ClickStore& store = click_store(store_name);
  std::map<std::int64_t, std::vector<Click>> batches;
  for (const Click& click : file.clicks)
    batches[ClickStore::partition_of(click.time)].push_back(click);
  for (const auto& [partition, batch] : batches) {
    const auto inserted = store.insert(
        ClickBatch(batch), file_name + std::to_string(partition) + std::string(store_name));
    ASSERT_TRUE(inserted) << inserted.error().line();
  }
  std::map<std::int64_t, ViewBatch> views;
  for (const LandingView& view : file.views) views[ClickStore::partition_of(view.time)].add(view);
  for (const auto& [partition, batch] : views) {
    const auto inserted = store.insert(
        batch, file_name + std::to_string(partition) + std::string(store_name) + "-views");
    ASSERT_TRUE(inserted) << inserted.error().line();
  }
  ASSERT_FALSE(file.questions.empty());
  expect_answers(store, file, "from rows");
  // A store that learns what another one closed.
  close_days(counting_store(store_name), file);
  ClickStore& later = counting_store(store_name);
  ASSERT_TRUE(later.migrate());
  expect_answers(later, file, "from counts");
}

INSTANTIATE_TEST_SUITE_P(
    , CasesTest, testing::Combine(testing::ValuesIn(kTestStores), testing::ValuesIn(case_files())),
    [](const auto& pair) {
      return std::string(std::get<0>(pair.param)) + "_" + std::get<1>(pair.param);
    });

}  // namespace
}  // namespace tally
