// SPDX-License-Identifier: Apache-2.0
#include "model/url.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

TEST(WebUrl, AcceptsAndRefuses) {
  struct Row {
    std::string url;
    const char* slug;  // of the refusal; "" when it is fine
  };
  const Row rows[] = {
      {"https://example.com", ""},
      {"http://example.com:8080/a?b=c#d", ""},
      {"https://b\xc3\xbc"
       "cher.example/gr\xc3\xbc\xc3\x9f",
       ""},
      {"https://[2001:db8::1]/x", ""},
      {"https://127.0.0.1/", ""},
      {"https://example.com/a b", ""},
      {"", "required"},
      {"example.com", "bad_url"},
      {"//example.com", "bad_url"},
      {"javascript:alert(1)", "bad_scheme"},
      {"ftp://example.com/", "bad_scheme"},
      {"data:text/html,x", "bad_scheme"},
      {"https://b%C3%BCcher.example/", ""},
      {"https://example.com./", ""},
      {"https://example.com../", "bad_host"},
      {"https://example.com.\xe3\x80\x82/", "bad_host"},
      {"https://.example.com/", "bad_host"},
      {"https://\xe2\x80\x8b.example/", "bad_host"},
      {"https://%E2%80%8B.example/", "bad_host"},
      {"https://a\xe2\x80\xae.example/", "bad_host"},  // a control of writing direction
      {"https://xn--\xc3\xbc.example/", "bad_host"},
      {"https://\xcc\x88"
       "a.example/",
       "bad_host"},  // begins with a combining mark
      {"https://a\xef\xbc\x8f"
       "b.example/",
       "bad_host"},  // a full-width slash
      {"https://a%2Fb.example/", "bad_host"},
      {"https://a%00b.example/", "bad_host"},
      {"https://" + std::string(64, 'a') + ".example/", "bad_host"},
      {"https://" + std::string(63, 'a') + ".example/", ""},
      {"https://exa%20mple.com/", "bad_host"},
      {"https://2130706433/", "bad_host"},
      {"https://127.1/", "bad_host"},
      {"https://127.0.0.1./", "bad_host"},
      {"https://1.2.3.4.5/", "bad_host"},
      {"https://1.2.3.4.evil.example/", "bad_host"},
      {"https://1.2.3.4.:81/", "bad_host"},
      {"https://0x7f.0.0.0x1/", "bad_host"},
      {"https://", "no_host"},
      {"https:///path", "no_host"},
      {"https:path", "no_host"},
      {"https://user:secret@example.com/", "credentials"},
      {"https://example.com:99999/", "bad_port"},
      {"https://example.com:0/", "bad_port"},
      {"https://example.com/\r\nSet-Cookie: a=b", "control_character"},
      {std::string("https://example.com/\0x", 22), "control_character"},
      {"https://example.com/\xff", "not_utf8"},
      {"https://example.com/" + std::string(2100, 'a'), "too_long"},
  };
  for (const Row& row : rows) {
    const auto done = validate_web_url(row.url, "destination");
    EXPECT_EQ(done ? std::string() : done.error().slug, row.slug) << row.url;
    if (!done) {
      EXPECT_EQ(done.error().field, "destination");
    }
  }
}

TEST(WebUrl, PlaceholdersStandAfterTheHostWhereTheyMeanSomething) {
  struct Row {
    const char* url;
    Placeholders allowed;
    const char* slug;
  };
  constexpr auto kNone = Placeholders::none, kClick = Placeholders::click_id,
                 kBoth = Placeholders::click_id_and_token;
  const Row rows[] = {
      {"https://e.com/{token}?c={click_id}", kBoth, ""},
      {"https://e.com/{token}", kClick, "bad_placeholder"},
      {"https://e.com/?c={click_id}", kClick, ""},
      {"https://e.com?c={click_id}", kClick, ""},
      {"https://e.com#{token}", kBoth, ""},
      {"https://e.com/?c={click_id}", kNone, "bad_placeholder"},
      {"https://{token}.e.com/", kBoth, "bad_placeholder"},
      {"https://{token}", kBoth, "bad_placeholder"},
      {"https://e.com:{token}/", kBoth, "bad_port"},
      {"https://e.com/{other}", kNone, ""},
      {"https://e.com/{TOKEN}", kNone, ""},
  };
  for (const Row& row : rows) {
    const auto done = validate_web_url(row.url, "destination", row.allowed);
    EXPECT_EQ(done ? std::string() : done.error().slug, row.slug) << row.url;
  }
}

TEST(AppUrl, TakesOnlySchemesThatAreAllowed) {
  const std::vector<std::string> schemes = {"myapp", "javascript"};
  const auto slug = [&](std::string_view url) {
    const auto done = validate_app_url(url, "ios.url", schemes, Placeholders::click_id_and_token);
    return done ? std::string() : done.error().slug;
  };
  EXPECT_EQ(slug("myapp://product/{token}?c={click_id}"), "");
  EXPECT_EQ(slug("MyApp:open"), "");
  EXPECT_EQ(slug("https://e.com/app"), "");
  EXPECT_EQ(slug("other://x"), "bad_scheme");
  EXPECT_EQ(slug("javascript:alert(1)"), "bad_scheme");  // however it got into the list
  EXPECT_EQ(slug("java\tscript:alert(1)"), "control_character");
  EXPECT_EQ(slug("myapp://x\n"), "control_character");
  EXPECT_EQ(slug("https://{token}/"), "bad_placeholder");
  EXPECT_EQ(slug("product/7"), "bad_url");
}

TEST(AppSchemes, AreAListWithoutDangerousOnes) {
  EXPECT_EQ(parse_app_schemes(" MyApp, com.example.app ").value(),
            (std::vector<std::string>{"myapp", "com.example.app"}));
  EXPECT_TRUE(parse_app_schemes("")->empty());
  for (const char* bad : {"javascript", "DATA", "file", "vbscript", "about", "blob", "https",
                          "my app", "1app", "a,,b", "app:"})
    EXPECT_FALSE(parse_app_schemes(bad)) << bad;
}

TEST(Location, IsPercentEncodedOnce) {
  EXPECT_EQ(encode_location("https://e.com/a b"), "https://e.com/a%20b");
  EXPECT_EQ(encode_location("https://e.com/a%20b"), "https://e.com/a%20b");
  EXPECT_EQ(encode_location("https://e.com/100%"), "https://e.com/100%25");
  EXPECT_EQ(encode_location("https://e.com/gr\xc3\xbc"), "https://e.com/gr%C3%BC");
  EXPECT_EQ(encode_location("https://b\xc3\xbc"
                            "cher.example:81/\xc3\xbc"),
            "https://xn--bcher-kva.example:81/%C3%BC");
  EXPECT_EQ(encode_location("https://B%C3%BCCHER.example/"), "https://xn--bcher-kva.example/");
  EXPECT_EQ(encode_location("HTTPS://E.com/Path"), "https://e.com/Path");
  EXPECT_EQ(encode_location("https://%65.COM/"), "https://e.com/");
  EXPECT_EQ(encode_location("https://E%2fX/"), "https://E%2fX/");
  EXPECT_EQ(encode_location("https://e.com/\"<>"), "https://e.com/%22%3C%3E");
  EXPECT_EQ(encode_location("https://e.com/{token}/{x}?c={click_id}"),
            "https://e.com/{token}/%7Bx%7D?c={click_id}");
  EXPECT_EQ(encode_location("myapp:Open?u=https://E.com/"), "myapp:Open?u=https://E.com/");
}

TEST(Host, HasOneForm) {
  EXPECT_EQ(canonical_host("Go.Example.", "host").value(), "go.example");
  EXPECT_EQ(canonical_host("b\xc3\xbc"
                           "cher.example",
                           "host")
                .value(),
            "xn--bcher-kva.example");
  EXPECT_EQ(canonical_host("localhost", "host").value(), "localhost");
  for (const std::string bad : {"",
                                "example",
                                "127.0.0.1",
                                "1.2",
                                "::1",
                                "[::1]",
                                "a..b",
                                "a.b..",
                                "1.2.3.4.example",
                                "1.2.3.4e",
                                "a.b.\xe3\x80\x82",
                                ".a.b",
                                "-a.b",
                                "a-.b",
                                "a_b.c",
                                "a b.c",
                                "a.b:80",
                                "https://a.b",
                                "a.b/",
                                "*.a.b",
                                "a.b\n",
                                "\xff.b"})
    EXPECT_EQ(canonical_host(bad, "host").error().field, "host") << bad;
  EXPECT_FALSE(canonical_host(std::string(64, 'a') + ".b", "host"));
  std::string longest = "a";
  while (longest.size() < 260) longest += ".a";
  EXPECT_FALSE(canonical_host(longest, "host"));
}

TEST(OwnHosts, KnowEveryWayToWriteThem) {
  OwnHosts hosts("https://go.example:8443");
  hosts.add("b.example");
  for (const char* own :
       {"https://go.example:8443/x", "http://GO.example.:8443", "https://b.example",
        "http://b.example:80/{token}", "https://B.EXAMPLE:8443/a b", "http://%62.example/",
        "http://b.example:080/", "https://go.example:08443", "http://b%2Eexample/"})
    EXPECT_TRUE(hosts.own(own)) << own;
  for (const char* other : {"https://go.example/", "https://www.b.example/",
                            "https://b.example:9000/", "myapp://b.example/", ""})
    EXPECT_FALSE(hosts.own(other)) << other;
  EXPECT_TRUE(OwnHosts("https://xn--bcher-kva.example").own("http://b%C3%BCcher.example./x"));
  EXPECT_TRUE(OwnHosts("http://[::1]:8080").own("http://[0:0:0:0:0:0:0:1]:8080/x"));
}

TEST(OwnHosts, GoByOneFormOfAHost) {
  for (const char* url : {"https://b.example", "http://B.Example.:9000/{token}",
                          "http://%62.example/", "http://b%2Eexample/"})
    EXPECT_EQ(OwnHosts::host_of(url), "b.example") << url;
  EXPECT_EQ(OwnHosts::host_of("http://b%C3%BCcher.example./x"), "xn--bcher-kva.example");
  for (const char* none : {"myapp://b.example/", "no URL", ""})
    EXPECT_EQ(OwnHosts::host_of(none), "") << none;
}

TEST(BaseUrl, KeepsSchemeAndPortForOtherDomains) {
  EXPECT_EQ(base_url_of("https://go.example/s", ""), "https://go.example/s");
  EXPECT_EQ(base_url_of("https://go.example/s", "b.example"), "https://b.example");
  EXPECT_EQ(base_url_of("http://127.0.0.1:8080", "b.example"), "http://b.example:8080");
  EXPECT_EQ(base_url_of("http://[::1]", "b.example"), "http://b.example");
  EXPECT_EQ(base_url_of("http://[::1]:81/x:y", "b.example"), "http://b.example:81");
}

}  // namespace
}  // namespace tally
