// SPDX-License-Identifier: Apache-2.0
#include "links/link_edit_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "links/link_event_json.h"
#include "model/link_edit.h"

namespace tally {
namespace {

using testing::HasSubstr;

Link plain() {
  Link out;
  out.id = LinkId{7};
  out.prefix = "promo";
  out.destination = "https://example.com/";
  return out;
}

TEST(LinkEditJson, NamesWhatDiffers) {
  struct Row {
    const char* what;
    void (*change)(Link&);
    const char* changes;
  };
  for (const Row& row : {
           Row{"nothing", [](Link&) {}, "[]"},
           Row{"times of its own", [](Link& l) { l.created_at = l.updated_at = 5; }, "[]"},
           Row{"text", [](Link& l) { l.title = "\"x\""; },
               R"([{"field":"title","before":null,"after":"\"x\""}])"},
           Row{"a part of an object", [](Link& l) { l.ios.url = "app://x"; },
               R"([{"field":"ios","before":{"url":null,"store_url":null},)"
               R"("after":{"url":"app://x","store_url":null}}])"},
           Row{"two", [](Link& l) { l.enabled = false, l.tags = {"a", "b"}; },
               R"([{"field":"tags","before":[],"after":["a","b"]},)"
               R"({"field":"enabled","before":true,"after":false}])"},
           Row{"a time", [](Link& l) { l.expires_at = 1'800'000'000'000; },
               R"([{"field":"expires_at","before":null,"after":"2027-01-15T08:00:00.000Z"}])"},
           Row{"a password", [](Link& l) { l.password_hash = "$argon2id$secret"; },
               R"([{"field":"password","before":null,"after":"********"}])"},
       }) {
    const Link before = plain();
    Link after = before;
    row.change(after);
    EXPECT_EQ(link_changes(&before, &after), row.changes) << row.what;
  }
}

TEST(LinkEditJson, AnotherPasswordIsAChangeThatShowsNothing) {
  Link before = plain(), after = plain();
  before.password_hash = "$argon2id$one";
  after.password_hash = "$argon2id$two";
  EXPECT_EQ(link_changes(&before, &after),
            R"([{"field":"password","before":"********","after":"********"}])");
}

TEST(LinkEditJson, ANewLinkIsWhatItSaysAndADeletedOneLikewise) {
  const Link link = plain();
  EXPECT_EQ(link_changes(nullptr, &link),
            R"([{"field":"prefix","before":null,"after":"promo"},)"
            R"({"field":"destination","before":null,"after":"https://example.com/"}])");
  EXPECT_EQ(link_changes(&link, nullptr),
            R"([{"field":"prefix","before":"promo","after":null},)"
            R"({"field":"destination","before":"https://example.com/","after":null}])");
}

TEST(LinkEditJson, ValuesThatAreTooLongAreLeftOut) {
  const Link before = plain();
  Link after = before;
  Rule rule;
  rule.destination = "https://example.com/" + std::string(kMaxEditBytes, 'x');
  after.rules = {rule};
  after.enabled = false;
  EXPECT_EQ(link_changes(&before, &after),
            R"([{"field":"rules","before":null,"after":null,"too_long":true},)"
            R"({"field":"enabled","before":true,"after":false}])");
}

// A field that is added to Link and not to the list would never be in a history.
TEST(LinkEditJson, EveryFieldOfALinkIsInTheList) {
  Link full = plain();
  full.domain = full.token = full.title = full.campaign = full.channel = full.fallback_url =
      full.password_hash = "x";
  full.tags = {"x"};
  full.utm = {"x", "x", "x", "x", "x"};
  full.ios = full.android = {"x", "x"};
  full.rules = {Rule()};
  full.variants = {Variant()};
  full.open_graph = {"x", "x", "x"};
  full.click_limit = 1;
  full.status = 301;
  full.passthrough = full.append_click_id = full.landing = true;
  full.privacy = LinkPrivacy::do_not_record;
  full.enabled = false;
  full.starts_at = full.expires_at = 1;
  const std::string all = link_changes(nullptr, &full);
  for (const LinkField& field : link_fields())
    EXPECT_THAT(all, HasSubstr("\"field\":\"" + std::string(field.name) + "\"")) << field.name;
  EXPECT_EQ(link_fields().size(), 25u);
}

}  // namespace
}  // namespace tally
