// SPDX-License-Identifier: Apache-2.0
//
// The listener with a runner that only says what it was asked, and our own client on the other end.
#include "engine/http_face.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
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

// A face as guests have it, with little patience.
class GuestFaceTest : public testing::Test {
 protected:
  static constexpr std::size_t kAnswer = 8'000'000;

  void SetUp() override {
    HttpFace::Options options;
    options.max_unsent = 3 * kAnswer;
    options.knows = [](const EngineRequest& request) { return !request.field("X-Key").empty(); };
    options.patience = std::chrono::seconds(60);
    options.stranger_patience = options.stall = std::chrono::seconds(1);
    auto face = HttpFace::listen(
        "127.0.0.1:0",
        [](const EngineQuery& query) {
          EngineAnswer answer;
          answer.body.assign(query.sql == "LARGE" ? kAnswer : 10, 'x');
          return answer;
        },
        options);
    ASSERT_TRUE(face) << face.error().line();
    face_ = std::move(*face);
    thread_ = std::thread([this] { face_->serve(); });
    const std::string& address = face_->address();
    port_ = static_cast<unsigned short>(std::stoi(address.substr(address.rfind(':') + 1)));
  }
  void TearDown() override {
    ::kill(::getpid(), SIGTERM);
    if (thread_.joinable()) thread_.join();
  }

  // A connection on which `bytes` have been said.
  int connection(std::string_view bytes) {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int small = 4096;
    ::setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof(small));
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port_);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof(to)), 0);
    EXPECT_EQ(::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(bytes.size()));
    return fd;
  }

  // Reads to the end of the connection, and closes it.
  static std::string rest(int fd) {
    std::string out, piece(65536, '\0');
    for (ssize_t got = 0; (got = ::recv(fd, piece.data(), piece.size(), 0)) > 0;)
      out.append(piece, 0, static_cast<std::size_t>(got));
    ::close(fd);
    return out;
  }

  static std::string asking(std::string_view sql, std::string_view more) {
    return "POST / HTTP/1.1\r\nHost: x\r\n" + std::string(more) +
           "Content-Length: " + std::to_string(sql.size()) + "\r\n\r\n" + std::string(sql);
  }

  std::unique_ptr<HttpFace> face_;
  std::thread thread_;
  unsigned short port_ = 0;
};

TEST_F(GuestFaceTest, StrangersAreWaitedForBriefly) {
  EXPECT_EQ(rest(connection("")), "");
  EXPECT_EQ(rest(connection("POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nSEL")), "");
  const std::string answer = rest(connection(asking("SMALL", "")));
  EXPECT_TRUE(answer.contains("Connection: close") && answer.ends_with("xxxxxxxxxx")) << answer;
  // One who is known is not cut off by then.
  const int fd = connection(
      "POST / HTTP/1.1\r\nX-Key: 1\r\nConnection: close\r\n"
      "Content-Length: 5\r\n\r\nSM");
  EXPECT_EQ(rest(connection("")), "");
  EXPECT_EQ(rest(connection("")), "");
  EXPECT_EQ(::send(fd, "ALL", 3, MSG_NOSIGNAL), 3);
  EXPECT_TRUE(rest(fd).ends_with("xxxxxxxxxx"));
}

TEST_F(GuestFaceTest, UnreadAnswersAreFewAndDoNotStay) {
  const std::string large = asking("LARGE", "X-Key: 1\r\nConnection: close\r\n");
  std::vector<int> silent;
  for (int i = 0; i < 3; ++i) silent.push_back(connection(large));
  // Their answers have begun, so all three are held.
  for (const int fd : silent) {
    char byte = 0;
    EXPECT_EQ(::recv(fd, &byte, 1, MSG_PEEK), 1);
  }
  const std::string refused = rest(connection(large));
  EXPECT_TRUE(refused.starts_with("HTTP/1.1 503") && refused.contains("Code: 202. "))
      << refused.substr(0, 300);
  // The connections end without having been read, and there is room again.
  std::string answer;
  for (int tries = 0; answer.size() < kAnswer && tries < 200; ++tries) {
    ::usleep(50'000);
    answer = rest(connection(large));
  }
  EXPECT_GT(answer.size(), kAnswer);
  for (const int fd : silent) EXPECT_LT(rest(fd).size(), kAnswer);
}

}  // namespace
}  // namespace tally
