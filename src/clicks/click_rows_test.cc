// SPDX-License-Identifier: Apache-2.0
#include "clicks/click_rows.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "clicks/click_batch.h"

namespace tally {
namespace {

Click click(std::uint64_t link, UnixMillis time, std::uint64_t n) {
  Click out;
  out.key = {1, 2, 0, n};
  out.link = LinkId{link};
  out.time = time;
  out.city = "Zurich " + std::to_string(n);
  out.country = n % 2 == 0 ? "CH" : "DE";
  return out;
}

std::vector<Click> all_of(ClickRows& rows) {
  std::vector<Click> out;
  while (const Click* one = rows.next().value()) out.push_back(*one);
  return out;
}

TEST(ClickRowsTest, RowsOfAllBlocksComeInOrder) {
  const std::vector<Click> one = {click(9, 5, 0), click(7, 6, 1)};
  const std::vector<Click> other = {click(7, 5, 3), click(7, 6, 2), click(8, 1, 4)};
  auto rows = ClickRows::read(ClickBatch(one).native() + ClickBatch(other).native());
  ASSERT_TRUE(rows) << rows.error().line();
  const std::vector<Click> expected = {other[0], one[1], other[1], other[2], one[0]};
  EXPECT_EQ(all_of(*rows), expected);
}

TEST(ClickRowsTest, NothingIsNoRow) {
  auto rows = ClickRows::read({});
  ASSERT_TRUE(rows);
  EXPECT_EQ(rows->next().value(), nullptr);
}

TEST(ClickRowsTest, AViewIsOfItsClickAlone) {
  std::vector<Click> clicks = {click(7, 1, 0), click(7, 2, 1), click(7, 3, 2)};
  for (Click& one : clicks) one.outcome = Outcome::landing;
  auto rows = ClickRows::read(ClickBatch(clicks).native(), {{clicks[1].key, {390, 844, 3}}});
  ASSERT_TRUE(rows) << rows.error().line();
  clicks[1].screen_source = ScreenSource::beacon;
  clicks[1].screen_w = 390;
  clicks[1].screen_h = 844;
  clicks[1].dpr = 3;
  EXPECT_EQ(all_of(*rows), clicks);
}

// As a server sent them: a block with dictionaries, rows whose link is the same.
TEST(ClickRowsTest, ReadsDictionaries) {
  std::ifstream file("fuzz/corpus/click_rows/dictionaries", std::ios::binary);
  ASSERT_TRUE(file);
  auto rows = ClickRows::read({std::istreambuf_iterator<char>(file), {}});
  ASSERT_TRUE(rows) << rows.error().line();
  const auto clicks = all_of(*rows);
  ASSERT_EQ(clicks.size(), 40u);
  std::set<std::string> countries, agents;
  for (const Click& one : clicks) {
    EXPECT_EQ(one.link, clicks.front().link);
    EXPECT_EQ(one.country.size(), 2u);
    countries.insert(one.country);
    agents.insert(one.user_agent);
  }
  EXPECT_GT(countries.size(), 3u);
  EXPECT_GT(agents.size(), 10u);
}

TEST(ClickRowsTest, BrokenAnswersAreRefused) {
  const std::vector<Click> some = {click(9, 5, 0), click(7, 6, 1)};
  const std::string whole = ClickBatch(some).native();
  for (std::size_t size = 1; size < whole.size(); ++size)
    EXPECT_EQ(ClickRows::read(whole.substr(0, size)).error().code, ErrorCode::corrupt) << size;
  std::string renamed = whole;
  renamed.replace(renamed.find("link_id"), 7, "no_link");
  EXPECT_FALSE(ClickRows::read(renamed));
}

}  // namespace
}  // namespace tally
