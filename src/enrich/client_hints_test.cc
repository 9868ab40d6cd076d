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
  std::string_view form_factors = "";
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
       "8.1", "Chrome", "1", Device::desktop},
      {"Windows", "10", "Chrome", kDesktop, Device::desktop, "", "", "\"Windows\"", "\"0.2.0\"", "",
       "8", "Chrome", "1", Device::desktop},
      {"Windows", "10", "Chrome", kDesktop, Device::desktop, "", "", "\"Windows\"", "\"0.1.0\"", "",
       "7", "Chrome", "1", Device::desktop},
      {"Windows", "10", "Chrome", kDesktop, Device::desktop, "", "", "\"Windows\"", "\"0\"", "",
       "10", "Chrome", "1", Device::desktop},
      {"Windows", "10", "Chrome", kDesktop, Device::desktop, "", "", "\"Windows\"", "\"13.0.0\"",
       "", "11", "Chrome", "1", Device::desktop},
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
      // Grease has every shape, escapes too; the known brand counts, then the first other one.
      {"Windows", "10", "Chrome", kDesktop, Device::desktop,
       R"("\\Not\"A;Brand";v="99", "Chromium";v="140.0.7339.80", "Vivaldi";v="7.6.3797.52")", "?0",
       "", "", "", "10", "Vivaldi", "7.6", Device::desktop},
      {"Windows", "10", "Chrome", kDesktop, Device::desktop,
       R"("Chromium";v="130", "YaBrowser";v="24.12", "Not?A_Brand";v="99", "Yowser";v="2.5")", "?0",
       "", "", "", "10", "Yandex Browser", "24.12", Device::desktop},
      {"Windows", "10", "Chrome", kDesktop, Device::desktop,
       R"("Whale";v="4", "Not-A.Brand";v="8", "Chromium";v="138")", "?0", "", "", "", "10", "Whale",
       "4", Device::desktop},
      {"Windows", "10", "Chrome", kDesktop, Device::desktop, R"("<b>x</b>";v="4", "Chromium)", "?0",
       "", "", "", "10", "Chrome", "1", Device::desktop},
      {"Android", "10", "Chrome", kAndroid, Device::tablet, "", "?0", "", "", "\"AFTKA\"", "10",
       "Chrome", "1", Device::tv},
      {"Android", "10", "Chrome", kAndroid, Device::mobile, "", "?1", "", "", "", "10", "Chrome",
       "1", Device::wearable, "\"Mobile\", \"XR\""},
      {"Android", "10", "Chrome", kAndroid, Device::mobile, "", "?1", "", "", "", "10", "Chrome",
       "1", Device::tablet, "\"EInk\""},
      {"Android", "10", "Chrome", kAndroid, Device::tablet, "", "?0", "", "", "", "10", "Chrome",
       "1", Device::other, "\"Automotive\""},
      {"Android", "10", "Chrome", kAndroid, Device::tv, "", "?0", "", "", "", "10", "Chrome", "1",
       Device::tv, "\"Desktop\""},
      {"Windows", "10", "Chrome", kDesktop, Device::desktop, "", "?0", "", "", "", "10", "Chrome",
       "1", Device::desktop, "\"Desktop\", \"Tablet\""},
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
    hit.ch_form_factors = row.form_factors;
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
