// SPDX-License-Identifier: Apache-2.0
#include "api/click_import.h"

#include <gtest/gtest.h>

#include "api/api_fixture.h"

namespace tally {
namespace {

constexpr UnixMillis kNoon = 20'500 * kMillisPerDay + kMillisPerDay / 2;

TEST(MarkFirstClicks, OfKnownVisitorsByTime) {
  struct Row {
    UnixMillis time;
    std::uint64_t link, visitor;
    bool first, first_ws;
    Outcome outcome = Outcome::redirected;
    Traffic traffic = Traffic::human;
    bool told = false;
  };
  const Row rows[] = {
      {3, 1, 7, false, false},
      {1, 1, 7, true, true, Outcome::redirected, Traffic::human, true},
      {2, 2, 7, true, false},
      {2, 1, 8, true, true, Outcome::landing},
      {1, 1, 8, false, false, Outcome::expired},
      {0, 1, 8, false, false, Outcome::redirected, Traffic::library, true},
      {0, 0, 9, false, false},  // of no link
      {4, 1, 7, false, false, Outcome::redirected, Traffic::human, true},
      {1 + kMillisPerDay, 1, 7, true, true},                             // another day
      {5, 1, 0, true, true, Outcome::redirected, Traffic::human, true},  // nobody knows whose
      {5, 1, 0, false, false},
  };
  std::vector<Click> clicks;
  for (const Row& row : rows) {
    Click& click = clicks.emplace_back();
    click.key.n = clicks.size();
    click.time = kNoon + row.time;
    click.link = LinkId{row.link};
    click.visitor = row.visitor;
    click.outcome = row.outcome;
    click.traffic = row.traffic;
    click.first = click.first_ws = row.told;
  }
  mark_first_clicks(clicks);
  for (std::size_t i = 0; i < clicks.size(); ++i) {
    EXPECT_EQ(clicks[i].first, rows[i].first) << i;
    EXPECT_EQ(clicks[i].first_ws, rows[i].first_ws) << i;
  }
}

using ImportTest = ApiFixture;

TEST_F(ImportTest, AClickOfThisServersOwnIsRefusedUntilItIsStored) {
  ASSERT_EQ(
      ask("POST", "/api/v1/links", R"({"prefix":"p","destination":"https://a.example/"})").status,
      201);
  const ClickIdCodec ids({});
  const auto line = [&](std::uint16_t node) {
    return R"({"time":"2026-03-01","prefix":"p","click_id":")" + ids.encode({node, 1, 1, 1}) +
           "\"}\n";
  };
  const auto check = [&](const std::string& body) {
    Request request = ApiFixture::request("POST", "/api/v1/import/clicks?check=1&line=7", body);
    request.fields.back().value = kNdjson;
    return as(key(Scope::admin), request);
  };
  EXPECT_EQ(check(line(1)).status, 200);
  stored_ = false;
  EXPECT_EQ(check(line(2)).status, 200) << "another server's";
  const Response refused = check(line(2) + line(1));
  EXPECT_EQ(refused.status, 422);
  const boost::json::value item = json(refused).at("errors").at(0);
  EXPECT_EQ(text(item, "code"), "not_stored_yet");
  EXPECT_EQ(text(item, "field"), "click_id");
  EXPECT_EQ(item.at("line").as_int64(), 8);
}

TEST_F(ImportTest, SaysWhetherFirstClicksAreBeingWorkedOut) {
  const std::int64_t days[] = {20'500};
  EXPECT_FALSE(json(ask("GET", "/api/v1/import/clicks")).at("counting").as_bool());
  ASSERT_TRUE(reclassifier_->count_again(workspace_, days));
  EXPECT_TRUE(json(ask("GET", "/api/v1/import/clicks")).at("counting").as_bool());
}

}  // namespace
}  // namespace tally
