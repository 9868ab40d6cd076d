// SPDX-License-Identifier: Apache-2.0
#include "server/settings.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/test_folder.h"

namespace tally {
namespace {

class SettingsTest : public ::testing::Test {
 protected:
  Result<void> load(const std::string& file, Environment environment = {},
                    std::vector<std::string> overrides = {}) {
    std::ofstream(folder_.path() / "t.toml") << file;
    SettingSources sources;
    sources.file = folder_.path() / "t.toml";
    sources.environment = std::move(environment);
    sources.overrides = std::move(overrides);
    settings_ = {};
    return apply_settings(sources, settings_);
  }

  TestFolder folder_;
  Settings settings_;
};

TEST_F(SettingsTest, LaterSourcesWin) {
  ASSERT_TRUE(load("[journal]\ndurability = 'os'\nkeep = '2h'\n"));
  EXPECT_EQ(settings_.durability, Durability::os);
  EXPECT_EQ(settings_.keep_ms, 2 * kMillisPerHour);
  ASSERT_TRUE(load("journal.durability = 'os'", {{"TALLYMARK_JOURNAL_DURABILITY", "interval"}}));
  EXPECT_EQ(settings_.durability, Durability::interval);
  ASSERT_TRUE(load("journal.durability = 'os'", {{"TALLYMARK_JOURNAL_DURABILITY", "interval"}},
                   {"journal.durability=sync"}));
  EXPECT_EQ(settings_.durability, Durability::sync);
}

TEST_F(SettingsTest, ListsAreTomlListsOrCommas) {
  ASSERT_TRUE(load("http.trusted_proxies = ['10.0.0.0/8', '::1']"));
  EXPECT_EQ(settings_.trusted_proxies.size(), 2u);
  ASSERT_TRUE(load("", {}, {"http.trusted_proxies=10.0.0.0/8, 127.0.0.1"}));
  EXPECT_EQ(settings_.trusted_proxies.size(), 2u);
}

TEST_F(SettingsTest, FaultsAreNamedInOneLine) {
  struct Row {
    const char* file;
    std::vector<std::string> overrides;
    const char* named;
  };
  const Row rows[] = {
      {"speed = 'ludicrous'", {}, "speed"},
      {"journal.durability = 'maybe'", {}, "sync, interval, os"},
      {"http.trusted_proxies = ['10.0.0/8']", {}, "10.0.0/8"},
      {"journal = [", {}, "line 1"},
      {"", {"journal.keep=soon"}, "soon"},
      {"", {"journal.keep"}, "key=value"},
      {"", {"journal.max_bytes=0"}, "less than 16 MiB"},
      {"", {"journal.max_bytes=1MiB"}, "less than 16 MiB"},
      {"", {"journal.max_bytes=-1"}, "size like"},
      {"", {"journal.max_bytes=10GB"}, "size like"},
      {"", {"no.such=1"}, "no.such"},
      {"", {"links.base_url=javascript:alert(1)"}, "https://"},
      {"", {"clicks.url=localhost:8123"}, "http://"},
      {"", {"links.url=mysql://x"}, "sqlite:"},
      {"", {"links.app_schemes=myapp,javascript"}, "javascript"},
      {"", {"links.root_redirect=/home"}, "https://"},
      {"", {"links.not_found_redirect=data:,x"}, "https://"},
  };
  for (const Row& row : rows) {
    const auto done = load(row.file, {}, row.overrides);
    ASSERT_FALSE(done) << row.named;
    EXPECT_NE(done.error().line().find(row.named), std::string::npos) << done.error().line();
    EXPECT_EQ(done.error().line().find('\n'), std::string::npos);
  }
}

TEST_F(SettingsTest, SizesAreBytesOrHaveAUnit) {
  struct Row {
    const char* text;
    std::uint64_t bytes;
  };
  for (const Row& row : {Row{"16777216", 16 << 20}, Row{"16384KiB", 16 << 20},
                         Row{"20MiB", 20 << 20}, Row{"2TiB", 2ULL << 40}}) {
    ASSERT_TRUE(load("", {}, {std::string("journal.max_bytes=") + row.text})) << row.text;
    EXPECT_EQ(settings_.journal_max_bytes, row.bytes);
  }
  ASSERT_TRUE(load("[journal]\nmax_bytes = 1073741824\n"));
  EXPECT_EQ(settings_.journal_max_bytes, 1ULL << 30);
}

TEST_F(SettingsTest, AVariableThatLooksLikeASettingMustBeOne) {
  EXPECT_FALSE(load("", {{"TALLYMARK_PRIVACY_IPP", "full"}}));
  EXPECT_TRUE(load("", {{"TALLYMARK_TOKEN", "x"}, {"PATH", "/bin"}}));
}

TEST(ListenAddress, ParsesAndRefuses) {
  EXPECT_EQ(ListenAddress::parse("127.0.0.1:80")->port, 80);
  EXPECT_EQ(ListenAddress::parse("[::1]:0")->address, "::1");
  EXPECT_EQ(ListenAddress::parse("localhost:0")->address, "127.0.0.1");
  for (const char* bad : {"", "80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:99999", "a:b"})
    EXPECT_FALSE(ListenAddress::parse(bad)) << bad;
}

}  // namespace
}  // namespace tally
