// SPDX-License-Identifier: Apache-2.0
#include "redirect/beacon.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

TEST(Beacon, ReadsTheOneForm) {
  for (const char* body : {R"({"click_id":"ABC123","screen_w":1080,"screen_h":2340,"dpr":2.5})",
                           " {\r\n\t\"dpr\" : 2.5 , \"screen_h\":2340,\"screen_w\":1080 "
                           ",\"click_id\":\"ABC123\" } "}) {
    const auto report = parse_beacon(body);
    ASSERT_TRUE(report) << body;
    EXPECT_EQ(report->click_id, "ABC123");
    EXPECT_EQ(report->screen_w, 1080);
    EXPECT_EQ(report->screen_h, 2340);
    EXPECT_FLOAT_EQ(report->dpr, 2.5F);
  }
}

TEST(Beacon, TheBoundsAreInside) {
  const auto least = parse_beacon(R"({"click_id":"A","screen_w":1,"screen_h":1,"dpr":0.1})");
  ASSERT_TRUE(least);
  EXPECT_FLOAT_EQ(least->dpr, 0.1F);
  const auto most = parse_beacon(R"({"click_id":"A","screen_w":20000,"screen_h":20000,"dpr":20})");
  ASSERT_TRUE(most);
  EXPECT_EQ(most->screen_w, 20'000);
}

TEST(Beacon, RefusesEverythingElse) {
  for (const char* body : {
           "",
           "{}",
           "[]",
           "null",
           R"({"click_id":"A","screen_w":1,"screen_h":1})",
           R"({"click_id":"A","screen_w":1,"screen_h":1,"dpr":1,})",
           R"({"click_id":"A","screen_w":1,"screen_h":1,"dpr":1}x)",
           R"({"click_id":"A","screen_w":1,"screen_h":1,"dpr":1)",
           R"({"click_id":"A","screen_w":1,"screen_h":1,"dpr":1,"x":1})",
           R"({"click_id":"A","click_id":"A","screen_w":1,"screen_h":1,"dpr":1})",
           R"({"click_id":"A","screen_w":0,"screen_h":1,"dpr":1})",
           R"({"click_id":"A","screen_w":-1,"screen_h":1,"dpr":1})",
           R"({"click_id":"A","screen_w":20001,"screen_h":1,"dpr":1})",
           R"({"click_id":"A","screen_w":1,"screen_h":99999999999999999999,"dpr":1})",
           R"({"click_id":"A","screen_w":1.5,"screen_h":1,"dpr":1})",
           R"({"click_id":"A","screen_w":1e3,"screen_h":1,"dpr":1})",
           R"({"click_id":"A","screen_w":"1","screen_h":1,"dpr":1})",
           R"({"click_id":"A","screen_w":1,"screen_h":1,"dpr":0})",
           R"({"click_id":"A","screen_w":1,"screen_h":1,"dpr":20.1})",
           R"({"click_id":"A","screen_w":1,"screen_h":1,"dpr":0.09})",
           R"({"click_id":"A","screen_w":1,"screen_h":1,"dpr":.5})",
           R"({"click_id":"A","screen_w":1,"screen_h":1,"dpr":1.2.3})",
           R"({"click_id":"","screen_w":1,"screen_h":1,"dpr":1})",
           R"({"click_id":"\u0041","screen_w":1,"screen_h":1,"dpr":1})",
           R"({"click_id":"A<script>","screen_w":1,"screen_h":1,"dpr":1})",
       }) {
    EXPECT_FALSE(parse_beacon(body)) << body;
  }
}

}  // namespace
}  // namespace tally
