// SPDX-License-Identifier: Apache-2.0
#include "model/link.h"

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
      {"https://example.com/a b", ""},
      {"", "required"},
      {"example.com", "bad_url"},
      {"//example.com", "bad_url"},
      {"javascript:alert(1)", "bad_scheme"},
      {"ftp://example.com/", "bad_scheme"},
      {"data:text/html,x", "bad_scheme"},
      {"https://\xe2\x80\x8b.example/", "bad_host"},
      {"https://exa%20mple.com/", "bad_host"},
      {"https://", "no_host"},
      {"https:///path", "no_host"},
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

TEST(Slugs, PrefixAndToken) {
  for (const char* good : {"a", "promo", "A-b_9", "X7"}) EXPECT_TRUE(validate_prefix(good)) << good;
  for (const char* bad : {"", "_t", "robots.txt", "favicon.ico", ".well-known", "a b", "a/b", "a+"})
    EXPECT_FALSE(validate_prefix(bad)) << bad;
  EXPECT_FALSE(validate_prefix(std::string(65, 'a')));
  for (const char* good : {"", "summer-sale", "gr\xc3\xbc\xc3\x9f", "a b", "%41"})
    EXPECT_TRUE(validate_token(good)) << good;
  for (const char* bad : {"a/b", "\n", "\xff", ".", ".."}) EXPECT_FALSE(validate_token(bad)) << bad;
}

TEST(Location, IsPercentEncodedOnce) {
  EXPECT_EQ(encode_location("https://e.com/a b"), "https://e.com/a%20b");
  EXPECT_EQ(encode_location("https://e.com/a%20b"), "https://e.com/a%20b");
  EXPECT_EQ(encode_location("https://e.com/100%"), "https://e.com/100%25");
  EXPECT_EQ(encode_location("https://e.com/gr\xc3\xbc"), "https://e.com/gr%C3%BC");
  EXPECT_EQ(encode_location("https://b\xc3\xbc"
                            "cher.example:81/\xc3\xbc"),
            "https://xn--bcher-kva.example:81/%C3%BC");
  EXPECT_EQ(encode_location("HTTPS://E.com/Path"), "https://e.com/Path");
  EXPECT_EQ(encode_location("https://e.com/\"<>"), "https://e.com/%22%3C%3E");
}

TEST(Link, ShortPathEncodesTheToken) {
  Link link;
  link.prefix = "promo";
  EXPECT_EQ(short_path(link), "/promo");
  link.token = "a b?";
  EXPECT_EQ(short_path(link), "/promo/a%20b%3F");
}

TEST(Link, FirstBrokenRuleIsNamed) {
  Link link;
  link.prefix = "promo";
  link.destination = "https://example.com/";
  EXPECT_TRUE(validate(link));
  Link early = link;
  early.starts_at = 2000;
  early.expires_at = 1000;
  EXPECT_EQ(validate(early).error().field, "expires_at");
  Link tagged = link;
  tagged.tags = {"ok", ""};
  EXPECT_EQ(validate(tagged).error().field, "tags");
  Link labelled = link;
  labelled.utm.term = "a\nb";
  EXPECT_EQ(validate(labelled).error().field, "utm.term");
}

TEST(Ids, HaveOneSpelling) {
  EXPECT_EQ(LinkId{42}.text(), "lnk_42");
  EXPECT_EQ(LinkId::parse("lnk_42"), LinkId{42});
  for (const char* bad :
       {"", "42", "lnk_", "lnk_0", "lnk_042", "key_42", "lnk_42x", "lnk_99999999999999999999"})
    EXPECT_FALSE(LinkId::parse(bad)) << bad;
}

}  // namespace
}  // namespace tally
