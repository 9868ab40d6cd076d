// SPDX-License-Identifier: Apache-2.0
#include "enrich/agent_reader.h"

#include <gtest/gtest.h>

#include <string>

#include "base/text.h"

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

std::string iphone(std::string_view rest, std::string_view os = "18_7") {
  return "Mozilla/5.0 (iPhone; CPU iPhone OS " + std::string(os) +
         " like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) " + std::string(rest);
}
std::string android(std::string_view rest, std::string_view model = "Pixel 9") {
  return "Mozilla/5.0 (Linux; Android 15; " + std::string(model) +
         ") AppleWebKit/537.36 (KHTML, like Gecko) " + std::string(rest);
}
std::string windows(std::string_view rest) {
  return "Mozilla/5.0 (Windows NT 10.0; Win64; x64) " + std::string(rest);
}
const std::string kChromePhone = "Chrome/150.0.0.0 Mobile Safari/537.36";
const std::string kWebView = "Version/4.0 Chrome/150.0.7540.20 Mobile Safari/537.36";

TEST(AgentReader, NamesInAppBrowsers) {
  const struct {
    std::string user_agent;
    std::string_view name, version;
  } rows[] = {
      {android(kWebView + " Barcelona 448.0.0.54.85 Android (36/16; 540dpi; 1080x2340)", "X; wv"),
       "Threads", "448"},
      {iphone("Mobile/22G86 Instagram 378.1.1 (iPhone15,3; iOS 18_7)"), "Instagram", "378"},
      {android(kWebView + " Instagram 406.0.0.58.159 Android (35/15)", "X; wv"), "Instagram",
       "406"},
      {iphone("Mobile/15E148 [FBAN/MessengerForiOS;FBAV/16.2.0.11.26;FBDV/iPad2,1]"), "Messenger",
       "Unknown"},
      {android(kWebView + " [FB_IAB/Orca-Android;FBAV/400.0]", "X; wv"), "Messenger", "Unknown"},
      {iphone("Mobile/15E148 [FBAN/FBIOS;FBAV/500.0.0.50;FBBV/1]"), "Facebook", "500"},
      {android(kWebView + " [FB_IAB/FB4A;FBAV/480.0.0.1;]", "X; wv"), "Facebook", "480"},
      {android(kWebView + " MetaIAB Facebook", "X; wv"), "Facebook", "Unknown"},
      {android(kWebView + " [FB_IAB/WA4A;FBAV/2.25]", "X; wv"), "WhatsApp", "Unknown"},
      {iphone("Mobile/15E148 [WAiOS/25.1]"), "WhatsApp", "Unknown"},
      {iphone("Mobile/15E148 musical_ly_38.1.0 BytedanceWebview/d8a21c6"), "TikTok", "38"},
      {android(kWebView + " trill_2023500030 BytedanceWebview/d8a21c6", "X; wv"), "TikTok",
       "2023500030"},
      {iphone("Mobile/15E148 Twitter for iPhone/10.40"), "X", "10"},
      {android(kWebView + " TwitterAndroid", "X; wv"), "X", "Unknown"},
      {iphone("Mobile/15E148 [LinkedInApp]/9.30.1"), "LinkedIn", "9"},
      {android(kWebView + " [LinkedInApp]/4.1.9", "X; wv"), "LinkedIn", "4"},
      {iphone("Version/26.6 Mobile/15E148 Snapchat/14.25.0.48 (like Safari/8624.5, panda)"),
       "Snapchat", "14"},
      {iphone("Mobile/15E148 MicroMessenger/8.0.50(0x1800) NetType/WIFI"), "WeChat", "8"},
      {iphone("Mobile/15E148 Safari Line/14.19.1"), "Line", "14"},
      {android(kWebView + " Line/14.1.0/IAB", "X; wv"), "Line", "14"},
      {android(kWebView + " [Pinterest/Android]", "X; wv"), "Pinterest", "Unknown"},
      {iphone("Mobile/15E148 [Pinterest/iOS]"), "Pinterest", "Unknown"},
      {android(kWebView + " Telegram-Android/11.4.2 (Google Pixel 9; Android 15)", "X; wv"),
       "Telegram", "11"},
      {iphone("Mobile/15E148 KAKAOTALK 10.9.1"), "KakaoTalk", "10"},
      {iphone("GSA/436.4.969 Mobile/15E148 Safari/604.1"), "Google app", "436"},
      {iphone("Mobile/15E148 Reddit/Version 2025.10"), "Reddit", "2025"},
      {iphone("Mobile/15E148 AlipayClient/10.5"), "Alipay", "10"},
      {android(kWebView, "X; wv"), "Android WebView", "Unknown"},
      {iphone("Mobile/15E148"), "iOS WebView", "Unknown"},
  };
  for (const auto& row : rows) {
    const AgentFacts facts = reader().read_cold(row.user_agent);
    EXPECT_TRUE(facts.in_app) << row.user_agent;
    EXPECT_EQ(facts.browser, row.name) << row.user_agent;
    EXPECT_EQ(facts.browser_version, row.version) << row.user_agent;
    EXPECT_EQ(facts.traffic, Traffic::human) << row.user_agent;
    EXPECT_EQ(facts.reason, "in_app") << row.user_agent;
  }
}

TEST(AgentReader, TellsTheSystemBehindAFrozenNumber) {
  const struct {
    std::string user_agent;
    std::string_view version;
  } rows[] = {
      {iphone("Version/26.6.1 Mobile/15E148 Snapchat/14.25.0.48 (like Safari/8624.5, panda)"),
       "26.6"},
      {iphone("Version/26.5.2 Mobile/15E148 Safari/604.1 [LinkedInApp]/9.51.6066"), "26.5"},
      {iphone("Mobile/15E148 [FBAN/FBIOS;FBAV/530.0;FBDV/iPhone17,1;FBSN/iOS;FBSV/26.0.1]"), "26"},
      {iphone("Mobile/23A341 Instagram 400.0 (iPhone17,1; iOS 26_1; en_US; scale=3.00)"), "26.1"},
      {iphone("Mobile/23A341 Reddit/Version 2025.40"), "26"},
      // Not frozen, or nothing that tells more.
      {iphone("Mobile/15E148 [FBAN/FBIOS;FBSV/18.6.2]"), "18.7"},
      {iphone("Mobile/15E148 MicroMessenger/8.0.50", "26_0_1"), "26"},
      {iphone("CriOS/143.0.7499.92 Mobile/15E148 Safari/604.1"), "18.7"},
      {iphone("Mobile/22G86 Instagram 378.1 (iPhone15,3; iOS 18_6)"), "18.7"},
  };
  for (const auto& row : rows)
    EXPECT_EQ(reader().read_cold(row.user_agent).os_version, row.version) << row.user_agent;
}

TEST(AgentReader, LeavesRobotsThatNameAnAppToTheBotRules) {
  for (const std::string_view user_agent :
       {"WhatsApp/2.23.20.0 A", "Snapchat/10.0 (iPhone)",
        "Pinterest/0.2 (+http://www.pinterest.com/)",
        "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
        "TelegramBot (like TwitterBot)", "Mozilla/5.0 (compatible; Pinterestbot/1.0)",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 7_0 like Mac OS X) AppleWebKit/537.51.1 (KHTML, like "
        "Gecko) Mobile/11A465 Twitter for iPhone BrandVerity/1.0 (http://www.brandverity.com/)",
        "Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Mobile "
        "Safari/537.36 (compatible; Bytespider; TikTok 35.0)",
        "Mozilla/5.0 (Linux; Android 13; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
        "Chrome/120.0.0.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/400.0] facebookexternalhit/1.1"}) {
    const AgentFacts facts = reader().read_cold(user_agent);
    EXPECT_FALSE(facts.in_app) << user_agent;
    EXPECT_TRUE(is_bot(facts.traffic)) << user_agent;
  }
}

TEST(AgentReader, TellsBrowserSystemAndDevice) {
  const struct {
    std::string user_agent;
    std::string_view browser, browser_version, os, os_version;
    Platform platform;
    Device device;
  } rows[] = {
      {windows("AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36"), "Chrome",
       "150", "Windows", "10", Platform::desktop, Device::desktop},
      {windows(
           "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36 Edg/150.0.0.0"),
       "Edge", "150", "Windows", "10", Platform::desktop, Device::desktop},
      {"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
       "Firefox", "140", "Windows", "10", Platform::desktop, Device::desktop},
      {"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
       "Version/17.5 Safari/605.1.15",
       "Safari", "17.5", "macOS", "10.15", Platform::desktop, Device::desktop},
      {"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) "
       "Chrome/150.0.0.0 Safari/537.36",
       "Chrome", "150", "Chrome OS", "14541", Platform::desktop, Device::desktop},
      {"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 "
       "Safari/537.36",
       "Chrome", "150", "Linux", "Unknown", Platform::desktop, Device::desktop},
      {iphone("Version/17.4 Mobile/15E148 Safari/604.1", "17_4_1"), "Safari", "17.4", "iOS", "17.4",
       Platform::ios, Device::mobile},
      // Frozen since iOS 26: Safari's version tells the system's.
      {iphone("Version/26.1 Mobile/15E148 Safari/604.1", "18_6"), "Safari", "26.1", "iOS", "26.1",
       Platform::ios, Device::mobile},
      {"Mozilla/5.0 (iPad; CPU OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
       "Version/27.0 Mobile/15E148 Safari/604.1",
       "Safari", "27", "iOS", "27", Platform::ios, Device::tablet},
      {iphone("CriOS/150.0.7390.96 Mobile/15E148 Safari/604.1", "26_6_2"), "Chrome", "150", "iOS",
       "26.6", Platform::ios, Device::mobile},
      {android(kChromePhone), "Chrome", "150", "Android", "15", Platform::android, Device::mobile},
      {android("Chrome/150.0.0.0 Safari/537.36", "K"), "Chrome", "150", "Android", "15",
       Platform::android, Device::tablet},
      {android("SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36", "SM-X710"),
       "Samsung Internet", "28", "Android", "15", Platform::android, Device::tablet},
      {"Mozilla/5.0 (Android 15; Tablet; rv:140.0) Gecko/140.0 Firefox/140.0", "Firefox", "140",
       "Android", "15", Platform::android, Device::tablet},
      {android("Silk/120.1 like Chrome/120.0.0.0 Safari/537.36", "KFTUWI"), "Amazon Silk", "120.1",
       "Android", "15", Platform::android, Device::tablet},
      {"Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0) AppleWebKit/537.36 (KHTML, like Gecko) "
       "SamsungBrowser/3.2 Chrome/76.0.3809.146 TV Safari/537.36",
       "Samsung Internet", "3.2", "Tizen", "6", Platform::other, Device::tv},
      {"Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) "
       "Chrome/94.0.4606.128 Safari/537.36 WebAppManager",
       "Chrome", "94", "webOS", "Unknown", Platform::other, Device::tv},
      {"Mozilla/5.0 (PlayStation; PlayStation 5/2.26) AppleWebKit/605.1.15 (KHTML, like Gecko) "
       "Version/13.0 Safari/605.1.15",
       "Safari", "13", "PlayStation", "5", Platform::other, Device::console},
      {"Mozilla/5.0 (Windows NT 10.0; Win64; x64; Xbox; Xbox One) AppleWebKit/537.36 (KHTML, like "
       "Gecko) Chrome/90.0.0.0 Safari/537.36 Edge/44.18363.8131",
       "Edge", "44.18363", "Windows", "10", Platform::other, Device::console},
      {"Mozilla/5.0 (Nintendo WiiU) AppleWebKit/536.30 (KHTML, like Gecko) NX/3.0.4.2.13 "
       "NintendoBrowser/4.3.2.11274.US",
       "Nintendo Browser", "4.3", "Nintendo", "Unknown", Platform::other, Device::console},
      {android("OculusBrowser/35.0 Chrome/130.0.0.0 VR Safari/537.36", "Quest 3"), "Oculus Browser",
       "35", "Android", "15", Platform::android, Device::wearable},
      {"Mozilla/5.0 (Linux; Tizen 4.0; SAMSUNG SM-R820) AppleWebKit/537.36 (KHTML, like Gecko) "
       "SamsungBrowser/2.0 Chrome/56.0.2924.0 Mobile Safari/537.36",
       "Samsung Internet", "2", "Tizen", "4", Platform::other, Device::wearable},
      {"Mozilla/5.0 (X11; GNU/Linux) AppleWebKit/537.36 (KHTML, like Gecko) Chromium/79.0.3945.130 "
       "Chrome/79.0.3945.130 Safari/537.36 Tesla/2020.16.2.1-e99c70fff409",
       "Chromium", "79", "Linux", "Unknown", Platform::other, Device::other},
      {"Mozilla/5.0 (Linux; U; Android 2.0; en-us;) AppleWebKit/538.1 (KHTML, like Gecko) "
       "Version/4.0 Mobile Safari/538.1 (Kobo Touch 0377/4.20.14622)",
       "Android", "2", "Android", "2", Platform::android, Device::tablet},
      {"Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1; SV1; Tablet PC 1.7)", "IE", "6",
       "Windows", "XP", Platform::desktop, Device::desktop},
      {"Mozilla/5.0 (Mobile; Nokia_8110_4G; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5", "Firefox",
       "48", "KaiOS", "2.5", Platform::other, Device::mobile},
      {"Opera/9.80 (Android; Opera Mini/36.2/119.132; U; id) Presto/2.12.423 Version/12.16",
       "Opera Mini", "36.2", "Android", "Unknown", Platform::android, Device::mobile},
      {"Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) "
       "Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile",
       "Chrome", "114", "HarmonyOS", "5", Platform::other, Device::mobile},
      {"Mozilla/5.0 (Tablet; OpenHarmony 5.0; HarmonyOS 6.1) AppleWebKit/537.36 (KHTML, like "
       "Gecko) "
       "Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1",
       "Chrome", "114", "HarmonyOS", "6.1", Platform::other, Device::tablet},
      {"Mozilla/5.0 (PC; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 "
       "Safari/537.36 ArkWeb/4.1.6.1 HuaweiBrowser/5.0.4.300",
       "Huawei Browser", "5", "HarmonyOS", "5", Platform::desktop, Device::desktop},
      {"Mozilla/5.0 (Wearable; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) "
       "Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1",
       "Chrome", "114", "HarmonyOS", "5", Platform::other, Device::wearable},
      {"Mozilla/5.0 (Linux; Android 12; HarmonyOS; MRR-W29; HMSCore 6.8.0.332) AppleWebKit/537.36 "
       "(KHTML, like Gecko) Chrome/99.0.4844.88 HuaweiBrowser/13.0.3.301 Safari/537.36",
       "Huawei Browser", "13", "HarmonyOS", "Unknown", Platform::android, Device::tablet},
      {"", "Unknown", "Unknown", "Unknown", "Unknown", Platform::other, Device::other},
  };
  for (const auto& row : rows) {
    const AgentFacts facts = reader().read_cold(row.user_agent);
    EXPECT_EQ(facts.browser, row.browser) << row.user_agent;
    EXPECT_EQ(facts.browser_version, row.browser_version) << row.user_agent;
    EXPECT_EQ(facts.os, row.os) << row.user_agent;
    EXPECT_EQ(facts.os_version, row.os_version) << row.user_agent;
    EXPECT_EQ(to_text(facts.platform), to_text(row.platform)) << row.user_agent;
    EXPECT_EQ(to_text(facts.device), to_text(row.device)) << row.user_agent;
  }
}

TEST(AgentReader, ClassifiesTrafficWithAReason) {
  const struct {
    std::string user_agent;
    Traffic traffic;
    std::string_view reason;
  } rows[] = {
      {windows("AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36"),
       Traffic::human, "browser"},
      {"Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", Traffic::preview, "slackbot"},
      {"facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
       Traffic::preview, "facebookexternalhit"},
      {"Twitterbot/1.0", Traffic::preview, "twitterbot"},
      {"WhatsApp/2.23.20.0 A", Traffic::preview, "whatsapp"},
      {"Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)", Traffic::preview,
       "discordbot"},
      {"LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
       Traffic::preview, "linkedinbot"},
      {"TelegramBot (like TwitterBot)", Traffic::preview, "telegrambot"},
      {"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) "
       "Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
       Traffic::preview, "imessage"},
      {"Mozilla/5.0 (Macintosh; Intel Mac OS X) Word/14.57.0", Traffic::preview,
       "microsoft_office"},
      {"Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; "
       "+https://openai.com/gptbot)",
       Traffic::ai, "gptbot"},
      {"Mozilla/5.0 (compatible; ClaudeBot/1.0; +claudebot@anthropic.com)", Traffic::ai,
       "claudebot"},
      {"Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; PerplexityBot/1.0)",
       Traffic::ai, "perplexitybot"},
      {"Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", Traffic::crawler,
       "generic_bot"},
      {"Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", Traffic::crawler,
       "generic_bot"},
      {"Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)", Traffic::monitor,
       "uptimerobot"},
      {windows("AppleWebKit/537.36 (KHTML, like Gecko) Chrome/90.0 Safari/537.36 PTST/211202"),
       Traffic::monitor, "webpagetest"},
      {"curl/8.5.0", Traffic::library, "curl"},
      {"python-requests/2.32", Traffic::library, "python_requests"},
      {"Go-http-client/1.1", Traffic::library, "go_http_client"},
      {"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
       "HeadlessChrome/150.0.0.0 Safari/537.36",
       Traffic::library, "headlesschrome"},
      {"", Traffic::library, "empty"},
      {"  ", Traffic::library, "empty"},
      {"Mozilla", Traffic::library, "no_slash"},
      {"foo/1.0", Traffic::library, "no_browser"},
      {"Brand-New-Thing/0.1 (+https://example.com/about)", Traffic::crawler, "generic_address"},
      {"NokiaC3-00/5.0 (03.35) Profile/MIDP-2.1 Configuration/CLDC-1.1 Mozilla/5.0 "
       "AppleWebKit/420+ (KHTML, like Gecko) Safari/420+",
       Traffic::human, "feature_phone"},
      {"Mozilla/5.0 (Linux; Android 4.2.1; CUBOT ONE Build/JOP40D) AppleWebKit/537.36 (KHTML, like "
       "Gecko) Chrome/29.0.1547.72 Mobile Safari/537.36",
       Traffic::human, "android_browser"},
  };
  for (const auto& row : rows) {
    const AgentFacts facts = reader().read_cold(row.user_agent);
    EXPECT_EQ(to_text(facts.traffic), to_text(row.traffic)) << row.user_agent;
    EXPECT_EQ(facts.reason, row.reason) << row.user_agent;
  }
}

TEST(AgentReader, ReadsScreensWhereTheyAreTold) {
  const struct {
    std::string user_agent;
    int width, height;
    float dpr;
  } rows[] = {
      {android(kWebView + " Instagram 406.0.0.58 Android (35/15; 480dpi; 1080x2400; A)", "X; wv"),
       1080, 2400, 3},
      {android(kWebView + " Barcelona 448.0 Android (36/16; 540dpi; 1080x2340; samsung)", "X; wv"),
       1080, 2340, 3.38f},
      {iphone("Mobile/22 Instagram 378.1 (iPhone15,3; en; scale=3.00; 1290x2796; 7)"), 1290, 2796,
       3},
      {iphone("Mobile/14F89 Instagram 10.3 (iPhone9,3; scale=2.00; gamut=wide; 750x1334)"), 750,
       1334, 2},
      {iphone("Mobile/22 Instagram 378.1 (iPhone15,3; scale=3.00; 0x2796; 7)"), 0, 0, 0},
      {iphone("Mobile/22 Instagram 378.1 (iPhone15,3; scale=3.00; 99999x2796; 7)"), 0, 0, 0},
      {iphone("Version/17.4 Mobile/15E148 Safari/604.1 (scale=3.00; 1290x2796)"), 0, 0, 0},
  };
  for (const auto& row : rows) {
    const AgentFacts facts = reader().read_cold(row.user_agent);
    EXPECT_EQ(facts.screen_w, row.width) << row.user_agent;
    EXPECT_EQ(facts.screen_h, row.height) << row.user_agent;
    EXPECT_FLOAT_EQ(facts.dpr, row.dpr) << row.user_agent;
  }
}

TEST(AgentReader, CacheAnswersLikeAColdRead) {
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 300; ++i) {
      const std::string user_agent =
          windows("AppleWebKit/537.36 (KHTML, like Gecko) Chrome/" + std::to_string(i) + ".0.0.0");
      EXPECT_EQ(reader().read(user_agent).browser_version, std::to_string(i));
    }
  }
}

TEST(AgentReader, SurvivesHostileStrings) {
  std::string all_bytes;
  for (int i = 0; i < 256; ++i) all_bytes.push_back(static_cast<char>(i));
  const std::string rows[] = {
      std::string(1 << 20, 'a'),
      std::string(1 << 20, '('),
      "Mozilla/5.0 (" + std::string(100'000, ';'),
      std::string("Mozilla/5.0 (X\0Y) A/1", 21),
      all_bytes + all_bytes,
      "Mozilla/5.0 \xc0\xaf\xed\xa0\x80\xf5 (\xff)",
      "Mozilla/5.0 (Linux; Android " + std::string(3000, '9') + ") Chrome/" +
          std::string(3000, '9'),
  };
  for (const std::string& row : rows) {
    const AgentFacts facts = reader().read_cold(row);
    EXPECT_LE(facts.stored.size(), 512u);
    EXPECT_TRUE(is_utf8(reader().rules().device_family(row)));
    for (const std::string* text :
         {&facts.stored, &facts.os, &facts.os_version, &facts.browser, &facts.browser_version}) {
      EXPECT_TRUE(is_utf8(*text));
      EXPECT_LE(text->size(), 512u);
    }
    EXPECT_FALSE(facts.os.empty());
    EXPECT_FALSE(facts.browser.empty());
  }
}

TEST(AgentReader, KnowsModels) {
  const struct {
    std::string_view model;
    Device device;
  } rows[] = {
      {"SM-X710", Device::tablet},   {"Pixel Tablet", Device::tablet}, {"Pixel 9", Device::mobile},
      {"SM-S938B", Device::mobile},  {"BRAVIA 4K VH2", Device::tv},    {"AFTKA", Device::tv},
      {"Quest 3", Device::wearable}, {"24091RPADG", Device::tablet},   {"", Device::mobile},
  };
  for (const auto& row : rows)
    EXPECT_EQ(to_text(reader().rules().device_of_model(row.model)), to_text(row.device))
        << row.model;
}

}  // namespace
}  // namespace tally
