// SPDX-License-Identifier: Apache-2.0
#include "enrich/client_hints.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

AgentReader& reader() {
  static auto loaded = AgentReader::load("/usr/share/uap-core/regexes.yaml");
  if (!loaded) {
    ADD_FAILURE() << loaded.error().line() << "; install Debian's package uap-core";
    std::abort();
  }
  return *loaded;
}

struct Case {
  std::string_view os, os_version, browser;
  Platform platform;
  Device device;
  std::string_view ch_ua, mobile, hint_platform, version, model;
  std::string_view want_os_version, want_browser, want_browser_version;
  Device want_device;
};

TEST(ClientHints, KnowBetterThanAFrozenUserAgent) {
  constexpr auto kDesktop = Platform::desktop;
  constexpr auto kAndroid = Platform::android;
  const Case rows[] = {
      {"Windows", "10", "Chrome", kDesktop, Device::desktop, "", "", "\"Windows\"", "\"15.0.0\"",
       "", "11", "Chrome", "1", Device::desktop},
      {"Windows", "10", "Chrome", kDesktop, Device::desktop, "", "", "\"Windows\"", "\"10.0.0\"",
       "", "10", "Chrome", "1", Device::desktop},
      {"Windows", "10", "Chrome", kDesktop, Device::desktop, "", "", "\"Windows\"", "\"0.3.0\"", "",
       "10", "Chrome", "1", Device::desktop},
      {"macOS", "10.15", "Chrome", kDesktop, Device::desktop, "", "", "\"macOS\"", "\"14.5.0\"", "",
       "14.5", "Chrome", "1", Device::desktop},
      {"Android", "10", "Chrome", kAndroid, Device::mobile, "", "?1", "\"Android\"", "\"15.0.0\"",
       "\"Pixel 9\"", "15", "Chrome", "1", Device::mobile},
      {"Android", "10", "Chrome", kAndroid, Device::tablet, "", "?1", "\"Android\"", "", "", "10",
       "Chrome", "1", Device::mobile},
      {"Android", "10", "Chrome", kAndroid, Device::mobile, "", "?1", "\"Android\"", "",
       "\"SM-X710\"", "10", "Chrome", "1", Device::tablet},
      {"Android", "10", "Chrome", kAndroid, Device::tablet, "", "?0", "\"Android\"", "", "\"\"",
       "10", "Chrome", "1", Device::tablet},
      {"Windows", "10", "Chrome", kDesktop, Device::desktop,
       "\"Chromium\";v=\"150\", \"Brave\";v=\"150\", \"Not A\";v=\"8\"", "?0", "\"Windows\"", "",
       "", "10", "Brave", "150", Device::desktop},
      {"Windows", "10", "Chrome", kDesktop, Device::desktop,
       "\"Chromium\";v=\"150\", \"Google Chrome\";v=\"150\"", "?0", "\"Windows\"", "", "", "10",
       "Chrome", "1", Device::desktop},
      {"Windows", "10", "Firefox", kDesktop, Device::desktop, "\"Brave\";v=\"1\"", "", "", "", "",
       "10", "Firefox", "1", Device::desktop},
      // Hints of another system, and broken ones, change nothing.
      {"macOS", "10.15", "Chrome", kDesktop, Device::desktop, "", "", "\"Windows\"", "\"15.0.0\"",
       "", "10.15", "Chrome", "1", Device::desktop},
      {"Windows", "10", "Chrome", kDesktop, Device::desktop, "\"Brave\";v=\"<x>\"", "?7",
       "\"Windows\"", "\"13; DROP\"", "\"", "10", "Brave", "1", Device::desktop},
      {"Windows", "10", "Chrome", kDesktop, Device::desktop, "", "", "Windows", "99999999999999",
       "", "10", "Chrome", "1", Device::desktop},
  };
  for (const Case& row : rows) {
    HitView hit;
    hit.ch_ua = row.ch_ua;
    hit.ch_mobile = row.mobile;
    hit.ch_platform = row.hint_platform;
    hit.ch_platform_version = row.version;
    hit.ch_model = row.model;
    Click click;
    click.os = row.os;
    click.os_version = row.os_version;
    click.browser = row.browser;
    click.browser_version = "1";
    click.platform = row.platform;
    click.device = row.device;
    const std::string changes = merge_client_hints(hit, reader().rules(), click);
    EXPECT_EQ(click.os_version, row.want_os_version) << row.version;
    EXPECT_EQ(click.browser, row.want_browser) << row.ch_ua;
    EXPECT_EQ(click.browser_version, row.want_browser_version) << row.ch_ua;
    EXPECT_EQ(to_text(click.device), to_text(row.want_device)) << row.mobile << row.model;
    const bool changed = row.os_version != row.want_os_version || row.browser != row.want_browser ||
                         row.device != row.want_device;
    EXPECT_EQ(changes.empty(), !changed) << changes;
  }
}

}  // namespace
}  // namespace tally
