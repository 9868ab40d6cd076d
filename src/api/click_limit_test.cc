// SPDX-License-Identifier: Apache-2.0
//
// A limit that comes later asks the click store first. What the store says is tested on the whole
// program (tests/system/limits.test.mjs); here it is what happens when it cannot be asked.
#include "api/api_fixture.h"

namespace tally {
namespace {

class ClickLimitTest : public ApiFixture {
 protected:
  ClickLimitTest() {
    Link link;
    link.workspace = workspace_;
    link.prefix = "p";
    link.destination = "https://example.com/";
    id_ = links_->create(link)->id;
  }
  Response patch(std::string body) {
    return ask("PATCH", "/api/v1/links/" + id_.text(), std::move(body));
  }
  std::optional<std::uint64_t> limit() { return links_->get(workspace_, id_)->click_limit; }

  LinkId id_;
};

TEST_F(ClickLimitTest, IsNotSetWhileClicksAreNotStored) {
  stored_ = false;
  parts_ = {{"journal", "ok", "fine"},
            {"clicks", "down", "no route to the store"},
            {"geo", "degraded", "fine too"}};
  const Response refused = patch(R"({"click_limit":5,"title":"New"})");
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(code(refused), "unavailable");
  const std::string detail = text(json(refused), "detail");
  EXPECT_TRUE(detail.contains("clicks: no route to the store")) << detail;
  EXPECT_FALSE(detail.contains("fine")) << detail;
  EXPECT_EQ(links_->get(workspace_, id_)->title, "");
}

TEST_F(ClickLimitTest, IsNotSetWhenTheStoreDoesNotAnswer) {
  EXPECT_EQ(patch(R"({"click_limit":5})").status, 503);
  EXPECT_EQ(limit(), std::nullopt);
}

TEST_F(ClickLimitTest, NobodyIsAskedForWhatNeedsNoCount) {
  stored_ = false;
  EXPECT_EQ(patch(R"({"title":"New"})").status, 200);
  EXPECT_EQ(patch(R"({"click_limit":null})").status, 200);
  EXPECT_EQ(patch(R"({"click_limit":0})").status, 422);
  Link limited = *links_->get(workspace_, id_);
  limited.click_limit = 3;
  ASSERT_TRUE(links_->update(limited));
  EXPECT_EQ(patch(R"({"click_limit":5})").status, 200);
  EXPECT_EQ(limit(), 5u);
  EXPECT_EQ(patch(R"({"click_limit":null})").status, 200);
  EXPECT_EQ(limit(), std::nullopt);
}

}  // namespace
}  // namespace tally
