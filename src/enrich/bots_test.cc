// SPDX-License-Identifier: Apache-2.0
//
// Families of user agents by invented members: what a rule does to strangers of the same shape.
// Real ones are judged by tests/system/corpora.test.mjs.
#include "enrich/bots.h"

#include <gtest/gtest.h>

#include <span>
#include <string>

#include "base/check.h"
#include "enrich/tables.h"

namespace tally {
namespace {

const BotRules& rules() {
  static const auto loaded = BotRules::load(RuleTables());
  CHECK(loaded.has_value());
  return *loaded;
}

const std::string kWindows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)";
const std::string kMac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)";
const std::string kWebKit = " AppleWebKit/537.36 (KHTML, like Gecko)";
const std::string kChrome = kWebKit + " Chrome/150.0.0.0 Safari/537.36";
const std::string kChromePhone = kWebKit + " Chrome/150.0.0.0 Mobile Safari/537.36";

std::string android(const std::string& model) {
  return "Mozilla/5.0 (Linux; Android 15; " + model + ")" + kChromePhone;
}

struct Row {
  std::string user_agent;
  Traffic traffic;
};

void check(std::span<const Row> rows) {
  for (const Row& row : rows) {
    const BotVerdict verdict = rules().classify(row.user_agent);
    EXPECT_EQ(to_text(verdict.traffic), to_text(row.traffic))
        << row.user_agent << " by " << verdict.reason;
    EXPECT_FALSE(verdict.reason.empty());
  }
}

TEST(BotRules, KnowAiClientsByNameAndByShape) {
  const Traffic ai = Traffic::ai;
  const Row rows[] = {
      {"Mozilla/5.0 (compatible; GPTBot/4.0)", ai},
      {"Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; OAI-SearchBot/2.0", ai},
      {kMac + kChrome + "; compatible; ChatGPT-User/2.0", ai},
      {"Mozilla/5.0 (compatible; ClaudeBot/2.0)", ai},
      {"Claude-User/1.0", ai},
      {"Mozilla/5.0 (compatible; Claude-SearchBot/1.0)", ai},
      {"PerplexityBot", ai},
      {"Perplexity-User/2.0", ai},
      {"Google-Extended", ai},
      {"Gemini-User/1.0", ai},
      {"Bytespider", ai},
      {"Meta-ExternalAgent/2.0", ai},
      {"Applebot-Extended/0.1", ai},
      {"DuckAssistBot/2.0", ai},
      {"MistralAI-User/2.0", ai},
      {"cohere-ai", ai},
      {"GrokBot/1.0", ai},
      {"xAI-SearchBot/1.0", ai},
      {kWindows + kChrome + " (compatible; Examplia-User/1.2)", ai},
      {"ExampliaAI-SearchBot/0.1", ai},
      {"Examplia (ai-crawler)", ai},
      {"examplia-llm_fetcher/3", ai},
      {"Mozilla/5.0 (compatible; meta-externalfetcher/2.0)", Traffic::preview},
      {"Mozilla/5.0 (compatible; Applebot/0.1)", Traffic::crawler},
  };
  check(rows);
}

TEST(BotRules, KnowStrangersByTheirWords) {
  const Row rows[] = {
      {"Examplebot/1.0", Traffic::crawler},
      {kWindows + kChrome + " examplebot", Traffic::crawler},
      {"Mozilla/5.0 (compatible; Example-Crawler/2.1)", Traffic::crawler},
      {"exampleSpider", Traffic::crawler},
      {"Example Image Fetcher", Traffic::crawler},
      {"Example-Scanner/7", Traffic::crawler},
      {"example security scan", Traffic::crawler},
      {kMac + kChrome + " ExampleLinkChecker/1", Traffic::crawler},
      {"Example SiteAudit 3", Traffic::crawler},
      {"Example-Uptime/3.0", Traffic::monitor},
      {"Example Website Monitoring", Traffic::monitor},
      {kWindows + kChrome + " ExampleSynthetics/2", Traffic::monitor},
      {"ExampleStatusChecker/1.0", Traffic::monitor},
      {"Example-LinkPreview/1.0", Traffic::preview},
      {"ExampleChat Unfurler", Traffic::preview},
      {"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
       "ExampleHeadless/1.0 Safari/537.36",
       Traffic::library},
      {"example-http-client/0.3", Traffic::library},
      {"pythonexample/3.12", Traffic::library},
      {"ExampleApp Java/21.0.1", Traffic::library},
      {"example/1.4 ruby/3.3", Traffic::library},
      {"example-okhttp/4", Traffic::library},
      {"Example RSS Reader", Traffic::crawler},
      {"Mozilla/5.0 (compatible; nikto-example)", Traffic::crawler},
      {kWindows + kChrome + " (Proofpoint URL Defense)", Traffic::crawler},
      {kWindows + " Example (+https://example.com/about)", Traffic::crawler},
      {"Example (someone@example.org)", Traffic::crawler},
      {"example.com", Traffic::crawler},
  };
  check(rows);
}

TEST(BotRules, KnowStrangersByTheirShape) {
  const Row rows[] = {
      {"", Traffic::library},
      {" \t", Traffic::library},
      {"Example", Traffic::library},
      {"7", Traffic::library},
      {"1.0", Traffic::library},
      {"example/1.0", Traffic::library},
      {"-", Traffic::library},
      {"Mozilla/5.0 (compatible)", Traffic::crawler},
      {"Mozilla/5.0 (compatible; Example/1.0)", Traffic::crawler},
      {"Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0", Traffic::crawler},
      {"Mozilla/5.0 (Java) example", Traffic::crawler},
      {kMac + kWebKit + " EXM Chrome/140.0.0.0 Safari/537.36", Traffic::crawler},
      {"Example_Daily/1.0 " + kMac + kChrome, Traffic::crawler},
      {"Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1) Example", Traffic::crawler},
      {kWindows + kWebKit + " Chrome/W.X.Y.Z Safari/537.36", Traffic::crawler},
      {kWindows + kWebKit + " Chrome/{version} Safari/537.36", Traffic::crawler},
      {kMac + " Word/16.90", Traffic::preview},
      {"Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17328; Pro)",
       Traffic::preview},
      {"Microsoft Office Excel 2014", Traffic::preview},
  };
  check(rows);
}

TEST(BotRules, LeavePeopleAlone) {
  const Traffic human = Traffic::human;
  const Row rows[] = {
      {kWindows + kChrome, human},
      {kWindows + kChrome + " Edg/150.0.0.0", human},
      {kWindows + kChrome + " OPR/130.0.0.0", human},
      {kWindows + kChrome + " Norton/150.0.0.0", human},
      {kMac + " AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15", human},
      {"Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", human},
      {"Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko", human},
      {"Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1) Opera 7.54 [en]", human},
      {"Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0; SLCC2)", human},
      {"Mozilla/5.0 (Linux; U; en-US) AppleWebKit/528.5+ (KHTML, like Gecko, Safari/528.5+) "
       "Version/4.0 Kindle/3.0 (screen 600x800; rotate)",
       human},
      {"Mozilla/5.0 (compatible; Konqueror/4.5; Linux) KHTML/4.5.4 (like Gecko)", human},
      // A phone may be called anything.
      {android("CUBOT NOTE 50"), human},
      {android("CUBOT_X18_Plus Build/NRD90M"), human},
      {android("EXAMPLE Scan 5"), human},
      {android("Example Mirror 3"), human},
      {android("Spider X2 Build/AB1.230101.001"), human},
      {android("Baby Monitor 7"), human},
      {android("IM-A850 Build/EXAMPLE.COM ROM V1.0"), human},
      {android("HTC Ruby Build/GRK39F"), human},
      {android("Verifone T650p"), human},
      {"Mozilla/5.0 (Linux; Android 9; Check-in Terminal)" + kWebKit +
           " Version/4.0 Chrome/99.0.4844.88 Mobile Safari/537.36",
       human},
      // But not when somebody else is named behind it.
      {android("Spider X2") + " (compatible; Example/1.0)", Traffic::crawler},
      {"SonyEricssonW580i/R4EA Java/SEMC-Java/2.0 Profile/MIDP-2.0 Configuration/CLDC-1.1", human},
      {"MOT-A-86/00.00 UP.Browser/4.1.27a1 UP.Link/4.2.3.5h (Google WAP Proxy/1.0)", human},
      {"SAMSUNG-SGH-E250/1.0 Profile/MIDP-2.0 Configuration/CLDC-1.1 UP.Browser/6.2", human},
      {"LG-KP500", human},
      {"SAMSUNG-SGH-A117", human},
      {"HTC_Touch2_T3333", human},
      {"HbbTV/1.2.1 (;Panasonic;VIERA 2013;3.672;4101-0003 0002-0000;)", human},
      {"Mozilla/5.0 (Linux mipsel; U; HbbTV/1.1.1 (; EXAMPLE; DTV; 7.0; a5; ) ; "
       "ExampleTP/1.3.0 (+DRM+NATIVELAUNCH+OFFLINEAPP) ; de) AppleWebKit/534.1 (KHTML, like Gecko)",
       human},
      {"Mozilla/5.0 (iPad; U; CPU OS 7_0 like Mac OS X; de-DE) WIRED/3.2.3.11.87970", human},
  };
  check(rows);
}

TEST(BotRules, RefuseABrokenTable) {
  const auto refusal = [](std::string text) {
    RuleTables tables;
    EXPECT_TRUE(tables.add("bots_ai", "bots_ai.txt", std::move(text)));
    return BotRules::load(tables).error().message;
  };
  EXPECT_EQ(refusal("robot name x"), "bots_ai.txt:1: no traffic class: robot");
  EXPECT_EQ(refusal("crawler name"), "bots_ai.txt:1: 2 fields where 3 are needed");
  EXPECT_EQ(refusal("crawler ok x\n\n# and\ncrawler name ("), "bots_ai.txt:4: missing ): (");
}

}  // namespace
}  // namespace tally
