// SPDX-License-Identifier: Apache-2.0
//
// The channel rules as the enricher applies them: source, medium, campaign, query id, referrer and
// in-app browser together.
#include "enrich/channel.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

const Sites& sites() {
  static const Sites loaded;
  return loaded;
}

struct Case {
  std::string_view source, medium, campaign, query, referrer;
  bool in_app = false;
  std::string_view channel;
};

std::string_view channel(const Case& c) {
  const HostSet own;
  const Referrer referrer = sites().read(c.referrer, "go.example.com", own);
  const std::string source = sites().source_name(c.source);
  return channel_of({.qr = false,
                     .in_app = c.in_app,
                     .has_referrer = !referrer.host.empty(),
                     .link_channel = {},
                     .source = source,
                     .medium = c.medium,
                     .campaign = c.campaign,
                     .source_site = source.empty() ? referrer.site : sites().named(source),
                     .ad_click = read_query(c.query).ad_click})
      .channel;
}

TEST(Channel, FollowsTheRulesInOrder) {
  const Case rows[] = {
      // paid shopping
      {"google", "cpc", "shopping-summer", "", "", false, "paid_shopping"},
      {"amazon", "cpc", "", "", "", false, "paid_shopping"},
      {"", "ppc", "eshop", "", "", false, "paid_shopping"},
      {"", "paid", "", "", "https://www.ebay.de/", false, "paid_shopping"},
      {"google_shopping", "cpc", "", "", "", false, "paid_shopping"},
      {"", "", "shop the look", "gclid=1", "", false, "paid_shopping"},
      // paid search
      {"google", "cpc", "", "", "", false, "paid_search"},
      {"google", "CPC", "", "", "", false, "paid_search"},
      {"adwords", "ppc", "", "", "", false, "paid_search"},
      {"bing", "paidsearch", "", "", "", false, "paid_search"},
      {"", "cpc", "", "", "https://www.google.com/", false, "paid_search"},
      {"", "", "", "gclid=1", "", false, "paid_search"},
      {"", "", "", "gclid=1", "https://www.google.com/", false, "paid_search"},
      {"", "", "", "msclkid=1", "", false, "paid_search"},
      {"", "", "", "gbraid=1", "", false, "paid_search"},
      {"", "", "", "yclid=1", "", false, "paid_search"},
      {"google", "cpc", "workshop", "", "", false, "paid_search"},
      {"duckduckgo", "cpc", "", "", "", false, "paid_search"},
      // paid social
      {"facebook", "cpc", "", "", "", false, "paid_social"},
      {"fb", "paid_social", "", "", "", false, "paid_social"},
      {"ig", "paid", "", "", "", false, "paid_social"},
      {"tiktok", "cpm", "", "", "", false, "paid_social"},
      {"", "", "", "ttclid=1", "", false, "paid_social"},
      {"", "", "", "twclid=1", "", false, "paid_social"},
      {"", "", "", "li_fat_id=1", "", false, "paid_social"},
      {"", "", "", "rdt_cid=1", "https://www.reddit.com/", false, "paid_social"},
      {"", "cpc", "", "", "https://l.instagram.com/", false, "paid_social"},
      {"linkedin", "retargeting", "", "", "", false, "paid_social"},
      {"whatsapp", "paid", "", "", "", false, "paid_social"},
      // paid video
      {"youtube", "cpc", "", "", "", false, "paid_video"},
      {"yt", "paid", "", "", "", false, "paid_video"},
      {"", "cpv-cpc", "", "", "https://vimeo.com/", false, "paid_video"},
      {"twitch", "ppc", "", "", "", false, "paid_video"},
      // display
      {"", "display", "", "", "", false, "display"},
      {"partner", "banner", "", "", "", false, "display"},
      {"partner", "expandable", "", "", "", false, "display"},
      {"partner", "interstitial", "", "", "", false, "display"},
      {"partner", "cpm", "", "", "", false, "display"},
      {"partner", "CPM", "", "", "https://partner.example/", false, "display"},
      {"", "", "", "dclid=1", "", false, "display"},
      {"facebook", "display", "", "", "", false, "display"},
      {"google", "display", "", "", "", false, "display"},
      // paid other
      {"partner", "cpc", "", "", "", false, "paid_other"},
      {"partner", "paid", "", "", "https://partner.example/", false, "paid_other"},
      {"newsletter", "cpc", "", "", "", false, "paid_other"},
      {"chatgpt", "cpc", "", "", "", false, "paid_other"},
      {"", "retargeting", "", "", "", false, "paid_other"},
      {"", "ppc", "", "", "", false, "paid_other"},
      // shopping
      {"amazon", "", "", "", "", false, "shopping"},
      {"", "", "", "", "https://www.etsy.com/", false, "shopping"},
      {"", "", "", "", "https://www.amazon.co.uk/", false, "shopping"},
      {"facebook", "social", "shopping", "", "", false, "shopping"},
      {"", "", "summer-shop", "", "", false, "shopping"},
      {"", "", "e-shop", "", "", false, "shopping"},
      {"google_shopping", "organic", "", "", "", false, "shopping"},
      // social
      {"facebook", "", "", "", "", false, "social"},
      {"ig", "", "", "", "", false, "social"},
      {"partner", "social", "", "", "", false, "social"},
      {"partner", "social-media", "", "", "", false, "social"},
      {"partner", "sm", "", "", "", false, "social"},
      {"partner", "Social Network", "", "", "", false, "social"},
      {"", "", "", "", "https://l.facebook.com/l.php", false, "social"},
      {"", "", "", "", "https://t.co/x", false, "social"},
      {"", "", "", "", "https://www.linkedin.com/", false, "social"},
      {"", "", "", "", "https://www.reddit.com/", false, "social"},
      {"", "", "", "", "https://web.whatsapp.com/", false, "social"},
      {"", "", "", "", "https://bsky.app/", false, "social"},
      {"", "", "", "", "https://mastodon.social/@x", false, "social"},
      {"", "", "", "", "https://news.ycombinator.com/", false, "social"},
      {"", "", "", "", "https://away.vk.com/", false, "social"},
      {"", "", "", "", "android-app://com.linkedin.android/", false, "social"},
      {"", "", "", "", "android-app://com.slack/", false, "social"},
      {"", "", "", "", "", true, "social"},
      {"whatsapp", "", "", "", "", false, "social"},
      {"telegram", "message", "", "", "", false, "social"},
      {"facebook", "email", "", "", "", false, "social"},
      {"", "social", "", "", "https://example.org/", false, "social"},
      // video
      {"youtube", "", "", "", "", false, "video"},
      {"", "", "", "", "https://www.youtube.com/watch", false, "video"},
      {"", "", "", "", "https://youtu.be/x", false, "video"},
      {"", "", "", "", "https://www.twitch.tv/x", false, "video"},
      {"partner", "video", "", "", "", false, "video"},
      {"partner", "instream-video", "", "", "", false, "video"},
      {"", "", "", "", "android-app://com.google.android.youtube/", false, "video"},
      // ai
      {"chatgpt.com", "", "", "", "", false, "ai"},
      {"", "", "", "", "https://chatgpt.com/", false, "ai"},
      {"", "", "", "", "https://claude.ai/", false, "ai"},
      {"", "", "", "", "https://www.perplexity.ai/", false, "ai"},
      {"", "", "", "", "https://gemini.google.com/", false, "ai"},
      {"", "", "", "", "https://copilot.microsoft.com/", false, "ai"},
      {"", "", "", "", "https://chat.deepseek.com/", false, "ai"},
      {"", "", "", "", "https://grok.com/", false, "ai"},
      {"", "", "", "", "https://chat.mistral.ai/", false, "ai"},
      {"perplexity", "referral", "", "", "", false, "ai"},
      {"partner", "ai", "", "", "", false, "ai"},
      // search
      {"google", "organic", "", "", "", false, "search"},
      {"google", "", "", "", "", false, "search"},
      {"", "organic", "", "", "", false, "search"},
      {"", "", "", "", "https://www.google.com/", false, "search"},
      {"", "", "", "", "https://www.google.co.in/", false, "search"},
      {"", "", "", "", "https://www.bing.com/", false, "search"},
      {"", "", "", "", "https://duckduckgo.com/", false, "search"},
      {"", "", "", "", "https://search.yahoo.com/", false, "search"},
      {"", "", "", "", "https://yandex.ru/", false, "search"},
      {"", "", "", "", "https://www.baidu.com/", false, "search"},
      {"", "", "", "", "https://www.ecosia.org/", false, "search"},
      {"", "", "", "", "https://www.startpage.com/", false, "search"},
      {"", "", "", "", "https://search.naver.com/", false, "search"},
      {"", "", "", "", "https://search.seznam.cz/", false, "search"},
      {"", "", "", "", "android-app://com.google.android.googlequicksearchbox/", false, "search"},
      {"google", "email", "", "", "", false, "search"},
      // email
      {"newsletter", "", "", "", "", false, "email"},
      {"email", "", "", "", "", false, "email"},
      {"e-mail", "", "", "", "", false, "email"},
      {"partner", "email", "", "", "", false, "email"},
      {"partner", "E-Mail", "", "", "", false, "email"},
      {"mailchimp", "", "", "", "", false, "email"},
      {"", "", "", "", "https://mail.google.com/", false, "email"},
      {"", "", "", "", "https://outlook.live.com/", false, "email"},
      {"", "", "", "", "https://nam02.safelinks.protection.outlook.com/", false, "email"},
      {"", "", "", "", "android-app://com.google.android.gm/", false, "email"},
      {"", "email", "", "", "https://example.org/", false, "email"},
      {"", "", "", "", "https://mail.yahoo.com/", false, "email"},
      // affiliates, referral, audio, sms, push
      {"partner", "affiliate", "", "", "", false, "affiliates"},
      {"partner", "Affiliates", "", "", "", false, "affiliates"},
      {"partner", "referral", "", "", "", false, "referral"},
      {"partner", "app", "", "", "", false, "referral"},
      {"partner", "link", "", "", "", false, "referral"},
      {"", "", "", "", "https://example.org/", false, "referral"},
      {"", "", "", "", "https://en.wikipedia.org/", false, "referral"},
      {"", "", "", "", "https://news.google.com/", false, "referral"},
      {"", "", "", "", "android-app://com.example.app/", false, "referral"},
      {"", "", "", "", "https://example.org/", true, "referral"},
      {"partner", "", "", "", "", false, "referral"},
      {"partner", "unheard-of", "", "", "", false, "referral"},
      {"", "", "spring", "", "", false, "referral"},
      {"spotify", "audio", "", "", "", false, "audio"},
      {"partner", "sms", "", "", "", false, "sms"},
      {"sms", "", "", "", "", false, "sms"},
      {"text_message", "", "", "", "", false, "sms"},
      {"partner", "webpush", "", "", "", false, "push"},
      {"partner", "push", "", "", "", false, "push"},
      {"partner", "mobile-app", "", "", "", false, "push"},
      {"partner", "Notification", "", "", "", false, "push"},
      {"firebase", "", "", "", "", false, "push"},
      // direct
      {"", "", "", "", "", false, "direct"},
      {"", "", "", "fbclid=1", "", false, "direct"},
      {"", "", "", "", "https://go.example.com/x", false, "direct"},
      {"", "", "", "", "http://localhost:3000/", false, "direct"},
      {"", "", "", "", "about:blank", false, "direct"},
  };
  static_assert(std::size(rows) >= 130);
  for (const Case& row : rows) {
    EXPECT_EQ(channel(row), row.channel)
        << "source " << row.source << ", medium " << row.medium << ", campaign " << row.campaign
        << ", query " << row.query << ", referrer " << row.referrer;
  }
}

TEST(Channel, LetsTheScanAndTheLinkDecideFirst) {
  ChannelInput in{.qr = true,
                  .in_app = true,
                  .has_referrer = true,
                  .link_channel = "print",
                  .source = "google",
                  .medium = "cpc",
                  .campaign = {},
                  .source_site = {},
                  .ad_click = {}};
  EXPECT_EQ(channel_of(in).channel, "qr");
  in.qr = false;
  EXPECT_EQ(channel_of(in).channel, "print");
  in.link_channel = {};
  EXPECT_EQ(channel_of(in).channel, "paid_other");
}

}  // namespace
}  // namespace tally
