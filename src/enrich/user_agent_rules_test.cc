// SPDX-License-Identifier: Apache-2.0
//
// uap-core judges our reading of its rules: Debian's package brings rules and 31,105 test cases of
// the same version. Under sanitizers every 16th case runs, to stay within the time of a unit test.
#include "enrich/user_agent_rules.h"

#include <gtest/gtest.h>

#include "enrich/agent_test_corpora.h"

namespace tally {
namespace {

constexpr std::size_t kAllCases = 31'105;

// One test case as a line, so that a difference reads well.
std::string join(std::initializer_list<std::string> parts) {
  std::string out;
  for (const auto& part : parts) out += part + " | ";
  return out;
}

std::string expected(const YamlRow& row, std::string_view file) {
  if (file.ends_with("device.yaml"))
    return join({field_of(row, "family"), field_of(row, "brand"), field_of(row, "model")});
  if (file.ends_with("os.yaml") || file.ends_with("os_tests.yaml")) {
    return join({field_of(row, "family"), field_of(row, "major"), field_of(row, "minor"),
                 field_of(row, "patch"), field_of(row, "patch_minor")});
  }
  return join({field_of(row, "family"), field_of(row, "major"), field_of(row, "minor"),
               field_of(row, "patch")});
}

std::string actual(UserAgentRules& rules, std::string_view user_agent, std::string_view file) {
  if (file.ends_with("device.yaml")) {
    const auto d = rules.device(user_agent);
    return join({d.family, d.brand, d.model});
  }
  if (file.ends_with("os.yaml") || file.ends_with("os_tests.yaml")) {
    const auto s = rules.system(user_agent);
    return join({s.family, s.major, s.minor, s.patch, s.patch_minor});
  }
  const auto b = rules.browser(user_agent);
  return join({b.family, b.major, b.minor, b.patch});
}

TEST(UserAgentRules, AnswerEveryTestCaseOfUapCore) {
  auto rules = UserAgentRules::load(kUapCore / "regexes.yaml");
  ASSERT_TRUE(rules) << rules.error().line() << "; install Debian's package uap-core";
  std::size_t total = 0;
  for (const std::string_view file : kUapCoreCases) {
    const auto rows = uap_core_cases(file);
    total += rows.size();
    for (std::size_t i = 0; i < rows.size(); i += kStep) {
      const std::string user_agent = field_of(rows[i], "user_agent_string");
      EXPECT_EQ(actual(*rules, user_agent, file), expected(rows[i], file))
          << file << ": " << user_agent;
    }
  }
  EXPECT_EQ(total, kAllCases);
  std::cout << total / kStep << " of " << total << " cases" << (kStep > 1 ? " (sampled)" : "")
            << '\n';
}

TEST(UserAgentRules, OneAutomatonAgreesWithTryingEachRule) {
  auto rules = UserAgentRules::load(kUapCore / "regexes.yaml");
  ASSERT_TRUE(rules) << rules.error().line() << "; install Debian's package uap-core";
  const auto rows = uap_core_cases("tests/test_ua.yaml");
  ASSERT_GT(rows.size(), 500u);
  for (std::size_t i = 0; i < rows.size(); i += rows.size() / (400 / kStep)) {
    const std::string user_agent = field_of(rows[i], "user_agent_string");
    for (RuleSet* set : rules->sets())
      EXPECT_EQ(set->first_match(user_agent), set->first_match_by_trying(user_agent)) << user_agent;
  }
}

TEST(UserAgentRules, FillsReplacementsAsSpecified) {
  auto rules = UserAgentRules::parse(R"(
user_agent_parsers:
  - regex: '(Mine)field/(\d+)\.(\d*)'
    family_replacement: ' Firefox ($1) '
    v3_replacement: 'x$2'
  - regex: '(Never)|Second'
os_parsers:
  - regex: 'Win(95|98)'
    os_replacement: 'Windows $1'
device_parsers:
  - regex: 'htc[_ ](\w+)'
    regex_flag: 'i'
    brand_replacement: 'HTC'
)");
  ASSERT_TRUE(rules) << rules.error().line();
  const auto browser = rules->browser("Minefield/4.");
  EXPECT_EQ(browser.family, "Firefox (Mine)");
  EXPECT_EQ(browser.major, "4");
  EXPECT_EQ(browser.minor, "");
  EXPECT_EQ(browser.patch, "x4");
  EXPECT_EQ(rules->browser("Second").family, "");
  EXPECT_EQ(rules->browser("none").family, "Other");
  EXPECT_EQ(rules->system("Win98").family, "Windows 98");
  const auto device = rules->device("HTC_One");
  EXPECT_EQ(device.family, "One");
  EXPECT_EQ(device.model, "One");
  EXPECT_EQ(device.brand, "HTC");
}

TEST(UserAgentRules, RefuseBrokenFilesWithTheirPlace) {
  const struct {
    std::string_view yaml, message;
  } rows[] = {
      {"user_agent_parsers:\n  - regex: '('\nos_parsers: []\ndevice_parsers: []\n",
       "user_agent_parsers: rule 0: missing ): ("},
      {"user_agent_parsers:\n  - family_replacement: x\n",
       "user_agent_parsers: rule 0 has no regex"},
      {"os_parsers: []\n", "there is no list user_agent_parsers"},
      {"user_agent_parsers: 7\n", "line 1: expected a list"},
      {"- 1\n", "line 1: expected a map of lists"},
      {"user_agent_parsers:\n  - regex: 'x\n", "line 3: found unexpected end of stream"},
  };
  for (const auto& row : rows) {
    const auto rules = UserAgentRules::parse(row.yaml);
    ASSERT_FALSE(rules) << row.yaml;
    EXPECT_EQ(rules.error().message, row.message);
  }
  const auto missing = UserAgentRules::load("/nowhere/regexes.yaml");
  ASSERT_FALSE(missing);
  EXPECT_NE(missing.error().message.find("/nowhere/regexes.yaml"), std::string::npos);
}

}  // namespace
}  // namespace tally
