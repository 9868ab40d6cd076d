// SPDX-License-Identifier: Apache-2.0
// The API over a real socket, end to end.
#include "api/server.h"

#include <gmock/gmock.h>

#include <thread>

#include "api/api_fixture.h"

namespace tally {
namespace {

using testing::HasSubstr;

class ServerTest : public ApiFixture {
 protected:
  void SetUp() override {
    server_ = std::move(ApiServer::listen({"127.0.0.1", 0, 4}, deps()).value());
    server_->start();
    admin_ = key(Scope::admin);
  }

  HttpResponse send(std::string method, const std::string& target, const std::string& body = {}) {
    HttpRequest out;
    out.method = std::move(method);
    out.url = "http://127.0.0.1:" + std::to_string(server_->port()) + target;
    out.headers = {{"Authorization", "Bearer " + admin_}, {"Content-Type", "application/json"}};
    out.body = body;
    return client_.request(out).value();
  }

  std::unique_ptr<ApiServer> server_;
};

TEST_F(ServerTest, AnswersOverTheNetwork) {
  const HttpResponse made =
      send("POST", "/api/v1/links", R"({"destination":"https://a.example/","prefix":"p"})");
  EXPECT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(std::string(made.header("location")).substr(0, 17), "/api/v1/links/lnk");
  EXPECT_EQ(made.header("server"), "");
  EXPECT_EQ(made.header("x-request-id").size(), 12u);
  EXPECT_THAT(send("GET", "/api/v1/links").body, HasSubstr(R"("prefix":"p")"));
}

TEST_F(ServerTest, AProblemCarriesTheIdOfTheAnswer) {
  const HttpResponse answer = send("GET", "/nothing");
  EXPECT_EQ(answer.status, 404);
  EXPECT_THAT(answer.body,
              HasSubstr(R"("request_id":")" + std::string(answer.header("x-request-id"))));
}

TEST_F(ServerTest, ManyThreadsAtOnce) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([this] {
      for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(send("POST", "/api/v1/links", R"({"destination":"https://a.example/"})").status,
                  201);
        EXPECT_EQ(send("GET", "/api/v1/links?limit=5").status, 200);
      }
    });
  for (std::thread& thread : threads) thread.join();
  std::size_t count = 0;
  ASSERT_TRUE(links_->read_all([&](const Link&) { ++count; }));
  EXPECT_EQ(count, 160u);
}

TEST_F(ServerTest, PatchesAtOnceLoseNothing) {
  send("POST", "/api/v1/links", R"({"destination":"https://a.example/","prefix":"p"})");
  std::thread titles([this] {
    for (int i = 0; i < 30; ++i) send("PATCH", "/api/v1/links/lnk_1", R"({"title":"set"})");
  });
  for (int i = 0; i < 30; ++i) send("PATCH", "/api/v1/links/lnk_1", R"({"campaign":"set"})");
  titles.join();
  const Link link = links_->get(workspace_, LinkId{1}).value();
  EXPECT_EQ(link.title, "set");
  EXPECT_EQ(link.campaign, "set");
}

TEST_F(ServerTest, ATakenPortIsOneLine) {
  const auto second = ApiServer::listen({"127.0.0.1", server_->port(), 1}, deps());
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error().line(), HasSubstr("Address already in use"));
}

}  // namespace
}  // namespace tally
