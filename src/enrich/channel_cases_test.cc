// SPDX-License-Identifier: Apache-2.0
//
// Referrer, source, medium and channel as they are stored, for every row of data/channel_cases.inc
// and data/referrer_cases.inc: two, because a compiler need not take longer literals. The rows go
// through the whole list of steps, so that they hold for what is counted and not only for the
// functions behind it.
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "base/text.h"
#include "enrich/enrich_data.h"
#include "enrich/enricher.h"

namespace tally {
namespace {

constexpr std::string_view kChannelCases =
#include "enrich/data/channel_cases.inc"
    ;
constexpr std::string_view kReferrerCases =
#include "enrich/data/referrer_cases.inc"
    ;

struct Case {
  std::string_view query, saved, referrer, app, trigger, stored, source, medium, channel;
};

std::vector<Case> cases() {
  std::vector<Case> out;
  auto lines = split(kChannelCases, '\n');
  std::ranges::copy(split(kReferrerCases, '\n'), std::back_inserter(lines));
  for (const std::string_view line : lines) {
    if (line.empty() || line.front() == '#') continue;
    auto fields = split(line, '|');
    if (fields.size() != 9) {
      ADD_FAILURE() << fields.size() << " columns: " << line;
      continue;
    }
    for (std::string_view& field : fields) field = trim(field);
    out.push_back({fields[0], fields[1], fields[2], fields[3], fields[4], fields[5], fields[6],
                   fields[7], fields[8]});
  }
  return out;
}

std::string user_agent(std::string_view app) {
  const std::string phone =
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
      "Gecko) Mobile/15E148";
  const std::string android =
      "Mozilla/5.0 (Linux; Android 15; SM-S921B Build/AP3A; wv) AppleWebKit/537.36 (KHTML, like "
      "Gecko) Version/4.0 Chrome/142.0.0.0 Mobile Safari/537.36";
  const struct {
    std::string_view app;
    std::string user_agent;
  } rows[] = {
      {"",
       "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
       "Gecko) Version/26.0 Mobile/15E148 Safari/604.1"},
      {"Android WebView", android},
      {"iOS WebView", phone},
      {"Instagram", android + " Instagram 406.0.0.58.159 Android (35/15; 480dpi; 1080x2340)"},
      {"Threads", android + " Barcelona 406.0.0.58.159 Android (35/15; 480dpi; 1080x2340)"},
      {"Facebook", phone + " [FBAN/FBIOS;FBAV/530.0.0.30.70;FBBV/1;FBDV/iPhone16,2]"},
      {"TikTok", phone + " musical_ly_41.3.0 BytedanceWebview/d8a21c6"},
      {"WhatsApp", android + " [FB_IAB/FB4A;FBAV/1;] WA4A/2.25"},
      {"LinkedIn", phone + " [LinkedInApp]/9.31.1"},
      {"WeChat", phone + " MicroMessenger/8.0.60(0x18003c31) NetType/WIFI Language/en"},
      {"Line", phone + " Safari Line/15.17.0"},
      {"KakaoTalk", phone + " KAKAOTALK 25.8.0"},
      {"Google app", phone + " GSA/380.0.788317806 Safari/604.1"},
      {"Naver", phone + " NAVER(inapp; search; 2000; 12.15.1)"},
  };
  const auto* found = std::ranges::find_if(rows, [&](const auto& row) { return row.app == app; });
  if (found == std::end(rows)) ADD_FAILURE() << "no user agent for " << app;
  return found == std::end(rows) ? phone : found->user_agent;
}

// The link's own tags, written as a query.
SavedTags saved_tags(std::string_view text, std::vector<std::string>& kept) {
  SavedTags out;
  const struct {
    std::string_view name;
    std::string_view SavedTags::* member;
  } names[] = {
      {"utm_source", &SavedTags::source},     {"utm_medium", &SavedTags::medium},
      {"utm_campaign", &SavedTags::campaign}, {"campaign", &SavedTags::link_campaign},
      {"channel", &SavedTags::channel},
  };
  kept.reserve(std::size(names));
  for (const std::string_view pair : split(text, '&')) {
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos) continue;
    for (const auto& [name, member] : names) {
      if (pair.substr(0, equals) != name) continue;
      kept.push_back(percent_decode(pair.substr(equals + 1)).value());
      out.*member = kept.back();
    }
  }
  return out;
}

const EnrichData& data() {
  static const SystemClock clock;
  static const auto loaded =
      EnrichData::load({.user_agent_rules = "/usr/share/uap-core/regexes.yaml"}, clock);
  if (!loaded) {
    ADD_FAILURE() << loaded.error().line() << "; install Debian's package uap-core";
    std::abort();
  }
  return **loaded;
}

class ChannelCases : public testing::Test {
 protected:
  ChannelCases() {
    EnrichSettings settings;
    settings.own_hosts = {"own.example"};
    settings.own_domains = &domains_;
    enricher_ = std::make_unique<Enricher>(data(), settings);
    using Hosts = std::vector<std::string>;
    domains_.publish(std::make_shared<Hosts>(Hosts{"added.example", "removed.example"}));
    EXPECT_EQ(enriched("https://removed.example/").channel, "direct");
    domains_.publish(std::make_shared<Hosts>(Hosts{"added.example", "brand.example"}));
  }

  Click enriched(std::string_view referrer) {
    HitView hit;
    hit.referrer = referrer;
    return enricher_->enrich(hit, ClickKey{}, Salt{});
  }

  Click enriched(const Case& row) {
    std::vector<std::string> kept;
    const std::string agent = user_agent(row.app);
    HitView hit;
    hit.outcome = Outcome::redirected;
    hit.domain = "go.example.com";
    hit.query = row.query;
    hit.referrer = row.referrer;
    hit.saved = saved_tags(row.saved, kept);
    hit.user_agent = agent;
    if (row.trigger == "qr") hit.trigger = Trigger::qr;
    if (row.trigger == "open") hit.trigger = Trigger::open;
    return enricher_->enrich(hit, ClickKey{}, Salt{});
  }

  OwnDomains domains_{std::make_shared<std::vector<std::string>>()};
  std::unique_ptr<Enricher> enricher_;
};

TEST_F(ChannelCases, AreStoredAsTheTableSays) {
  const auto rows = cases();
  EXPECT_GE(rows.size(), 850u);
  for (const Case& row : rows) {
    const Click click = enriched(row);
    const std::string context = "query " + std::string(row.query) + ", saved " +
                                std::string(row.saved) + ", referrer " + std::string(row.referrer) +
                                ", app " + std::string(row.app);
    EXPECT_EQ(click.referrer_host + click.referrer_path, row.stored) << context;
    EXPECT_EQ(click.source, row.source) << context;
    EXPECT_EQ(click.medium, row.medium) << context;
    EXPECT_EQ(click.channel, row.channel) << context;
    EXPECT_EQ(click.in_app, !row.app.empty()) << context;
    if (click.in_app) {
      EXPECT_EQ(click.browser, row.app);
    }
  }
}

TEST_F(ChannelCases, NameEveryChannel) {
  std::set<std::string_view> named;
  for (const Case& row : cases()) named.insert(row.channel);
  for (const std::string_view channel :
       {"qr",      "paid_shopping", "paid_search", "paid_social", "paid_video",
        "display", "paid_other",    "shopping",    "social",      "video",
        "ai",      "search",        "email",       "affiliates",  "referral",
        "audio",   "sms",           "push",        "direct",      "print"})
    EXPECT_TRUE(named.contains(channel)) << channel;
}

}  // namespace
}  // namespace tally
