// SPDX-License-Identifier: Apache-2.0
//
// Who changed what of a link, as it is answered.
#include <gmock/gmock.h>

#include "api/api_fixture.h"

namespace tally {
namespace {

using testing::HasSubstr;
using testing::Not;

class LinkHistoryApiTest : public ApiFixture {
 protected:
  std::string made(const char* body) {
    return text(json(ask("POST", "/api/v1/links", body)), "id");
  }
  Response history(const std::string& id, const std::string& query = {}) {
    return ask("GET", "/api/v1/links/" + id + "/history" + query);
  }
};

TEST_F(LinkHistoryApiTest, SaysWhoChangedWhat) {
  const std::string id = made(R"({"prefix":"a","destination":"https://example.com/"})");
  const std::string link = "/api/v1/links/" + id;
  clock_.advance(1000);
  const auto writer = accounts_->create_key(workspace_, "writer", Scopes::of(Scope::links_write));
  ASSERT_EQ(as(writer->secret, request("PATCH", link, R"({"title":"T","password":"fern"})")).status,
            200);
  ASSERT_TRUE(accounts_->revoke_key(workspace_, writer->key.id));
  const std::string updated =
      R"({"id":"edt_2","time":"2027-01-15T08:00:01.000Z","kind":"updated",)"
      R"("by":{"kind":"key","id":")" +
      writer->key.id.text() +
      R"(","name":"writer"},"changes":[{"field":"title","before":null,"after":"T"},)"
      R"({"field":"password","before":null,"after":"********"}]})";
  EXPECT_THAT(history(id).body, HasSubstr(R"({"data":[)" + updated + R"(,{"id":"edt_1",)"))
      << "the key is gone, its name stays";
  ASSERT_EQ(ask("DELETE", link).status, 204);
  const Response gone = history(id);
  EXPECT_EQ(gone.status, 200) << gone.body;
  EXPECT_THAT(gone.body, HasSubstr(R"("id":"edt_3","time":"2027-01-15T08:00:01.000Z",)"
                                   R"("kind":"deleted","by":{"kind":"key",)"));
  EXPECT_THAT(gone.body, HasSubstr(updated));
  EXPECT_THAT(gone.body, Not(HasSubstr("argon2id")));
  EXPECT_THAT(gone.body, HasSubstr(R"("next_cursor":null)"));
}

TEST_F(LinkHistoryApiTest, PeopleAreNamedByTheirAddress) {
  const auto user = accounts_->create_first_admin(accounts_->new_setup_token().value(),
                                                  "ada@example.com", "long enough");
  Request post = request("POST", "/api/v1/links/bulk",
                         R"({"links":[{"prefix":"a","destination":"https://example.com/"}]})");
  post.fields.push_back(
      {"Cookie", "tallymark_session=" + accounts_->start_session(user->id).value()});
  const Response answer = dispatcher_->answer(post);
  ASSERT_EQ(answer.status, 201) << answer.body;
  const std::string id = text(json(answer).at("data").as_array().at(0), "id");
  EXPECT_THAT(history(id).body,
              HasSubstr(R"("by":{"kind":"user","id":"usr_1","name":"ada@example.com"})"));
  const auto reader = accounts_->create_key(workspace_, "reader", Scopes::of(Scope::links_read));
  const Response read = as(reader->secret, request("GET", "/api/v1/links/" + id + "/history", {}));
  EXPECT_THAT(read.body, HasSubstr(R"("by":{"kind":"user","id":"usr_1","name":null})"));
}

TEST_F(LinkHistoryApiTest, Pages) {
  const std::string id = made(R"({"prefix":"a","destination":"https://example.com/"})");
  ASSERT_EQ(ask("PATCH", "/api/v1/links/" + id, R"({"enabled":false})").status, 200);
  const Response first = history(id, "?limit=1");
  EXPECT_THAT(first.body, HasSubstr(R"("next_cursor":"edt_2")"));
  const Response second = history(id, "?limit=1&cursor=edt_2");
  EXPECT_THAT(second.body, HasSubstr(R"({"data":[{"id":"edt_1",)"));
  EXPECT_THAT(second.body, HasSubstr(R"("next_cursor":null)"));
}

TEST_F(LinkHistoryApiTest, WhatIsNotClearIsRefused) {
  const std::string id = made(R"({"prefix":"a","destination":"https://example.com/"})");
  struct Row {
    std::string id;
    const char* query;
    int status;
    const char* code;
    const char* field;
  };
  for (const Row& row : {
           Row{"lnk_99", "", 404, "not_found", ""},
           Row{"a", "", 404, "not_found", ""},
           Row{id, "?limit=0", 400, "bad_value", "limit"},
           Row{id, "?limit=201", 400, "bad_value", "limit"},
           Row{id, "?cursor=lnk_1", 400, "bad_cursor", "cursor"},
           Row{id, "?page=2", 400, "unknown_parameter", "page"},
       }) {
    const Response answer = history(row.id, row.query);
    EXPECT_EQ(answer.status, row.status) << row.id << row.query << answer.body;
    EXPECT_EQ(code(answer), row.code) << row.id << row.query;
    EXPECT_EQ(text(json(answer), "field"), row.field) << row.id << row.query;
  }
  EXPECT_EQ(as(key(Scope::stats_read), request("GET", "/api/v1/links/" + id + "/history")).status,
            403);
}

}  // namespace
}  // namespace tally
