// SPDX-License-Identifier: Apache-2.0
//
// What may be erased, and how long clicks are kept; that it happens is tested with the real thing.
#include <gmock/gmock.h>

#include "api/api_fixture.h"

namespace tally {
namespace {

using testing::HasSubstr;

class EraseApiTest : public ApiFixture {};

TEST_F(EraseApiTest, AJobWaitsAndIsSeenByItsWorkspace) {
  const Response begun = ask("POST", "/api/v1/erase", R"({"link":"lnk_7"})");
  EXPECT_EQ(begun.status, 202) << begun.body;
  EXPECT_THAT(begun.body,
              HasSubstr(R"("id":"ers_1","state":"waiting","of":"link","link":"lnk_7")"));
  EXPECT_THAT(begun.body,
              HasSubstr(R"("from":"1970-01-01T00:00:00.000Z","to":"2027-01-15T08:00:00.000Z")"));
  const Response visitor =
      ask("POST", "/api/v1/erase", R"({"visitor":{"ip":"192.0.2.1","user_agent":""}})");
  EXPECT_EQ(visitor.status, 202) << visitor.body;
  EXPECT_THAT(visitor.body, HasSubstr(R"("of":"visitor","link":null)"));
  EXPECT_EQ(eraser_->find(workspace_, EraseId{2})->what.visitors,
            (std::vector<std::uint64_t>{5, 6}));
  EXPECT_EQ(ask("GET", "/api/v1/erase/ers_1").body, begun.body);
  EXPECT_EQ(ask("GET", "/api/v1/erase/ers_3").status, 404);
  EXPECT_EQ(json(ask("GET", "/api/v1/erase")).at("data").as_array().size(), 2u);
  EXPECT_EQ(
      as(key(Scope::links_write), request("POST", "/api/v1/erase", R"({"link":"lnk_7"})")).status,
      403);
}

TEST_F(EraseApiTest, WhatIsNotClearIsRefused) {
  struct Row {
    const char* body;
    int status;
    const char* code;
    const char* field;
  };
  for (const Row& row : {
           Row{"{}", 422, "bad_value", "link"},
           {R"({"link":null,"visitor":null})", 422, "bad_value", "link"},
           {R"({"link":"lnk_7","visitor":{"ip":"192.0.2.1","user_agent":""}})", 422, "bad_value",
            "link"},
           {R"({"link":"dom_7"})", 422, "bad_value", "link"},
           {R"({"link":"lnk_7","from":"2027-01-02T00:00:00Z","to":"2027-01-01T00:00:00Z"})", 422,
            "bad_range", "to"},
           {R"({"visitor":{}})", 422, "bad_value", "visitor.click_id"},
           {R"({"visitor":{"ip":"192.0.2.1"}})", 422, "bad_value", "visitor.click_id"},
           {R"({"visitor":{"click_id":"x","ip":"192.0.2.1","user_agent":""}})", 422, "bad_value",
            "visitor.click_id"},
           {R"({"visitor":{"click_id":"x"}})", 422, "bad_value", "visitor.click_id"},
           {R"({"visitor":{"ip":"here","user_agent":"x"}})", 422, "bad_value", "visitor.ip"},
           {R"({"visitor":{"ip":"192.0.2.1","user_agent":"x","name":"y"}})", 422, "unknown_field",
            "visitor.name"},
           {R"([])", 422, "wrong_type", ""},
       }) {
    const Response answer = ask("POST", "/api/v1/erase", row.body);
    EXPECT_EQ(answer.status, row.status) << row.body << answer.body;
    EXPECT_EQ(code(answer), row.code) << row.body << answer.body;
    EXPECT_EQ(text(json(answer), "field"), row.field) << row.body << answer.body;
  }
  stored_ = false;
  const std::string id = api_->click_ids.encode({1, 2, 3, 4});
  EXPECT_EQ(ask("POST", "/api/v1/erase", R"({"visitor":{"click_id":")" + id + "\"}}").status, 503);
  EXPECT_TRUE(eraser_->jobs(workspace_).empty());
}

TEST_F(EraseApiTest, RetentionIsASetting) {
  const std::string settings = "/api/v1/settings";
  EXPECT_THAT(ask("GET", settings).body, HasSubstr(R"("retention_days":null)"));
  EXPECT_THAT(ask("PATCH", settings, R"({"retention_days":1})").body,
              HasSubstr(R"("retention_days":1)"));
  EXPECT_EQ(accounts_->workspace(workspace_)->retention_days, 1u);
  EXPECT_THAT(ask("PATCH", settings, R"({"name":"x"})").body, HasSubstr(R"("retention_days":1)"));
  for (const char* days : {"0", "36526", "-1", "1.5", "\"1\""}) {
    const Response answer =
        ask("PATCH", settings, R"({"retention_days":)" + std::string(days) + "}");
    EXPECT_EQ(answer.status, 422) << days << answer.body;
    EXPECT_EQ(text(json(answer), "field"), "retention_days") << days;
  }
  EXPECT_THAT(ask("PATCH", settings, R"({"retention_days":null})").body,
              HasSubstr(R"("retention_days":null)"));
}

}  // namespace
}  // namespace tally
