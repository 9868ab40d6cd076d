// SPDX-License-Identifier: Apache-2.0
#include "cli/demo_traffic.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "cli/demo_shop.h"

namespace tally {
namespace {

constexpr UnixMillis kNow = 1'790'000'123'456;  // 2026-09-21T13:35:23Z

// A world whose addresses below 128 are in the United States and the others in Germany.
std::string two_countries(const Address& address) { return address.bytes[12] < 128 ? "US" : "DE"; }

std::vector<DemoRequest> month(std::uint64_t seed, std::uint64_t requests = 20'000,
                               const CountryOf& country_of = two_countries) {
  SeededRandom random(seed);
  return demo_traffic({kNow, requests}, random, country_of);
}

const std::vector<DemoRequest>& usual_month() {
  static const std::vector<DemoRequest> kMonth = month(1);
  return kMonth;
}

template <class Is>
double share_of(const std::vector<DemoRequest>& requests, Is is) {
  return static_cast<double>(std::ranges::count_if(requests, is)) /
         static_cast<double>(requests.size());
}

TEST(DemoShop, LinksAreValidDistinctAndOldestFirst) {
  const auto links = demo_links(kNow);
  EXPECT_GE(links.size(), 14u);
  std::set<std::string> paths;
  for (const Link& link : links) {
    const auto valid = validate(link);
    EXPECT_TRUE(valid) << link.title << ": " << valid.error().line();
    EXPECT_TRUE(paths.insert(short_path(link)).second) << short_path(link);
    EXPECT_LT(link.created_at, kNow);
    EXPECT_FALSE(link.title.empty());
  }
  EXPECT_TRUE(std::ranges::is_sorted(links, {}, &Link::created_at));
}

TEST(DemoTraffic, IsExactlyAsLongAsAskedByTimeAndWithinItsSpan) {
  for (const std::uint64_t count : {0, 1, 10, 59, 61, 5'000}) {
    const auto requests = month(1, count);
    EXPECT_EQ(requests.size(), count);
    EXPECT_TRUE(std::ranges::is_sorted(requests, {}, &DemoRequest::time));
    for (const DemoRequest& request : requests) {
      EXPECT_GE(request.time, kNow - kDemoHistory);
      EXPECT_LT(request.time, kNow);
    }
  }
}

TEST(DemoTraffic, ASeedMakesOneMonth) {
  const auto key = [](const DemoRequest& r) {
    return std::tuple(r.time, r.address.text(), r.method, r.target, r.user_agent, r.referrer,
                      r.accept_language, r.purpose);
  };
  EXPECT_TRUE(std::ranges::equal(usual_month(), month(1), {}, key, key));
  EXPECT_FALSE(std::ranges::equal(usual_month(), month(2), {}, key, key));
}

TEST(DemoTraffic, EveryLinkIsClickedAndNoneBeforeItWasMadeAtAnyTimeOfDay) {
  for (const int hour : {0, 8, 10, 23}) {
    const UnixMillis now = kNow / kMillisPerDay * kMillisPerDay + hour * kMillisPerHour;
    SeededRandom random(1);
    std::map<std::string, UnixMillis> first;
    for (const DemoRequest& request : demo_traffic({now, 20'000}, random, two_countries))
      first.try_emplace(std::string(request.target.substr(0, request.target.find('?'))),
                        request.time);
    for (const Link& link : demo_links(now)) {
      ASSERT_TRUE(first.contains(short_path(link))) << short_path(link);
      EXPECT_GE(first.at(short_path(link)), link.created_at) << short_path(link);
    }
  }
}

TEST(DemoTraffic, TheMonthBeforeTheCampaignIsThereAndQuieter) {
  const double before =
      share_of(usual_month(), [](const DemoRequest& r) { return r.time < kNow - kDemoMonth; });
  EXPECT_GT(before, 0.08);
  EXPECT_LT(before, 0.25);
}

TEST(DemoTraffic, SomePathsAreNoLinks) {
  std::set<std::string> links;
  for (const Link& link : demo_links(kNow)) links.insert(short_path(link));
  const double orphans = share_of(usual_month(), [&](const DemoRequest& r) {
    return !links.contains(std::string(r.target.substr(0, r.target.find('?'))));
  });
  EXPECT_GT(orphans, 0.003);
  EXPECT_LT(orphans, 0.03);
}

TEST(DemoTraffic, AddressesArePublicAndOfTheCountriesOfTheTable) {
  for (const DemoRequest& request : usual_month()) {
    ASSERT_TRUE(request.address.is_v4());
    const auto* octets = request.address.bytes.data() + 12;
    EXPECT_TRUE(octets[0] != 0 && octets[0] != 10 && octets[0] != 127 && octets[0] < 224);
    EXPECT_FALSE(octets[0] == 192 && octets[1] == 168);
    EXPECT_NE(octets[0], 6) << "an army's";
  }
  // Of the table's 20 countries this world has two; those who live elsewhere may be anywhere.
  EXPECT_GT(share_of(usual_month(), [](const auto& r) { return two_countries(r.address) == "US"; }),
            0.3);
}

TEST(DemoTraffic, DoesWithoutAGeoDatabase) {
  EXPECT_EQ(month(1, 500, [](const Address&) { return "Unknown"; }).size(), 500u);
}

TEST(DemoTraffic, PeopleSleepAtNight) {
  const auto german_hour = [](const DemoRequest& r) {
    return (r.time + kMillisPerHour) % kMillisPerDay / kMillisPerHour;
  };
  std::vector<DemoRequest> germans;
  for (const DemoRequest& request : usual_month())
    if (request.accept_language.starts_with("de-DE")) germans.push_back(request);
  ASSERT_GT(germans.size(), 500u);
  const double night =
      share_of(germans, [&](const auto& r) { return german_hour(r) >= 1 && german_hour(r) < 5; });
  const double evening =
      share_of(germans, [&](const auto& r) { return german_hour(r) >= 18 && german_hour(r) < 22; });
  EXPECT_LT(night * 4, evening);
}

TEST(DemoTraffic, OnePostTakesOff) {
  std::map<UnixMillis, int> by_day;
  int days_total = 0;
  for (const DemoRequest& request : usual_month())
    if (request.target == "/tent") ++by_day[request.time / kMillisPerDay], ++days_total;
  const UnixMillis day = (kNow - kViralPost) / kMillisPerDay;
  EXPECT_GT(by_day[day] * 4, days_total);
}

TEST(DemoTraffic, PeopleComeBackWithinADay) {
  std::map<std::tuple<std::string, std::string_view, std::string_view, UnixMillis>, int> visits;
  for (const DemoRequest& r : usual_month())
    if (r.method == "GET" && r.purpose.empty())
      ++visits[{r.address.text(), r.user_agent, r.target, r.time / kMillisPerDay}];
  const auto returning =
      std::ranges::count_if(visits, [](const auto& visit) { return visit.second > 1; });
  EXPECT_GT(returning * 20, static_cast<std::ptrdiff_t>(visits.size()));
}

TEST(DemoTraffic, HoldsWhatIsNotPeopleToo) {
  struct Case {
    const char* what;
    bool (*is)(const DemoRequest&);
  };
  const Case cases[] = {
      {"head", [](const DemoRequest& r) { return r.method == "HEAD"; }},
      {"prefetch", [](const DemoRequest& r) { return r.purpose.starts_with("prefetch"); }},
      {"crawler", [](const DemoRequest& r) { return r.user_agent.contains("Googlebot"); }},
      {"preview", [](const DemoRequest& r) { return r.user_agent.starts_with("WhatsApp"); }},
      {"ai", [](const DemoRequest& r) { return r.user_agent.contains("GPTBot"); }},
      {"qr", [](const DemoRequest& r) { return r.target.ends_with("?qr=1"); }},
      {"in-app", [](const DemoRequest& r) { return r.user_agent.contains("Instagram"); }},
  };
  for (const Case& c : cases) {
    EXPECT_GT(share_of(usual_month(), c.is), 0.0005) << c.what;
    EXPECT_LT(share_of(usual_month(), c.is), 0.25) << c.what;
  }
}

}  // namespace
}  // namespace tally
