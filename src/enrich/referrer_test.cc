// SPDX-License-Identifier: Apache-2.0
#include "enrich/referrer.h"

#include <gtest/gtest.h>

#include <map>

#include "base/text.h"
#include "enrich/tables.h"

namespace tally {
namespace {

const Sites& sites() {
  static const Sites loaded;
  return loaded;
}

TEST(Referrer, IsCleanedAndNamed) {
  const struct {
    std::string_view header, host, path, name;
  } rows[] = {
      {"", "", "", ""},
      {"https://www.google.com/", "google.com", "/", "google"},
      {"https://www.google.com/search?q=secret", "google.com", "/search", "google"},
      {"https://www.google.com", "google.com", "", "google"},
      {"https://google.de/", "google.de", "/", "google"},
      {"https://www.google.co.uk/", "google.co.uk", "/", "google"},
      {"https://www.google.com.br/", "google.com.br", "/", "google"},
      {"https://images.google.fr/imgres", "images.google.fr", "/imgres", "google"},
      {"https://google.evil.com/", "google.evil.com", "/", ""},
      {"https://notgoogle.com/", "notgoogle.com", "/", ""},
      {"https://mail.google.com/mail/u/0/", "mail.google.com", "/mail/u/0/", "gmail"},
      {"https://gemini.google.com/app", "gemini.google.com", "/app", "gemini"},
      {"https://news.google.com/", "news.google.com", "/", "google_news"},
      {"https://docs.google.com/", "docs.google.com", "/", "google_docs"},
      {"https://shopping.google.com/", "shopping.google.com", "/", "google_shopping"},
      {"https://www.bing.com/", "bing.com", "/", "bing"},
      {"https://duckduckgo.com/", "duckduckgo.com", "/", "duckduckgo"},
      {"https://search.yahoo.co.jp/search", "search.yahoo.co.jp", "/search", "yahoo"},
      {"https://r.search.yahoo.com/x", "search.yahoo.com", "", "yahoo"},
      {"https://mail.yahoo.com/", "mail.yahoo.com", "/", "yahoo_mail"},
      {"https://yandex.ru/", "yandex.ru", "/", "yandex"},
      {"https://yandex.com.tr/", "yandex.com.tr", "/", "yandex"},
      {"https://www.baidu.com/link?url=x", "baidu.com", "/link", "baidu"},
      {"https://www.ecosia.org/", "ecosia.org", "/", "ecosia"},
      {"https://search.brave.com/", "search.brave.com", "/", "brave"},
      {"https://l.facebook.com/l.php?u=https%3A%2F%2Fx&h=AT", "facebook.com", "", "facebook"},
      {"https://lm.facebook.com/l.php", "facebook.com", "", "facebook"},
      {"https://m.facebook.com/", "m.facebook.com", "/", "facebook"},
      {"https://l.instagram.com/?u=x", "instagram.com", "", "instagram"},
      {"https://www.instagram.com/p/x/", "instagram.com", "/p/x/", "instagram"},
      {"https://l.threads.net/", "threads.net", "", "threads"},
      {"https://l.messenger.com/", "messenger.com", "", "messenger"},
      {"https://out.reddit.com/t3_x", "reddit.com", "", "reddit"},
      {"https://old.reddit.com/r/x/", "old.reddit.com", "/r/x/", "reddit"},
      {"https://t.co/AbCd", "x.com", "", "x"},
      {"https://twitter.com/user", "x.com", "", "x"},
      {"https://mobile.twitter.com/user", "x.com", "", "x"},
      {"https://x.com/user/status/1", "x.com", "/user/status/1", "x"},
      {"https://lnkd.in/abc", "linkedin.com", "", "linkedin"},
      {"https://www.linkedin.com/feed/", "linkedin.com", "/feed/", "linkedin"},
      {"https://away.vk.com/away.php?to=x", "vk.com", "", "vk"},
      {"https://go.bsky.app/", "bsky.app", "", "bluesky"},
      {"https://eur01.safelinks.protection.outlook.com/?url=x", "outlook.com", "", "outlook"},
      {"https://statics.teams.cdn.office.net/", "teams.microsoft.com", "", "teams"},
      {"https://slack-redir.net/link", "slack.com", "", "slack"},
      {"https://outlook.live.com/mail/0/", "outlook.live.com", "/mail/0/", "outlook"},
      {"https://web.whatsapp.com/", "web.whatsapp.com", "/", "whatsapp"},
      {"https://web.telegram.org/k/", "web.telegram.org", "/k/", "telegram"},
      {"https://youtu.be/x", "youtube.com", "", "youtube"},
      {"https://m.youtube.com/watch?v=1", "m.youtube.com", "/watch", "youtube"},
      {"https://www.tiktok.com/@user", "tiktok.com", "/@user", "tiktok"},
      {"https://de.pinterest.com/pin/1/", "de.pinterest.com", "/pin/1/", "pinterest"},
      {"https://www.pinterest.co.uk/", "pinterest.co.uk", "/", "pinterest"},
      {"https://chatgpt.com/", "chatgpt.com", "/", "chatgpt"},
      {"https://chat.openai.com/c/1", "chat.openai.com", "/c/1", "chatgpt"},
      {"https://claude.ai/chat/1", "claude.ai", "/chat/1", "claude"},
      {"https://www.perplexity.ai/search/x", "perplexity.ai", "/search/x", "perplexity"},
      {"https://copilot.microsoft.com/", "copilot.microsoft.com", "/", "copilot"},
      {"https://www.amazon.co.jp/dp/1", "amazon.co.jp", "/dp/1", "amazon"},
      {"https://www.ebay.de/itm/1", "ebay.de", "/itm/1", "ebay"},
      {"https://news.ycombinator.com/item?id=1", "news.ycombinator.com", "/item", "hackernews"},
      {"https://en.wikipedia.org/wiki/X", "en.wikipedia.org", "/wiki/X", "wikipedia"},
      {"android-app://com.google.android.gm/", "com.google.android.gm", "/", "gmail"},
      {"android-app://com.google.android.googlequicksearchbox",
       "com.google.android.googlequicksearchbox", "", "google"},
      {"android-app://org.telegram.messenger/", "org.telegram.messenger", "/", "telegram"},
      {"android-app://com.slack/", "com.slack", "/", "slack"},
      {"android-app://com.example.unknown/", "com.example.unknown", "/", ""},
      {"HTTPS://WWW.Example.ORG:8443/Path?q#f", "example.org", "/Path", ""},
      {"http://user:pass@example.org/x", "example.org", "/x", ""},
      {"https://example.org./x", "example.org", "/x", ""},
      {"https://www.", "www", "", ""},
      {"https://xn--mnchen-3ya.de/", "xn--mnchen-3ya.de", "/", ""},
      {"https://192.0.2.7/x", "192.0.2.7", "/x", ""},
      {"https://[2001:db8::1]:8080/x", "[2001:db8::1]", "/x", ""},
      {"https://example.org/a\xff"
       "b",
       "example.org", "/a?b", ""},
      // Not a referrer at all.
      {"about:blank", "", "", ""},
      {"javascript:alert(1)", "", "", ""},
      {"data://x", "", "", ""},
      {"example.org/page", "", "", ""},
      {"https://", "", "", ""},
      {"https:///path", "", "", ""},
      {"https://a b/", "", "", ""},
      {"https://<script>/", "", "", ""},
      // Ourselves.
      {"https://go.example.com/promo", "", "", ""},
      {"https://www.go.example.com/promo", "", "", ""},
      {"https://short.example/x", "", "", ""},
      {"http://localhost:3000/", "", "", ""},
      {"http://127.0.0.1:8080/x", "", "", ""},
      {"http://[::1]:8080/x", "", "", ""},
      {"http://app.localhost/", "", "", ""},
      // Beside ourselves is somebody.
      {"https://blog.short.example/x", "blog.short.example", "/x", ""},
      {"https://notshort.example/x", "notshort.example", "/x", ""},
      {"http://127.0.0.1.example.org/", "127.0.0.1.example.org", "/", ""},
  };
  HostSet own;
  own.add("WWW.Short.example:8080");
  for (const auto& row : rows) {
    const Referrer referrer = sites().read(row.header, "go.example.com", own);
    EXPECT_EQ(referrer.host, row.host) << row.header;
    EXPECT_EQ(referrer.path, row.path) << row.header;
    EXPECT_EQ(referrer.site.name, row.name) << row.header;
  }
}

TEST(Referrer, IsBounded) {
  const HostSet own;
  for (const std::string& header :
       {"https://" + std::string(8192, 'a') + "/", "https://a/" + std::string(8192, '\xc3'),
        "https://" + std::string(4096, '.') + "a/", std::string(8192, ':') + "//",
        "https://" + std::string(200, 'a') + std::string(4000, '@') + "b/"}) {
    const Referrer referrer = sites().read(header, "x", own);
    EXPECT_LE(referrer.host.size(), 255u);
    EXPECT_LE(referrer.path.size(), 255u);
    EXPECT_TRUE(is_utf8(referrer.host));
    EXPECT_TRUE(is_utf8(referrer.path));
  }
}

TEST(Referrer, SourcesMeetUnderOneName) {
  const struct {
    std::string_view source, name;
  } rows[] = {
      {"ig", "instagram"},
      {"IG", "instagram"},
      {"instagram.com", "instagram"},
      {"Facebook", "facebook"},
      {"fb", "facebook"},
      {"twitter", "x"},
      {"x.com", "x"},
      {"LI", "linkedin"},
      {"yt", "youtube"},
      {"google", "google"},
      {"Google", "google"},
      {"adwords", "google"},
      {"chatgpt.com", "chatgpt"},
      {"Partner X", "Partner X"},
      {"", ""},
      {"E-Mail", "email"},
      {"nl", "newsletter"},
  };
  for (const auto& row : rows) EXPECT_EQ(sites().source_name(row.source), row.name) << row.source;
}

// Words that are a name or another spelling of one must mean one thing, and a host one site.
TEST(Referrer, TablesDoNotContradictThemselves) {
  const RuleTables tables;
  std::map<std::string_view, std::string_view> classes, places, spellings;
  const auto site_rows = tables.rows({"referrers"}, 3).value();
  const auto source_rows = tables.rows({"sources"}, 2).value();
  const auto redirector_rows = tables.rows({"redirectors"}, 2).value();
  for (const TableRow& row : site_rows) {
    EXPECT_EQ(classes.emplace(row[1], row[0]).first->second, row[0]) << row.place();
    for (const std::string_view place : split(row[2], ' '))
      if (!place.empty() && place != "-") {
        EXPECT_TRUE(places.emplace(place, row[1]).second) << row.place() << ": " << place;
      }
  }
  for (const TableRow& row : source_rows) {
    for (const std::string_view spelling : split(row[1], ' ')) {
      if (spelling.empty()) continue;
      EXPECT_TRUE(spellings.emplace(spelling, row[0]).second) << row.place() << ": " << spelling;
      EXPECT_FALSE(classes.contains(spelling)) << row.place() << ": " << spelling;
    }
  }
  for (const TableRow& row : redirector_rows)
    EXPECT_NE(sites().find(row[1]).name, "") << row.place();
  EXPECT_GE(places.size(), 1200u);
}

}  // namespace
}  // namespace tally
