// SPDX-License-Identifier: Apache-2.0
// Settings and figures through the API's handlers; rates are tested with the server.
#include <gmock/gmock.h>

#include "api/api_fixture.h"
#include "api/link_figures.h"

namespace tally {
namespace {

using testing::HasSubstr;

class FiguresTest : public ApiFixture {
 protected:
  LinkId add_link(const std::string& prefix, const std::string& campaign = "",
                  const std::string& channel = "") {
    Link link;
    link.workspace = workspace_;
    link.prefix = prefix;
    link.campaign = campaign;
    link.channel = channel;
    link.destination = "https://example.com/";
    return links_->create(link).value().id;
  }
  Response send_csv(const std::string& path, std::string body) {
    Request csv = request("POST", path);
    csv.fields.push_back({"Content-Type", "text/csv; charset=utf-8"});
    csv.body = std::move(body);
    if (admin_.empty()) admin_ = key(Scope::admin);
    return as(admin_, csv);
  }
  std::string body(const std::string& path) { return ask("GET", path).body; }
};

TEST_F(FiguresTest, SettingsAreAMergePatch) {
  EXPECT_THAT(
      body("/api/v1/settings"),
      HasSubstr(R"("name":"default","time_zone":"UTC","currency":null,"retention_days":null)"));
  EXPECT_EQ(ask("PATCH", "/api/v1/settings", R"({"time_zone":"Asia/Kathmandu"})").status, 200);
  EXPECT_EQ(ask("PATCH", "/api/v1/settings", R"({"currency":"NPR","name":"Shop"})").status, 200);
  EXPECT_THAT(body("/api/v1/settings"),
              HasSubstr(R"("name":"Shop","time_zone":"Asia/Kathmandu","currency":"NPR")"));
  EXPECT_EQ(ask("PATCH", "/api/v1/settings", R"({"currency":null})").status, 200);
  EXPECT_THAT(body("/api/v1/settings"), HasSubstr(R"("experiment_cookie":false)"));
  EXPECT_THAT(ask("PATCH", "/api/v1/settings", R"({"experiment_cookie":true})").body,
              HasSubstr(R"("experiment_cookie":true)"));
  struct Row {
    const char* patch;
    const char* field;
    const char* code;
  };
  for (const Row& row :
       {Row{R"({"time_zone":"Mars/Olympus"})", "time_zone", "bad_value"},
        Row{R"({"time_zone":"../etc"})", "time_zone", "bad_value"},
        Row{R"({"time_zone":null})", "time_zone", "wrong_type"},
        Row{R"({"currency":"eur"})", "currency", "bad_value"},
        Row{R"({"name":" "})", "name", "bad_value"}, Row{R"({"name":"a\nb"})", "name", "bad_value"},
        Row{R"({"zone":"UTC"})", "zone", "unknown_field"}}) {
    const Response refused = ask("PATCH", "/api/v1/settings", row.patch);
    EXPECT_EQ(refused.status, 422) << row.patch;
    EXPECT_EQ(code(refused), row.code) << row.patch;
    EXPECT_EQ(text(json(refused), "field"), row.field) << row.patch;
  }
  const std::string reader = key(Scope::stats_read);
  EXPECT_EQ(as(reader, request("GET", "/api/v1/settings")).status, 200);
  EXPECT_EQ(as(reader, request("PATCH", "/api/v1/settings", "{}")).status, 403);
}

TEST_F(FiguresTest, AreEnteredListedAndRemoved) {
  const std::string id = add_link("summer").text();
  const std::string path = "/api/v1/impressions";
  EXPECT_EQ(ask("POST", path,
                R"({"entries":[{"link_id":")" + id + R"(","day":"2026-03-01","impressions":5}]})")
                .body,
            R"({"entries":1})");
  EXPECT_EQ(
      send_csv(path, "link,day,impressions\n/summer,2026-03-01,7\n/summer,2026-03-02,8\n").body,
      R"({"entries":2})");
  const std::string first = R"({"link_id":")" + id + R"(","day":"2026-03-01","impressions":7})";
  const std::string second = R"({"link_id":")" + id + R"(","day":"2026-03-02","impressions":8})";
  EXPECT_EQ(body(path), R"({"data":[)" + first + "," + second + R"(],"next_cursor":null})");
  const std::string cursor = "2026-03-01." + id;
  EXPECT_EQ(body(path + "?limit=1"),
            R"({"data":[)" + first + R"(],"next_cursor":")" + cursor + "\"}");
  EXPECT_EQ(body(path + "?limit=1&cursor=" + cursor),
            R"({"data":[)" + second + R"(],"next_cursor":null})");
  EXPECT_EQ(body(path + "?link=" + id + "&from=2026-03-02&to=2026-03-03"),
            R"({"data":[)" + second + R"(],"next_cursor":null})");
  EXPECT_EQ(ask("DELETE", path + "/" + id + "/2026-03-01").status, 204);
  for (const std::string& gone : {id + "/2026-03-01", id + "/today", std::string("x/2026-03-02")})
    EXPECT_EQ(ask("DELETE", path + "/" + gone).status, 404) << gone;
  for (const char* bad : {"limit=0", "limit=1001", "from=today", "link=7", "cursor=x", "day=1"})
    EXPECT_EQ(ask("GET", path + "?" + bad).status, 400) << bad;
}

TEST_F(FiguresTest, CostsNeedACurrencyAndKeepIt) {
  const std::string id = add_link("summer").text();
  const std::string path = "/api/v1/costs";
  const std::string csv = "link,day,amount,currency\n/summer,2026-03-01,12.50,EUR\n";
  const Response early = send_csv(path, csv);
  EXPECT_EQ(early.status, 409);
  EXPECT_EQ(code(early), "no_currency");
  EXPECT_EQ(ask("PATCH", "/api/v1/settings", R"({"currency":"EUR"})").status, 200);
  EXPECT_EQ(send_csv(path, csv).status, 200);
  EXPECT_THAT(body(path), HasSubstr(R"("day":"2026-03-01","amount":"12.5"})"));
  const Response wrong = send_csv(path, "link,day,amount,currency\n" + id + ",2026-03-02,1,USD\n");
  EXPECT_EQ(wrong.status, 422);
  EXPECT_THAT(wrong.body, HasSubstr(R"("errors":[{"index":0,"code":"wrong_currency")"));
  EXPECT_EQ(code(ask("PATCH", "/api/v1/settings", R"({"currency":"USD"})")), "currency_in_use");
}

TEST_F(FiguresTest, FaultsNameTheirLineOrFieldAndNothingIsStored) {
  const std::string id = add_link("summer").text();
  const Response csv = send_csv(
      "/api/v1/impressions",
      "link,day,impressions\n/summer,2026-03-01,1\n/other,2026-03-01,1\n" + id + ",2026-03-01,2\n");
  EXPECT_EQ(csv.status, 422);
  EXPECT_THAT(csv.body, HasSubstr(R"({"index":1,"code":"unknown_link",)"));
  EXPECT_THAT(csv.body, HasSubstr(R"("line":3,"field":"link"})"));
  EXPECT_THAT(csv.body, HasSubstr(R"({"index":2,"code":"repeated_entry",)"));
  EXPECT_THAT(csv.body, HasSubstr(R"("line":4,"field":"day"})"));
  const Response entered =
      ask("POST", "/api/v1/impressions",
          R"({"entries":[{"link_id":"lnk_99","day":"2026-03-01","impressions":5}]})");
  EXPECT_THAT(entered.body, HasSubstr(R"("field":"link_id"})"));
  EXPECT_EQ(body("/api/v1/impressions"), R"({"data":[],"next_cursor":null})");
  EXPECT_EQ(as(key(Scope::stats_read), request("POST", "/api/v1/impressions", "{}")).status, 403);
  Request text = request("POST", "/api/v1/impressions", "x");
  text.fields.back().value = "text/plain";
  EXPECT_EQ(as(admin_, text).status, 415);
}

TEST_F(FiguresTest, FiltersThatChooseLinksChooseTheirFigures) {
  const LinkId mail = add_link("mail", "spring", "email"), plain = add_link("plain"),
               gone = add_link("gone", "spring", "email");
  const Day day = parse_day("2026-03-01").value();
  const std::vector<FigureInput> figures = {
      {mail, day, 1, ""}, {plain, day, 10, ""}, {gone, day, 100, ""}};
  ASSERT_TRUE(figures_->put(workspace_, FigureKind::impressions, figures));
  ASSERT_TRUE(links_->remove(workspace_, gone));
  struct Row {
    std::vector<Filter> filters;
    std::int64_t sum;
  };
  const Row rows[] = {
      {{}, 111},
      {{{Dimension::link, false, {mail.text(), gone.text()}}}, 101},
      {{{Dimension::link, true, {mail.text()}}}, 110},
      {{{Dimension::campaign, false, {"spring"}}}, 1},
      {{{Dimension::campaign, true, {"spring"}}}, 110},
      {{{Dimension::channel, false, {"email"}}, {Dimension::link, false, {mail.text()}}}, 1},
      {{{Dimension::channel, false, {""}}}, 110},
  };
  for (const Row& row : rows) {
    StatsQuery query;
    query.workspace = workspace_;
    query.filters = row.filters;
    const auto found =
        link_figures(*api_, query, {day, day + std::chrono::days(1)}, std::chrono::days(1), false);
    ASSERT_TRUE(found);
    EXPECT_EQ(total_of(*found).impressions, row.sum);
    EXPECT_EQ(total_of(*found).cost, std::nullopt);
  }
}

TEST_F(FiguresTest, AQuestionIsOneForFiguresByItsFiltersAndItsDays) {
  Workspace workspace = accounts_->default_workspace().value();
  workspace.time_zone = "Europe/Berlin";
  const TimeZone zone = TimeZone::load(workspace.time_zone).value();
  Asked asked;
  asked.question.range.clear();
  asked.query.range = {parse_time("2026-03-01", zone, "").value(),
                       parse_time("2026-03-08", zone, "").value()};
  EXPECT_EQ(figure_days(asked, workspace).value()->length(), std::chrono::days(7));
  asked.query.filters = {{Dimension::link, false, {"lnk_1"}}, {Dimension::campaign, true, {"x"}}};
  EXPECT_TRUE(figure_days(asked, workspace).value());
  asked.query.filters.push_back({Dimension::country, false, {"DE"}});
  EXPECT_FALSE(figure_days(asked, workspace).value());
  asked.query.filters.clear();
  workspace.time_zone = "UTC";
  EXPECT_FALSE(figure_days(asked, workspace).value());
  asked.question.range = "all";
  asked.now = parse_time("2026-03-08T10:00", zone, "").value();
  EXPECT_EQ(format_day(figure_days(asked, workspace).value()->end), "2026-03-09");
}

}  // namespace
}  // namespace tally
