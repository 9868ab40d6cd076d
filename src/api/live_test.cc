// SPDX-License-Identifier: Apache-2.0
#include <thread>

#include "api/api_fixture.h"
#include "clicklog/test_batch.h"

namespace tally {
namespace {

using LiveTest = ApiFixture;

TEST_F(LiveTest, OpensAStream) {
  const Response answer = ask("GET", "/api/v1/live?traffic=all&country=DE");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(field(answer, "Content-Type"), "text/event-stream");
  EXPECT_EQ(answer.body, "retry: 2000\n\n");
  ASSERT_TRUE(answer.pushed);
  EXPECT_EQ(live_.streams(), 1u);
}

TEST_F(LiveTest, RefusesWhatItDoesNotUnderstandByName) {
  struct Row {
    const char* query;
    const char* field;
    const char* code;
  };
  for (const Row& row :
       {Row{"range=7d", "range", "unknown_parameter"}, Row{"tz=UTC", "tz", "unknown_parameter"},
        Row{"limit=5", "limit", "unknown_parameter"}, Row{"traffic=dog", "traffic", "bad_value"},
        Row{"link=7", "link", "bad_value"}, Row{"first=yes", "first", "bad_value"}}) {
    const Response answer = ask("GET", std::string("/api/v1/live?") + row.query);
    EXPECT_EQ(answer.status, 400) << row.query;
    EXPECT_EQ(text(json(answer), "field"), row.field) << row.query;
    EXPECT_EQ(code(answer), row.code) << row.query;
  }
  Request back = request("GET", "/api/v1/live");
  back.fields.push_back({"Last-Event-ID", "yesterday"});
  const Response answer = as(key(Scope::stats_read), back);
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(text(json(answer), "field"), "Last-Event-ID");
}

TEST_F(LiveTest, EndsAfterAWhileSoThatKeysThatWereTakenBackDoNotReadOn) {
  std::filesystem::create_directories(folder_ / "log");
  ASSERT_TRUE(log_.open([](const std::string&) {}));
  live_.start();
  const Response answer = ask("GET", "/api/v1/live");
  ASSERT_TRUE(answer.pushed);
  clock_.advance(15 * kMillisPerMinute);
  Click click;
  click.workspace = workspace_;
  ASSERT_TRUE(log_.append(batch_of(std::span(&click, 1))));
  log_.publish_through(clock_.now_ms());
  std::string rest;
  for (int i = 0; i < 1'000 && answer.pushed->is_open(); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_EQ(answer.pushed->take(rest), PushedBody::State::finished);
  EXPECT_EQ(rest, "");
}

}  // namespace
}  // namespace tally
