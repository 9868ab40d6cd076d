// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "base/bytes.h"
#include "model/click.h"
#include "model/hit.h"

namespace tally {
namespace {

HitView full_hit() {
  HitView hit;
  hit.time = 1'700'000'000'123;
  hit.workspace = {7};
  hit.link = {1'000'000};
  hit.outcome = Outcome::expired;
  hit.trigger = Trigger::qr;
  hit.is_head = true;
  hit.wants_privacy = true;
  hit.address = *Address::parse("203.0.113.42");
  hit.domain = "go.example.com";
  hit.prefix = "promo";
  hit.token = "summer-sale";
  hit.variant = "b";
  hit.query = "utm_source=x&qr=1";
  hit.user_agent = "Mozilla/5.0";
  hit.referrer = "https://example.com/";
  hit.accept_language = "de-CH,de;q=0.9";
  hit.purpose = "prefetch";
  hit.ch_ua = "\"Chromium\"";
  hit.ch_mobile = "?1";
  hit.ch_platform = "\"Android\"";
  hit.ch_platform_version = "\"14.0.0\"";
  hit.ch_model = "\"Pixel 8\"";
  hit.ch_form_factors = "\"Mobile\", \"XR\"";
  hit.do_not_record = true;
  hit.limit_spent = true;
  hit.verdict = Verdict{Traffic::preview, "slackbot"};
  hit.saved = {"newsletter", "email", "spring", "top", "shoes", "spring_2026", "crm"};
  return hit;
}

TEST(HitCodec, GoesBothWays) {
  const HitView hit = full_hit();
  std::string bytes;
  encode_hit(hit, bytes);
  const auto back = decode_hit(bytes);
  ASSERT_TRUE(back);
  std::string again;
  encode_hit(*back, again);
  EXPECT_EQ(again, bytes);
  EXPECT_EQ(hit_time(bytes), hit.time);
  EXPECT_EQ(hit_time(""), 0);
  EXPECT_EQ(hit_time("\xff"), 0);
  EXPECT_EQ(back->link, hit.link);
  EXPECT_EQ(back->address, hit.address);
  EXPECT_EQ(back->token, hit.token);
  EXPECT_EQ(back->ch_model, hit.ch_model);
  EXPECT_EQ(back->ch_form_factors, hit.ch_form_factors);
  EXPECT_EQ(back->saved, hit.saved);
  EXPECT_EQ(back->verdict, hit.verdict);
  EXPECT_TRUE(back->is_head && back->wants_privacy && back->do_not_record && back->limit_spent);
}

TEST(HitCodec, ABeaconCarriesItsClickAndScreen) {
  HitView hit;
  hit.kind = HitKind::beacon;
  hit.time = 5;
  hit.address = *Address::parse("2001:db8::1");
  hit.beacon = {{1, 2, 3, 4}, 1080, 2340, 2.5F};
  std::string bytes;
  encode_hit(hit, bytes);
  const auto back = decode_hit(bytes);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->kind, HitKind::beacon);
  EXPECT_EQ(back->beacon, hit.beacon);
  EXPECT_EQ(back->address, hit.address);
}

// What the version before wrote: an upgrade finds it in the journal.
TEST(HitCodec, TheFirstVersionStillDecodes) {
  std::string bytes;
  put_fixed(bytes, std::uint8_t{1});
  put_fixed(bytes, UnixMillis{1'700'000'000'123});
  put_varint(bytes, 7);
  put_varint(bytes, 1'000'000);
  for (const std::uint8_t byte : {2, 1, 3}) put_fixed(bytes, byte);  // expired, qr, HEAD and DNT
  const Address address = *Address::parse("203.0.113.42");
  bytes.append(reinterpret_cast<const char*>(address.bytes.data()), address.bytes.size());
  for (int i = 0; i < 21; ++i) put_text(bytes, i == 3 ? "" : "text " + std::to_string(i));
  const auto hit = decode_hit(bytes);
  ASSERT_TRUE(hit);
  EXPECT_EQ(hit->link, LinkId{1'000'000});
  EXPECT_EQ(hit->outcome, Outcome::expired);
  EXPECT_EQ(hit->trigger, Trigger::qr);
  EXPECT_TRUE(hit->is_head && hit->wants_privacy);
  EXPECT_FALSE(hit->do_not_record || hit->limit_spent || hit->verdict);
  EXPECT_EQ(hit->address, address);
  EXPECT_EQ(hit->domain, "text 0");
  EXPECT_EQ(hit->variant, "");
  EXPECT_EQ(hit->ch_model, "text 13");
  EXPECT_EQ(hit->saved.channel, "text 20");
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(decode_hit(std::string_view(bytes).substr(0, size))) << size;
  bytes[0] = 3;
  EXPECT_FALSE(decode_hit(bytes));
}

TEST(HitCodec, LongTextIsCut) {
  const std::string agent(5000, 'a');
  HitView hit = full_hit();
  hit.user_agent = agent;
  std::string bytes;
  encode_hit(hit, bytes);
  EXPECT_EQ(decode_hit(bytes)->user_agent.size(), 2048u);
}

TEST(HitCodec, EveryCutIsRefused) {
  std::string bytes;
  encode_hit(full_hit(), bytes);
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(decode_hit(std::string_view(bytes).substr(0, size))) << size;
  EXPECT_FALSE(decode_hit(bytes + "x"));
}

TEST(ClickCodec, GoesBothWaysAndSeveralFollowEachOther) {
  Click click;
  click.key = {1, 2, 3, 4};
  click.time = 1'700'000'000'123;
  click.workspace = {7};
  click.link = {8};
  click.outcome = Outcome::landing;
  click.traffic = Traffic::ai;
  click.trigger = Trigger::open;
  click.platform = Platform::ios;
  click.device = Device::tablet;
  click.screen_source = ScreenSource::beacon;
  click.first = click.in_app = true;
  click.screen_w = 1080;
  click.screen_h = 2340;
  click.dpr = 2.5F;
  click.visitor = 0x0123456789abcdef;
  click.ip = *Address::parse("2001:db8::1");
  std::size_t i = 0;
  for (const ClickText& text : click_texts()) click.*text.member = "text " + std::to_string(i++);
  std::string bytes;
  encode_click(click, bytes);
  encode_click(Click{}, bytes);
  std::string_view rest = bytes;
  Click back;
  ASSERT_TRUE(read_click(rest, back));
  EXPECT_EQ(back, click);
  // Nothing of the click before stays in one that is read over it.
  ASSERT_TRUE(read_click(rest, back));
  EXPECT_EQ(back, Click{});
  EXPECT_TRUE(rest.empty());
}

TEST(Address, ParsesPrintsAndTruncates) {
  struct Row {
    const char* in;
    const char* out;
    const char* truncated;
  };
  const Row rows[] = {
      {"203.0.113.42", "203.0.113.42", "203.0.113.0"},
      {"::ffff:203.0.113.42", "203.0.113.42", "203.0.113.0"},
      {"2001:db8:1:2:3::4", "2001:db8:1:2:3::4", "2001:db8:1::"},
  };
  for (const Row& row : rows) {
    const auto address = Address::parse(row.in);
    ASSERT_TRUE(address) << row.in;
    EXPECT_EQ(address->text(), row.out);
    EXPECT_EQ(address->truncated().text(), row.truncated);
  }
  for (const char* bad : {"", "1.2.3", "1.2.3.4.5", "::g", "1.2.3.4 ", "localhost"})
    EXPECT_FALSE(Address::parse(bad)) << bad;
  EXPECT_EQ(Address{}.text(), "");
}

}  // namespace
}  // namespace tally
