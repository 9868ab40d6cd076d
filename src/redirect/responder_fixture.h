// SPDX-License-Identifier: Apache-2.0
//
// A responder with links, without sockets or a journal; user-agent rules, geography and salts are
// real.
#pragma once

#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "base/test_folder.h"
#include "enrich/enrich_data.h"
#include "enrich/geo_test_file.h"
#include "redirect/responder.h"

namespace tally {

inline constexpr UnixMillis kNow = 1'784'548'800'000;  // Monday, 2026-07-20T12:00:00Z

inline constexpr std::string_view kDesktop =
    "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0";
inline constexpr std::string_view kIphone =
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/26.6.1 Mobile/15E148 Safari/604.1";
inline constexpr std::string_view kPixel =
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/142.0.0.0 Mobile Safari/537.36";
inline constexpr std::string_view kSlackbot =
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)";
inline constexpr std::string_view kCurl = "curl/8.5.0";

// Rules and a few places. Loaded once: it takes a second.
inline const EnrichData& test_data() {
  static const TestFolder folder;
  static const SystemClock clock;
  static const auto loaded = [] {
    geo_file::DatabaseWriter geo(4);
    geo.add("192.0.2.1", geo_file::nested("DE", "Bavaria", "Munich"));
    geo.add("192.0.2.2", geo_file::nested("AT", "Tyrol", "Innsbruck"));
    const auto path = folder.path() / "geo.mmdb";
    std::ofstream(path, std::ios::binary) << geo.bytes("GeoLite2-City");
    return EnrichData::load(
        {.user_agent_rules = "/usr/share/uap-core/regexes.yaml", .geo_v4 = path}, clock);
  }();
  if (!loaded) {
    ADD_FAILURE() << loaded.error().line() << "; install Debian's package uap-core";
    std::abort();
  }
  return **loaded;
}

// One salt for each UTC day.
inline Result<Salt> test_salt(UnixMillis time) {
  Salt salt{};
  const std::int64_t day = time / kMillisPerDay;
  std::memcpy(salt.data(), &day, sizeof day);
  return salt;
}

class CountingLimits final : public ClickLimits {
 public:
  bool take(LinkId link, std::uint64_t limit) override {
    if (used_up(link, limit)) return false;
    ++taken[link.value];
    return true;
  }
  bool used_up(LinkId link, std::uint64_t limit) const override {
    const auto known = taken.find(link.value);
    return known != taken.end() && known->second >= limit;
  }
  std::map<std::uint64_t, std::uint64_t> taken;
};

class ResponderFixture : public ::testing::Test {
 protected:
  ResponderFixture() {
    sources_.data = &test_data();
    sources_.salt_of = test_salt;
    live_.publish(
        std::make_shared<LinkTable>(DefaultDomain{"go.example.com", WorkspaceId{5}, "", ""}));
  }

  // A link with this prefix that leads to https://example.com/<prefix>.
  Link named(std::string prefix, std::string token = "") {
    Link link;
    link.id = {++last_id_};
    link.workspace = {1};
    link.prefix = std::move(prefix);
    link.token = std::move(token);
    link.destination = "https://example.com/" + link.prefix;
    return link;
  }
  void publish(const Link& link, bool removed = false) {
    live_.publish(live_.current()->with(std::vector<LinkChange>{{1, link, removed}}));
  }

  Responder& responder() {
    if (!responder_) {
      responder_ = std::make_unique<Responder>(Responder::Deps{
          live_, proxies_, sources_, limits_, source_limits_, click_ids_, {1, 2, 3, 0}});
    }
    responder_->begin_turn(now_);
    return *responder_;
  }

  // The answer's bytes; what it does besides is in answer_.
  std::string ask(const std::string& method, const std::string& target, const std::string& fields,
                  const std::string& body = "",
                  PasswordVerdict verdict = PasswordVerdict::not_asked) {
    request_ = method + " " + target + " HTTP/1.1\r\nHost: " + host_ + "\r\n" + fields + "\r\n";
    const Refusal why = parse_head(request_, head_);
    EXPECT_FALSE(why) << why.detail;
    body_ = body;
    std::string out;
    responder().number_next(7);
    answer_ = responder_->answer(head_, body_, *Address::parse(peer_), out, verdict);
    return out;
  }
  std::string get(const std::string& target, const std::string& fields = "") {
    return ask("GET", target, fields);
  }
  // As somebody with this user agent.
  std::string get_as(std::string_view agent, const std::string& target,
                     const std::string& fields = "") {
    return ask("GET", target, "User-Agent: " + std::string(agent) + "\r\n" + fields);
  }

  const HitView& hit() const { return answer_.hit; }
  Outcome outcome() const { return answer_.hit.outcome; }

  static std::string status_of(const std::string& answer) { return answer.substr(9, 3); }
  static std::string field_of(const std::string& answer, const std::string& name) {
    const auto at = answer.find("\r\n" + name + ": ");
    if (at == std::string::npos) return "";
    const auto from = at + name.size() + 4;
    return answer.substr(from, answer.find("\r\n", from) - from);
  }
  static std::string location_of(const std::string& answer) { return field_of(answer, "Location"); }
  static std::string body_of(const std::string& answer) {
    return answer.substr(answer.find("\r\n\r\n") + 4);
  }

  TestFolder folder_;
  LiveLinkTable live_;
  TrustedProxies proxies_;
  VisitorSources sources_;
  CountingLimits limits_;
  SourceLimits source_limits_;
  ClickIdCodec click_ids_{ClickIdCodec::Key{1, 2, 3}};
  UnixMillis now_ = kNow;
  std::string host_ = "Go.Example.com:8080";
  std::string peer_ = "203.0.113.9";
  Responder::Answer answer_;

 private:
  std::unique_ptr<Responder> responder_;
  std::uint64_t last_id_ = 0;
  std::string request_, body_;
  RequestHead head_;
};

}  // namespace tally
