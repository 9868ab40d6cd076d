// SPDX-License-Identifier: Apache-2.0
#include "enrich/enricher.h"

#include <gtest/gtest.h>

#include <set>

#include "base/text.h"
#include "enrich/enrich_data.h"
#include "enrich/visitor.h"

namespace tally {
namespace {

constexpr std::string_view kPhone =
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/26.6.1 Mobile/15E148 Safari/604.1";
constexpr std::string_view kInstagram =
    "Mozilla/5.0 (Linux; Android 15; CPH2557 Build/AP3A; wv) AppleWebKit/537.36 (KHTML, like "
    "Gecko) Version/4.0 Chrome/142.0 Mobile Safari/537.36 Instagram 406.0.0.58.159 Android (35/15; "
    "480dpi; 1080x2400; OPPO; CPH2557; OP573DL1; mt6833; en_MY; 822918295)";

// Loading takes a while: all tests share one.
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

std::unique_ptr<Enricher> enricher(IpMode ip = IpMode::none,
                                   SignalPolicy signals = SignalPolicy::ignore) {
  EnrichSettings settings;
  settings.ip = ip;
  settings.signals = signals;
  settings.own_hosts = {"WWW.Own.example:8080"};
  return std::make_unique<Enricher>(data(), settings);
}

Enricher& shared() {
  static const auto one = enricher();
  return *one;
}

HitView sample() {
  HitView hit;
  hit.time = 1'700'000'000'123;
  hit.workspace = WorkspaceId{3};
  hit.link = LinkId{42};
  hit.outcome = Outcome::redirected;
  hit.address = *Address::parse("203.0.113.42");
  hit.domain = "go.example.com";
  hit.prefix = "promo";
  hit.token = "summer";
  hit.variant = "b";
  hit.query = "utm_source=ig&utm_medium=social&utm_campaign=Summer+Sale&src=story&gclid=1";
  hit.user_agent = kPhone;
  hit.referrer = "https://l.instagram.com/?u=x";
  hit.accept_language = "de-de,en;q=0.5";
  hit.saved.campaign = "saved";
  hit.saved.content = "saved content";
  hit.saved.link_campaign = "link campaign";
  return hit;
}

const Salt kSalt = {std::byte{1}, std::byte{2}};
const ClickKey kKey{.node = 1, .epoch = 2, .shard = 3, .n = 4};

TEST(Enricher, FillsInEveryColumn) {
  const Click click = shared().enrich(sample(), kKey, kSalt);
  EXPECT_EQ(click.key, kKey);
  EXPECT_EQ(click.time, 1'700'000'000'123);
  EXPECT_EQ(click.workspace, WorkspaceId{3});
  EXPECT_EQ(click.link, LinkId{42});
  EXPECT_EQ(click.outcome, Outcome::redirected);
  EXPECT_EQ(click.traffic, Traffic::human);
  EXPECT_EQ(click.reason, "browser");
  EXPECT_EQ(click.platform, Platform::ios);
  EXPECT_EQ(click.device, Device::mobile);
  EXPECT_FALSE(click.first);
  EXPECT_FALSE(click.first_ws);
  EXPECT_NE(click.visitor, 0u);
  EXPECT_FALSE(click.ip.known());
  const struct {
    std::string_view name, value;
  } rows[] = {
      {"domain", "go.example.com"},
      {"prefix", "promo"},
      {"token", "summer"},
      {"variant", "b"},
      {"reason", "browser"},
      {"country", "Unknown"},
      {"region", "Unknown"},
      {"city", "Unknown"},
      {"language", "de-DE"},
      {"os", "iOS"},
      {"os_version", "26.6"},
      {"browser", "Safari"},
      {"browser_version", "26.6"},
      {"referrer_host", "instagram.com"},
      {"referrer_path", ""},
      {"channel", "paid_social"},
      {"source", "instagram"},
      {"medium", "social"},
      {"campaign", "Summer Sale"},
      {"content", "saved content"},
      {"term", ""},
      {"src", "story"},
      {"ad_click", "gclid"},
      {"user_agent", kPhone},
  };
  for (const ClickText& text : click_texts()) {
    bool told = false;
    for (const auto& row : rows) {
      if (row.name != text.name) continue;
      told = true;
      EXPECT_EQ(click.*text.member, row.value) << text.name;
    }
    EXPECT_TRUE(told) << text.name << " is a new column: expect something of it here";
  }
}

TEST(Enricher, TakesTagsFromQueryThenLinkThenReferrerThenApp) {
  const struct {
    std::string_view query, saved_source, saved_campaign, link_campaign, referrer, agent;
    std::string_view source, campaign, channel;
  } rows[] = {
      {"utm_source=a&source=b&ref=c", "d", "", "", "https://t.co/", kPhone, "a", "", "referral"},
      {"source=b&ref=c", "d", "", "", "https://t.co/", kPhone, "b", "", "referral"},
      {"ref=c", "d", "", "", "https://t.co/", kPhone, "c", "", "referral"},
      {"", "d", "", "", "https://t.co/", kPhone, "d", "", "referral"},
      {"", "", "", "", "https://t.co/", kPhone, "x", "", "social"},
      {"", "", "", "", "https://unheard.example/a", kPhone, "unheard.example", "", "referral"},
      {"", "", "", "", "", kInstagram, "instagram", "", "social"},
      {"", "", "", "", "", kPhone, "", "", "direct"},
      {"", "", "", "", "https://own.example/page", kPhone, "", "", "direct"},
      {"utm_campaign=q", "", "s", "l", "", kPhone, "", "q", "referral"},
      {"", "", "s", "l", "", kPhone, "", "s", "referral"},
      {"", "", "", "l", "", kPhone, "", "l", "referral"},
      {"", "", "", "", "",
       "Mozilla/5.0 (iPhone; CPU iPhone OS 26_1_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
       "Gecko) GSA/436.4.969 Mobile/15E148 Safari/604.1",
       "google", "", "search"},
  };
  for (const auto& row : rows) {
    HitView hit = sample();
    hit.query = row.query;
    hit.referrer = row.referrer;
    hit.user_agent = row.agent;
    hit.saved = {};
    hit.saved.source = row.saved_source;
    hit.saved.campaign = row.saved_campaign;
    hit.saved.link_campaign = row.link_campaign;
    const Click click = shared().enrich(hit, kKey, kSalt);
    EXPECT_EQ(click.source, row.source) << row.query << " " << row.referrer;
    EXPECT_EQ(click.campaign, row.campaign) << row.query;
    EXPECT_EQ(click.channel, row.channel) << row.query << " " << row.referrer;
  }
}

TEST(Enricher, PutsHeadAndPrefetchBeforeEverything) {
  const struct {
    bool head;
    std::string_view purpose, agent;
    Traffic traffic;
    std::string_view reason;
  } rows[] = {
      {true, "prefetch", "curl/8", Traffic::head, "head"},
      {false, "prefetch", "curl/8", Traffic::prefetch, "purpose_header"},
      {false, "Prefetch;prerender", kPhone, Traffic::prefetch, "purpose_header"},
      {false, "preview", kPhone, Traffic::prefetch, "purpose_header"},
      {false, "something", kPhone, Traffic::human, "browser"},
      {false, "", kInstagram, Traffic::human, "in_app"},
      {false, "", "curl/8", Traffic::library, "curl"},
      {false, "", "", Traffic::library, "empty"},
  };
  for (const auto& row : rows) {
    HitView hit = sample();
    hit.is_head = row.head;
    hit.purpose = row.purpose;
    hit.user_agent = row.agent;
    const Click click = shared().enrich(hit, kKey, kSalt);
    EXPECT_EQ(to_text(click.traffic), to_text(row.traffic)) << row.purpose << row.agent;
    EXPECT_EQ(click.reason, row.reason);
  }
}

// The edge answered by it; counting otherwise would contradict the answer.
TEST(Enricher, KeepsTheEdgesVerdict) {
  HitView hit = sample();
  hit.verdict = Verdict{Traffic::monitor, "edge_says_so"};
  const Click click = shared().enrich(hit, {}, {});
  EXPECT_EQ(click.traffic, Traffic::monitor);
  EXPECT_EQ(click.reason, "edge_says_so");
}

TEST(Enricher, ObeysALinkThatIsNotRecorded) {
  HitView hit = sample();
  hit.do_not_record = true;
  const Click click = shared().enrich(hit, {}, {});
  EXPECT_EQ(click.visitor, 0u);
  EXPECT_EQ(click.browser, "Unknown");
  EXPECT_EQ(click.variant, "");
  EXPECT_EQ(click.referrer_host, "");
  EXPECT_EQ(click.traffic, Traffic::human);
  EXPECT_EQ(click.prefix, "promo");
}

TEST(Enricher, StoresAddressesAsPreciselyAsAllowed) {
  const struct {
    IpMode mode;
    std::string_view v4, v6;
  } rows[] = {
      {IpMode::none, "", ""},
      {IpMode::truncated, "203.0.113.0", "2001:db8:1::"},
      {IpMode::full, "203.0.113.42", "2001:db8:1:2::3"},
  };
  for (const auto& row : rows) {
    const auto one = enricher(row.mode);
    HitView hit = sample();
    EXPECT_EQ(one->enrich(hit, kKey, kSalt).ip.text(), row.v4);
    hit.address = *Address::parse("2001:db8:1:2::3");
    EXPECT_EQ(one->enrich(hit, kKey, kSalt).ip.text(), row.v6);
  }
}

TEST(Enricher, ObeysPrivacySignals) {
  HitView hit = sample();
  hit.wants_privacy = true;
  HitView neighbour = hit;
  neighbour.address = *Address::parse("203.0.113.99");

  const auto ignore = enricher(IpMode::full, SignalPolicy::ignore);
  EXPECT_EQ(ignore->enrich(hit, kKey, kSalt).ip.text(), "203.0.113.42");
  EXPECT_NE(ignore->enrich(hit, kKey, kSalt).visitor,
            ignore->enrich(neighbour, kKey, kSalt).visitor);

  const auto anonymise = enricher(IpMode::full, SignalPolicy::anonymise);
  const Click quiet = anonymise->enrich(hit, kKey, kSalt);
  EXPECT_FALSE(quiet.ip.known());
  EXPECT_EQ(quiet.user_agent, "");
  EXPECT_EQ(quiet.browser, "Safari");
  EXPECT_EQ(quiet.visitor, anonymise->enrich(neighbour, kKey, kSalt).visitor);
  hit.wants_privacy = false;
  EXPECT_EQ(anonymise->enrich(hit, kKey, kSalt).ip.text(), "203.0.113.42");

  hit.wants_privacy = true;
  const auto silent = enricher(IpMode::full, SignalPolicy::do_not_record);
  Click expected;
  expected.key = kKey;
  expected.time = hit.time;
  expected.workspace = hit.workspace;
  expected.link = hit.link;
  expected.outcome = hit.outcome;
  expected.reason = "browser";
  expected.domain = hit.domain;
  expected.prefix = hit.prefix;
  expected.token = hit.token;
  expected.country = expected.region = expected.city = expected.language = "Unknown";
  expected.os = expected.os_version = expected.browser = expected.browser_version = "Unknown";
  expected.channel = "Unknown";
  EXPECT_EQ(silent->enrich(hit, kKey, kSalt), expected);
}

TEST(Enricher, VisitorIsOnePersonOfOneWorkspaceOnOneDay) {
  const auto v4 = *Address::parse("203.0.113.42");
  const auto home = *Address::parse("2001:db8:1:2::3");
  const auto same_home = *Address::parse("2001:db8:1:2:ffff::9");
  const auto other_home = *Address::parse("2001:db8:1:3::3");
  const Salt tomorrow = {std::byte{9}};
  const WorkspaceId one{1};
  const auto base = visitor_of(kSalt, one, v4, "agent");
  EXPECT_EQ(base, visitor_of(kSalt, one, v4, "agent"));
  const std::set<std::uint64_t> distinct = {
      base,
      visitor_of(tomorrow, one, v4, "agent"),
      visitor_of(kSalt, WorkspaceId{2}, v4, "agent"),
      visitor_of(kSalt, one, *Address::parse("203.0.113.43"), "agent"),
      visitor_of(kSalt, one, v4, "agent2"),
      visitor_of(kSalt, one, home, "agent"),
      visitor_of(kSalt, one, other_home, "agent"),
  };
  EXPECT_EQ(distinct.size(), 7u);
  EXPECT_EQ(visitor_of(kSalt, one, home, "agent"), visitor_of(kSalt, one, same_home, "agent"));
}

TEST(Enricher, BoundsAndCleansWhateverComes) {
  std::string junk;
  for (int i = 0; i < 70'000; ++i) junk.push_back(static_cast<char>(i * 31 % 256));
  HitView hit = sample();
  for (std::string_view HitView::* field :
       {&HitView::domain, &HitView::prefix, &HitView::token, &HitView::variant, &HitView::query,
        &HitView::user_agent, &HitView::referrer, &HitView::accept_language, &HitView::purpose,
        &HitView::ch_ua, &HitView::ch_mobile, &HitView::ch_platform, &HitView::ch_platform_version,
        &HitView::ch_model}) {
    hit.*field = junk;
  }
  hit.saved = {junk, junk, junk, junk, junk, junk, junk};
  const Click click = shared().enrich(hit, kKey, kSalt);
  for (const ClickText& text : click_texts()) {
    EXPECT_TRUE(is_utf8(click.*text.member)) << text.name;
    EXPECT_LE((click.*text.member).size(), text.name == "user_agent" ? 512u : 255u) << text.name;
  }
}

TEST(Enricher, ExplainsAndTimesItsSteps) {
  const auto one = enricher();
  Explanation why;
  for (int i = 0; i < 40; ++i) one->enrich(sample(), kKey, kSalt);
  one->enrich(sample(), kKey, kSalt, &why);
  std::set<std::string_view> steps;
  for (const StepTiming& step : one->timings()) {
    EXPECT_EQ(step.calls, 41u) << step.name;
    steps.insert(step.name);
  }
  EXPECT_EQ(steps.size(), 11u);
  EXPECT_GE(why.size(), 6u);
  for (const auto& [step, reason] : why) {
    EXPECT_TRUE(steps.contains(step)) << step;
    EXPECT_FALSE(reason.empty()) << step;
  }
}

}  // namespace
}  // namespace tally
