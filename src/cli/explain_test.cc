// SPDX-License-Identifier: Apache-2.0
#include "cli/explain.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <sstream>

#include "model/click.h"

namespace tally {
namespace {

namespace json = boost::json;

struct Answer {
  int exit_code;
  std::vector<json::object> lines;
};

Answer explain(const std::string& input) {
  const DataFiles files{.user_agent_rules = "/usr/share/uap-core/regexes.yaml"};
  std::istringstream in(input);
  std::ostringstream out;
  Answer answer{run_explain(in, out, files), {}};
  std::istringstream lines(out.str());
  for (std::string line; std::getline(lines, line);)
    answer.lines.push_back(json::parse(line).as_object());
  return answer;
}

std::string text(const json::object& line, std::string_view name) {
  const auto* value = line.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : "<none>";
}

TEST(Explain, AnswersEachRequestWithItsClickAndReasons) {
  const std::string chrome =
      "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36";
  const auto answer = explain(
      R"({"ip":"203.0.113.42","user_agent":"Mozilla/5.0 (Windows NT 10.0; Win64; x64) )" + chrome +
      R"(","referrer":"https://www.google.com/search?q=x",)"
      R"("url":"https://Go.Example.com:8080/promo/summer?utm_medium=organic#f",)"
      R"("headers":{"Accept-Language":"de-DE,de","Sec-CH-UA-Platform":"\"Windows\"",)"
      R"("sec-ch-ua-platform-version":"\"15.0.0\""}})"
      "\n\n"
      R"({"user_agent":"curl/8.5.0","method":"HEAD"})"
      "\n"
      R"({"headers":{"user-agent":"Mozilla/5.0 (X11; Linux x86_64) )" +
      chrome +
      R"(","Sec-Purpose":"prefetch;prerender","dnt":"1"},"url":"/x?qr=1"})"
      "\n");
  EXPECT_EQ(answer.exit_code, 0);
  ASSERT_EQ(answer.lines.size(), 3u);
  const auto& first = answer.lines[0];
  const struct {
    std::string_view name, value;
  } rows[] = {
      {"domain", "go.example.com"}, {"prefix", "promo"},
      {"token", "summer"},          {"os", "Windows"},
      {"os_version", "11"},         {"browser", "Chrome"},
      {"language", "de-DE"},        {"channel", "search"},
      {"source", "google"},         {"referrer_host", "google.com"},
      {"referrer_path", "/search"}, {"traffic", "human"},
      {"device", "desktop"},        {"platform", "desktop"},
      {"link_id", "lnk_1"},         {"country", "Unknown"},
      {"trigger", "link"},
  };
  for (const auto& row : rows) EXPECT_EQ(text(first, row.name), row.value) << row.name;
  EXPECT_FALSE(first.contains("visitor"));
  for (const ClickText& column : click_texts()) EXPECT_TRUE(first.contains(column.name));
  EXPECT_EQ(text(first.at("why").as_object(), "channel"), "source");
  EXPECT_EQ(text(answer.lines[1], "traffic"), "head");
  EXPECT_EQ(text(answer.lines[2], "traffic"), "prefetch");
  EXPECT_EQ(text(answer.lines[2], "trigger"), "qr");
}

TEST(Explain, AnswersBadLinesInTheirPlaceAndGoesOn) {
  const auto answer = explain(
      "{bad\n[1]\n{\"user_agent\":3}\n{\"ip\":\"300.1.1.1\"}\n{\"what\":\"x\"}\n"
      "{\"headers\":[]}\n{\"headers\":{\"dnt\":1}}\n{}\n");
  EXPECT_EQ(answer.exit_code, 1);
  ASSERT_EQ(answer.lines.size(), 8u);
  const std::string_view errors[] = {
      "not JSON: syntax error", "not a JSON object",  "user_agent must be a string",
      "ip is not an address",   "unknown field what", "headers must be an object",
      "dnt must be a string",
  };
  for (std::size_t i = 0; i < std::size(errors); ++i) {
    EXPECT_EQ(text(answer.lines[i], "error"), errors[i]);
    EXPECT_EQ(answer.lines[i].at("line").to_number<std::size_t>(), i + 1);
  }
  EXPECT_EQ(text(answer.lines[7], "reason"), "empty");
}

TEST(Explain, NeedsItsRules) {
  std::istringstream in("{}\n");
  std::ostringstream out;
  EXPECT_EQ(run_explain(in, out, {.user_agent_rules = "/nowhere.yaml"}), 1);
  EXPECT_EQ(out.str(), "");
}

}  // namespace
}  // namespace tally
