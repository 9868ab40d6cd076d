// SPDX-License-Identifier: Apache-2.0
#include "enrich/tables.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/test_folder.h"
#include "enrich/agent_reader.h"
#include "enrich/referrer.h"

namespace tally {
namespace {

constexpr const char* kRules = "/usr/share/uap-core/regexes.yaml";

class OperatorTables : public testing::Test {
 protected:
  void write(const std::string& name, std::string_view text) {
    std::ofstream(folder_.path() / name, std::ios::binary) << text;
  }
  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }

  // What is wrong with the folder, as the one who loads it is told.
  std::string refusal() {
    const auto tables = RuleTables::load(folder_.path());
    if (!tables) return tables.error().line();
    const auto agents = AgentRules::load(kRules, **tables);
    if (!agents) return agents.error().line();
    const auto sites = Sites::load(*tables);
    return sites ? "" : sites.error().line();
  }

  TestFolder folder_;
};

TEST_F(OperatorTables, StandBeforeOurs) {
  write("referrers.txt",
        "# ours\r\n\r\n"
        "social\tour_forum\tforum.example \tgoogle.*\r\n");
  write("redirectors.txt", "out.forum.example forum.example\n");
  write("sources.txt", "our_forum of fb");
  write("in_app.txt", "Our_App OurApp/([0-9]+)\n");
  write("bots_generic.txt", "human our_robot ^Slackbot\n");
  write("devices.txt", "tv iPhone\n");
  const auto tables = RuleTables::load(folder_.path());
  ASSERT_TRUE(tables) << tables.error().line();
  EXPECT_TRUE((*tables)->strangers().empty());

  const auto sites = Sites::load(*tables);
  ASSERT_TRUE(sites) << sites.error().line();
  EXPECT_EQ((*sites)->find("a.forum.example").name, "our_forum");
  EXPECT_EQ((*sites)->find("google.de").name, "our_forum");
  EXPECT_EQ((*sites)->find("bing.com").name, "bing");
  EXPECT_EQ((*sites)->unmask("out.forum.example", "/"), "forum.example");
  EXPECT_EQ((*sites)->source_name("FB"), "our_forum");

  const auto agents = AgentRules::load(kRules, **tables);
  ASSERT_TRUE(agents) << agents.error().line();
  const AgentFacts app = (*agents)->read("Mozilla/5.0 (iPhone) OurApp/7");
  EXPECT_EQ(app.browser, "Our App");
  EXPECT_EQ(app.browser_version, "7");
  EXPECT_EQ(app.device, Device::tv);
  const AgentFacts robot = (*agents)->read("Slackbot 1.0 (+https://api.slack.com/robots)");
  EXPECT_EQ(robot.traffic, Traffic::human) << "although previews come before what is generic";
  EXPECT_EQ(robot.reason, "our_robot");
}

TEST_F(OperatorTables, AreRefusedWithFileAndLine) {
  const struct {
    std::string_view name, text, line_and_problem;
  } rows[] = {
      {"referrers.txt", "social a a.example\nsocail b b.example", ":2: no class of sites: socail"},
      {"referrers.txt", "\n\nsocial a", ":3: 2 fields where 3 are needed"},
      {"referrers.txt", "social a A.example", ":1: hosts are written in lower case"},
      {"referrers.txt", "none a a.example", ":1: no class of sites: none"},
      {"referrers.txt", "social A a.example", ":1: not a name in lower case: A"},
      {"referrers.txt", "social a\x01 a.example", ":1: not a name in lower case: a\x01"},
      {"referrers.txt", "social a a.example,b.example",
       ":1: not a host as it is stored: "
       "a.example,b.example"},
      {"referrers.txt", "social a www.a.example", ":1: not a host as it is stored: www.a.example"},
      {"referrers.txt", "social a a.example.", ":1: not a host as it is stored: a.example."},
      {"referrers.txt", "social a https://a.example/",
       ":1: not a host as it is stored: https://a.example/"},
      {"referrers.txt", "social a *.a.example", ":1: not a host as it is stored: *.a.example"},
      {"referrers.txt", "social a .*", ":1: not a host as it is stored: "},
      {"referrers.txt", "social a app:com.Example", ":1: hosts are written in lower case"},
      {"redirectors.txt", "out.a.example https://a.example",
       ":1: not a host as it is stored: https://a.example"},
      {"redirectors.txt", "/out a.example", ":1: not a host as it is stored: "},
      {"sources.txt", "Forum f", ":1: not a name in lower case: Forum"},
      {"sources.txt", "forum F", ":1: spellings are written in lower case"},
      {"redirectors.txt", "a.example", ":1: 1 fields where 2 are needed"},
      {"sources.txt", "ok fine\nalone", ":2: 1 fields where 2 are needed"},
      {"in_app.txt", "App (unclosed", ":1: missing ): (unclosed"},
      {"devices.txt", "# x\nfridge x", ":2: no device type: fridge"},
      {"bots_ai.txt", "robot name x", ":1: no traffic class: robot"},
      {"bots_preview.txt", "preview a [", ":1: missing ]: ["},
      {"sources.txt", "a b\nc \xff", ":2: not UTF-8 text"},
      {"sources.txt", std::string_view("a b\0", 4), ":1: not UTF-8 text"},
  };
  for (const auto& row : rows) {
    const std::string name(row.name);
    write(name, row.text);
    EXPECT_EQ(refusal(), path(name) + std::string(row.line_and_problem));
    std::filesystem::remove(folder_.path() / name);
  }
  EXPECT_EQ(refusal(), "");
  write("devices.txt", std::string((1 << 20) + 1, '#'));
  EXPECT_EQ(refusal(), path("devices.txt") + ": more than 1048576 bytes");
  std::filesystem::remove(folder_.path() / "devices.txt");
  std::filesystem::create_directory(folder_.path() / "devices.txt");
  EXPECT_NE(refusal(), "");
}

TEST_F(OperatorTables, ThatAreNamedForNoTableAreReported) {
  write("referer.txt", "social a a.example");
  write("referrers.txt~", "");
  write(".referrers.txt.swp", "an editor's, hidden");
  const auto tables = RuleTables::load(folder_.path());
  ASSERT_TRUE(tables);
  EXPECT_EQ((*tables)->strangers(),
            (std::vector<std::string>{path("referer.txt"), path("referrers.txt~")}));
}

TEST_F(OperatorTables, NeedNotBeThere) {
  for (const auto& folder : {std::filesystem::path(), folder_.path() / "nowhere"}) {
    const auto tables = RuleTables::load(folder);
    ASSERT_TRUE(tables);
    EXPECT_TRUE(Sites::load(*tables));
  }
}

}  // namespace
}  // namespace tally
