// SPDX-License-Identifier: Apache-2.0
#include "redirect/location.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

std::string made(std::string_view packed, const LocationParts& parts) {
  std::string out;
  append_location(packed, parts, out);
  return out;
}

TEST(Location, PlaceholdersAreFilledInEncoded) {
  struct Row {
    const char *packed, *token, *made;
  };
  const Row rows[] = {
      {"https://e.com/{token}", "abc", "https://e.com/abc"},
      {"https://e.com/{token}/x?q={token}#{token}", "a b", "https://e.com/a%20b/x?q=a%20b#a%20b"},
      {"https://e.com/?q={token}", "a&b=c#d?e/f", "https://e.com/?q=a%26b%3Dc%23d%3Fe%2Ff"},
      {"https://e.com/{token}", "\r\nX: y", "https://e.com/%0D%0AX%3A%20y"},
      {"https://e.com/{token}", "\xc3\xbc", "https://e.com/%C3%BC"},
      {"https://e.com/{token}", "%41", "https://e.com/%2541"},
      {"https://e.com/?c={click_id}", "", "https://e.com/?c=ID"},
      {"https://e.com/{other}", "", "https://e.com/%7Bother}"},
      {"https://e.com/", "x", "https://e.com/"},
  };
  for (const Row& row : rows)
    EXPECT_EQ(made(row.packed, {.token = row.token, .click_id = "ID"}), row.made) << row.packed;
}

TEST(Location, TheShortUrlsQueryIsTakenAlong) {
  SavedTags saved;
  saved.source = "news letter";
  saved.medium = "email";
  struct Row {
    const char *packed, *query, *made;
    bool saved = false;
  };
  const Row rows[] = {
      {"https://e.com/a", "", "https://e.com/a"},
      {"https://e.com/a", "x=1&y", "https://e.com/a?x=1&y"},
      {"https://e.com/a?b=c", "x=1", "https://e.com/a?b=c&x=1"},
      {"https://e.com/a?b=c#top", "x=1", "https://e.com/a?b=c&x=1#top"},
      {"https://e.com/a#top", "x=1", "https://e.com/a?x=1#top"},
      {"https://e.com/a#?no", "x=1", "https://e.com/a?x=1#?no"},
      // What is ours stays here.
      {"https://e.com/a", "qr=1&src=flyer&x=1", "https://e.com/a?x=1"},
      {"https://e.com/a", "SRC=flyer", "https://e.com/a"},
      {"https://e.com/a", "qr=2", "https://e.com/a?qr=2"},
      // UTM: the short URL, then the destination, then what the link saves.
      {"https://e.com/a?utm_source=old&b=c", "utm_source=new",
       "https://e.com/a?b=c&utm_source=new"},
      {"https://e.com/a?utm_source=old", "utm_source=", "https://e.com/a?utm_source=old"},
      {"https://e.com/a?utm_source=old", "utm_medium=m",
       "https://e.com/a?utm_source=old&utm_medium=m"},
      {"https://e.com/a?UTM_Source=old", "utm_source=new", "https://e.com/a?utm_source=new"},
      {"https://e.com/a", "x=1", "https://e.com/a?x=1&utm_source=news%20letter&utm_medium=email",
       true},
      {"https://e.com/a?utm_source=own", "utm_medium=m",
       "https://e.com/a?utm_source=own&utm_medium=m", true},
      // Other names that both have are both sent.
      {"https://e.com/a?id=1", "id=2", "https://e.com/a?id=1&id=2"},
      // Whatever came is fit for a header.
      {"https://e.com/a", "x=<\"a\">&y=%zz&z=%41", "https://e.com/a?x=%3C%22a%22%3E&y=%25zz&z=%41"},
      {"https://e.com/a", "x={click_id}", "https://e.com/a?x=%7Bclick_id%7D"},
      {"https://e.com/a?", "&&x=1&", "https://e.com/a?x=1"},
  };
  for (const Row& row : rows) {
    const LocationParts parts{.click_id = "ID",
                              .passthrough = true,
                              .query = row.query,
                              .saved = row.saved ? saved : SavedTags{}};
    EXPECT_EQ(made(row.packed, parts), row.made) << row.packed << " " << row.query;
  }
}

TEST(Location, TheClickIdIsAppendedOnceAndNobodyElsesIsLeft) {
  LocationParts parts{.click_id = "ID", .append_click_id = true, .query = "x=1"};
  EXPECT_EQ(made("https://e.com/", parts), "https://e.com/?tm_cid=ID");
  EXPECT_EQ(made("https://e.com/?a=b#c", parts), "https://e.com/?a=b&tm_cid=ID#c");
  EXPECT_EQ(made("https://e.com/?tm_cid=FAKE", parts), "https://e.com/?tm_cid=ID");
  parts.passthrough = true;
  parts.query = "tm_cid=FAKE&x=1";
  EXPECT_EQ(made("https://e.com/", parts), "https://e.com/?x=1&tm_cid=ID");
  parts.click_id = "";
  EXPECT_EQ(made("https://e.com/", parts), "https://e.com/?x=1");
}

TEST(Location, AppSchemesAreTold) {
  EXPECT_TRUE(is_web_location("https://e.com/"));
  EXPECT_TRUE(is_web_location("http://e.com/"));
  EXPECT_FALSE(is_web_location("myapp://e.com/"));
  EXPECT_FALSE(is_web_location("httpsx://e.com/"));
}

}  // namespace
}  // namespace tally
