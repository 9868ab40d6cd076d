// SPDX-License-Identifier: Apache-2.0
//
// Runs every file of data/ on every store.
#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <filesystem>
#include <map>

#include "case_file.h"
#include "clicks/click_batch.h"
#include "clicks/view_batch.h"
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
  for (std::size_t i = 0; i < file.questions.size(); ++i) {
    const auto answer = answer_json(store, file.questions[i]);
    EXPECT_EQ(boost::json::serialize(answer), boost::json::serialize(file.questions[i].answer))
        << file.about << ": question " << i + 1 << " (" << file.questions[i].ask << ")";
  }
}

INSTANTIATE_TEST_SUITE_P(
    , CasesTest, testing::Combine(testing::ValuesIn(kTestStores), testing::ValuesIn(case_files())),
    [](const auto& pair) {
      return std::string(std::get<0>(pair.param)) + "_" + std::get<1>(pair.param);
    });

}  // namespace
}  // namespace tally
