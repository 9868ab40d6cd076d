// SPDX-License-Identifier: Apache-2.0
//
// The listener with a runner that only says what it was asked, and our own client on the other end.
#include "engine/http_face.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <thread>

#include "http/client.h"
#include "http/pulled_body.h"

namespace tally {
namespace {

std::shared_ptr<ScratchFile> scratch_file(std::size_t size) {
  std::FILE* file = std::tmpfile();
  const std::string bytes(size, 'f');
  std::fwrite(bytes.data(), 1, bytes.size(), file);
  std::fflush(file);
  const int fd = ::dup(::fileno(file));
  std::fclose(file);
  ::lseek(fd, 0, SEEK_SET);
  return std::make_shared<ScratchFile>(fd);
}

class HttpFaceTest : public testing::Test {
 protected:
  void SetUp() override {
    auto face = HttpFace::listen("127.0.0.1:0", [this](const EngineQuery& query) {
      ++calls_;
      if (query.sql == "FAIL") return exception_answer(62, "Syntax error");
      EngineAnswer answer;
      if (query.sql == "FILE") {
        answer.file = scratch_file(5'000'000);
        answer.format = "Parquet";
        return answer;
      }
      answer.body = query.sql + "|" + std::string(query.data);
      answer.format = query.format;
      return answer;
    });
    ASSERT_TRUE(face) << face.error().line();
    face_ = std::move(*face);
    thread_ = std::thread([this] { face_->serve(); });
  }
  void TearDown() override {
    // The listener ends as in the real process: by a signal, which its own handler takes.
    ::kill(::getpid(), SIGTERM);
    if (thread_.joinable()) thread_.join();
  }
  Result<HttpResponse> send(std::string method, std::string target, std::string_view body = {}) {
    HttpRequest request;
    request.method = std::move(method);
    request.url = "http://" + face_->address() + target;
    request.body = body;
    return client_.request(request);
  }

  std::atomic<int> calls_ = 0;
  HttpClient client_;
  std::unique_ptr<HttpFace> face_;
  std::thread thread_;
};

TEST_F(HttpFaceTest, AnswersQueriesAndPings) {
  const auto ping = send("GET", "/ping");
  ASSERT_TRUE(ping) << ping.error().line();
  EXPECT_EQ(ping->body, "Ok.\n");
  EXPECT_EQ(send("GET", "/?query=SELECT+1")->body, "SELECT 1|");
  EXPECT_EQ(send("POST", "/", "SELECT 2")->body, "SELECT 2|");
  const std::string data("\0\x01\xff", 3);
  EXPECT_EQ(send("POST", "/?query=INSERT+INTO+t+FORMAT+RowBinary", data)->body,
            "INSERT INTO t FORMAT RowBinary|" + data);
}

TEST_F(HttpFaceTest, LargeBodiesArrive) {
  const std::string large(5'000'000, 'x');
  const auto answer = send("POST", "/", large);
  ASSERT_TRUE(answer) << answer.error().line();
  EXPECT_EQ(answer->body, large + "|");
}

TEST_F(HttpFaceTest, FilesAreSentWhole) {
  for (int i = 0; i < 3; ++i) {
    const auto answer = send("POST", "/", "FILE");
    ASSERT_TRUE(answer) << answer.error().line();
    EXPECT_EQ(answer->body, std::string(5'000'000, 'f'));
    EXPECT_EQ(answer->header("content-type"), "application/octet-stream");
  }
  EXPECT_EQ(send("POST", "/", "SELECT 2")->body, "SELECT 2|");
}

TEST_F(HttpFaceTest, ABodyIsPulledAtTheReadersPace) {
  const auto start = [this](const std::string& sql) {
    HttpRequest request;
    request.method = "POST";
    request.url = "http://" + face_->address() + "/";
    return std::make_unique<PulledBody>(client_, request, sql, [](const HttpResponse& response) {
      return Error{ErrorCode::internal, response.body, {}, {}, {}};
    });
  };
  const auto whole = start("FILE");
  std::string body;
  for (;;) {
    std::string chunk;
    const auto more = whole->next(chunk);
    ASSERT_TRUE(more) << more.error().line();
    EXPECT_LT(chunk.size(), 2'000'000u);
    body += chunk;
    if (!*more) break;
  }
  EXPECT_EQ(body, std::string(5'000'000, 'f'));
  std::string part;
  EXPECT_EQ(start("FAIL")->next(part).error().message, "Code: 62. DB::Exception: Syntax error\n");
  EXPECT_EQ(part, "");
  // Nobody takes the rest.
  ASSERT_TRUE(start("FILE")->next(part));
}

TEST_F(HttpFaceTest, ErrorsLookLikeClickHouse) {
  const auto failed = send("POST", "/", "FAIL");
  ASSERT_TRUE(failed);
  EXPECT_EQ(failed->status, 400);
  EXPECT_EQ(failed->header("x-clickhouse-exception-code"), "62");
  EXPECT_EQ(failed->body, "Code: 62. DB::Exception: Syntax error\n");
  EXPECT_EQ(send("PUT", "/", "x")->status, 405);
  EXPECT_EQ(send("GET", "/other")->status, 404);
  EXPECT_EQ(send("POST", "/?compress=1", "SELECT 1")->status, 400);
  EXPECT_EQ(calls_, 1);
}

TEST_F(HttpFaceTest, ManyAtOnce) {
  std::vector<std::jthread> threads;
  std::atomic<int> wrong = 0;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      for (int k = 0; k < 50; ++k) {
        const std::string sql = "SELECT " + std::to_string(i * 1'000 + k);
        const auto answer = send("POST", "/", sql);
        if (!answer || answer->body != sql + "|") ++wrong;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(wrong, 0);
}

TEST_F(HttpFaceTest, ClientHoldsItsLimits) {
  HttpRequest request;
  request.method = "POST";
  request.url = "http://" + face_->address() + "/";
  const std::string large(100'000, 'x');
  request.body = large;
  request.max_response_bytes = 1'000;
  EXPECT_EQ(client_.request(request).error().code, ErrorCode::too_large);
  request.url = "ftp://" + face_->address() + "/";
  EXPECT_EQ(client_.request(request).error().code, ErrorCode::invalid);
  request.url = "http://127.0.0.1:1/";
  EXPECT_EQ(client_.request(request).error().code, ErrorCode::unavailable);
  request.headers = {{"X-Evil", "a\r\nb: c"}};
  EXPECT_EQ(client_.request(request).error().code, ErrorCode::invalid);
}

TEST(HttpFaceAddressTest, RefusesWhatItCannotBind) {
  const auto runner = [](const EngineQuery&) { return EngineAnswer{}; };
  for (const char* address : {"", "unix:", "localhost", "127.0.0.1", "127.0.0.1:x",
                              "127.0.0.1:70000", "unix:/nonexistent/folder/x.sock"})
    EXPECT_FALSE(HttpFace::listen(address, runner)) << address;
  EXPECT_FALSE(HttpFace::listen("unix:/" + std::string(120, 'x'), runner));
}

}  // namespace
}  // namespace tally
