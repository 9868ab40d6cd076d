// SPDX-License-Identifier: Apache-2.0
#include "enrich/signals.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

constexpr std::string_view kWindows =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/150.0.0.0 Safari/537.36";
constexpr std::string_view kFirefox =
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
constexpr std::string_view kDesktopSite =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 "
    "Safari/537.36";
constexpr std::string_view kHints = R"("Chromium";v="150", "Google Chrome";v="150")";
constexpr std::string_view kOldHints = R"("Chromium";v="120", "Not?A_Brand";v="99")";
constexpr std::string_view kHeadless = R"("Chromium";v="150", "HeadlessChrome";v="150")";

TEST(Signals, AddUp) {
  const struct {
    std::string_view what, user_agent, language, hints, platform;
    bool head_before;
    std::string_view reason;  // "": a person
  } rows[] = {
      {"a browser", kWindows, "de", kHints, "\"Windows\"", false, ""},
      {"nothing but a user agent", kWindows, "", "", "", false, ""},
      {"and HEAD before", kWindows, "", "", "", true, ""},
      {"a disguised browser", kFirefox, "de", kHints, "\"Windows\"", false, ""},
      {"a disguised one that checked first", kFirefox, "de", kHints, "\"Windows\"", true, ""},
      {"one contradiction, no language", kWindows, "", kOldHints, "\"Windows\"", false, ""},
      {"a phone that asks for desktop sites", kDesktopSite, "", kOldHints, "\"Android\"", false,
       ""},
      {"two, no language", kWindows, "", kOldHints, "\"Linux\"", false,
       "signals:no_language+hints_platform+hints_version"},
      {"another engine", kFirefox, "", kHints, "\"macOS\"", false,
       "signals:no_language+hints_platform+hints_engine"},
      {"one, no language, HEAD before", kWindows, "", kOldHints, "\"Windows\"", true,
       "signals:no_language+hints_version+head_first"},
      {"headless", kWindows, "de", kHeadless, "\"Windows\"", false, "signals:hints_headless"},
      {"a system that nobody knows", kWindows, "", kOldHints, "\"Fuchsia\"", false, ""},
  };
  for (const auto& row : rows) {
    HitView hit;
    hit.user_agent = row.user_agent;
    hit.accept_language = row.language;
    hit.ch_ua = row.hints;
    hit.ch_platform = row.platform;
    EXPECT_EQ(suspicion(hit, row.head_before).value_or(""), row.reason) << row.what;
  }
}

TEST(Signals, NothingThatIsMissingIsEnough) {
  int missing = 0;
  for (const SignalRow& row : signal_rows())
    if (row.name == "no_language" || row.name == "head_first") missing += row.weight;
  EXPECT_LT(missing, kSuspectFrom);
  EXPECT_LT(suspicion({}, true).value_or("").size(), 1u);
}

}  // namespace
}  // namespace tally
