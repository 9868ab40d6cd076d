// SPDX-License-Identifier: Apache-2.0
#include "enrich/referrer_url.h"

#include <gtest/gtest.h>

#include "enrich/country_ending.h"
#include "enrich/host_set.h"

namespace tally {
namespace {

TEST(ReferrerUrl, IsCutIntoHostAndPath) {
  const struct {
    std::string_view url, host, path;
    bool app = false;
  } rows[] = {
      {"https://example.org/a/b?c#d", "example.org", "/a/b"},
      {"https://example.org", "example.org", ""},
      {"https://example.org?c", "example.org", ""},
      {"https://example.org#c", "example.org", ""},
      {" \thttps://example.org/ \t", "example.org", "/"},
      {"HTTPS://WWW.EXAMPLE.ORG/A", "example.org", "/A"},
      {"http://example.org:80/", "example.org", "/"},
      {"http://example.org:/", "example.org", "/"},
      {"http://a:b@example.org:80/", "example.org", "/"},
      {"https://google.com@evil.example/", "evil.example", "/"},
      {"https://evil.example\\@google.com/", "evil.example", "\\@google.com/"},
      {"https://example.org.../", "example.org", "/"},
      {"https://www.www.example.org/", "www.example.org", "/"},
      {"https://www/", "www", "/"},
      {"https://[2001:DB8::1]:8080/x", "[2001:db8::1]", "/x"},
      {"https://m\xc3\xbcnchen.example/", "m\xc3\xbcnchen.example", "/"},
      {"https://under_score.example/", "under_score.example", "/"},
      {"android-app://com.Slack/", "com.slack", "/", true},
      {"android-app://www.example/", "www.example", "/", true},
      {"ios-app://284882215/fb", "284882215", "/fb", true},
      {"Android-App://com.slack", "com.slack", "", true},
  };
  for (const auto& row : rows) {
    const auto url = read_referrer_url(row.url);
    ASSERT_TRUE(url) << row.url;
    EXPECT_EQ(url->host, row.host) << row.url;
    EXPECT_EQ(url->path, row.path) << row.url;
    EXPECT_EQ(url->app, row.app) << row.url;
  }
}

TEST(ReferrerUrl, IsNothingForWhatSendsNobody) {
  for (const std::string_view url : {"",
                                     "-",
                                     "null",
                                     "example.org",
                                     "example.org/page",
                                     "//example.org/",
                                     "/page",
                                     "https:/x",
                                     "about:blank",
                                     "javascript:alert(1)",
                                     "javascript:alert('https://google.com')",
                                     "javascript://google.com/%0aalert(1)",
                                     "data:text/html,https://google.com/",
                                     "data://x",
                                     "file:///etc/passwd",
                                     "ftp://example.org/",
                                     "ws://example.org/",
                                     "chrome://newtab",
                                     "chrome-extension://abc/",
                                     "blob:https://google.com/1",
                                     "view-source:https://google.com",
                                     "https://",
                                     "https:///",
                                     "https:///path",
                                     "https://?x",
                                     "https://#x",
                                     "https://:80/",
                                     "https://@/",
                                     "https://./",
                                     "https://a b/",
                                     "https://a\tb/",
                                     "https://<script>/",
                                     "https://%67oogle.com/",
                                     "https://a:b:c/",
                                     "https://example.org:port/",
                                     "https://[::1/",
                                     "https://[]/",
                                     "https://a\"b/",
                                     "https://a,b/",
                                     "https://google.com,bing.com/",
                                     "xhttps://google.com/"}) {
    EXPECT_FALSE(read_referrer_url(url)) << url;
  }
  for (const std::string& url : {std::string("https://a\0b/", 12), std::string("\0https://a/", 11),
                                 std::string("https://a\x01/"), std::string("https://a\x7f/"),
                                 std::string("https://\r\nx/")})
    EXPECT_FALSE(read_referrer_url(url)) << url;
  EXPECT_FALSE(read_referrer_url("https://" + std::string(256, 'a') + "/"));
  EXPECT_TRUE(read_referrer_url("https://" + std::string(255, 'a') + "/"));
}

TEST(ReferrerUrl, KnowsThisMachine) {
  for (const std::string_view host :
       {"localhost", "app.localhost", "127.0.0.1", "127.8.9.1", "[::1]", "0.0.0.0"})
    EXPECT_TRUE(is_this_machine(host)) << host;
  for (const std::string_view host : {"", "localhost.example", "notlocalhost", "127.0.0.1.example",
                                      "128.0.0.1", "10.0.0.1", "[::2]", "0.0.0.0.example"})
    EXPECT_FALSE(is_this_machine(host)) << host;
}

TEST(CountryEnding, IsWhatARegistryHandsOutBelow) {
  const struct {
    std::string_view host, ending;
  } rows[] = {
      {"google.com", "com"},
      {"google.de", "de"},
      {"google.co.uk", "co.uk"},
      {"google.com.br", "com.br"},
      {"google.co.jp", "co.jp"},
      {"google.com.evil.io", "io"},
      {"google.com.de", "de"},
      {"google.co.de", "de"},
      {"google.evil.com", "com"},
      {"google.bad.io", "io"},
      {"google.org", ""},
      {"google.xyz", ""},
      {"google.app", ""},
      {"google.x1", ""},
      {"google", ""},
      {"", ""},
      {".de", ""},
      {"co.uk", "co.uk"},
      {"a.co", "co"},
      {"google.c\xc3\xb6", ""},
      {"google.net", ""},
      {"google.com.", ""},
      {"a..uk", "uk"},
      {"192.168.0.1", ""},
  };
  for (const auto& row : rows) {
    const auto begin = country_ending(row.host);
    EXPECT_EQ(begin == std::string_view::npos ? "" : row.host.substr(begin), row.ending)
        << row.host;
  }
}

TEST(HostSet, ComparesAsHostsAreStored) {
  HostSet own;
  own.add("WWW.Example.org:8080");
  own.add("[2001:DB8::1]:80");
  EXPECT_TRUE(own.contains("example.org"));
  EXPECT_TRUE(own.contains("[2001:db8::1]"));
  EXPECT_FALSE(own.contains("blog.example.org"));
  EXPECT_FALSE(own.contains(""));
}

}  // namespace
}  // namespace tally
