// SPDX-License-Identifier: Apache-2.0
// HttpServer over real sockets on the loopback, driven byte by byte.
#include "http/server.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <stdexcept>
#include <thread>

namespace tally {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class Client {
 public:
  explicit Client(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    timeval patience{5, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    connected_ = ::connect(fd_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0;
  }
  ~Client() { ::close(fd_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  bool connected() const { return connected_; }
  void send(std::string_view bytes) { ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL); }
  // Everything until the server closes.
  std::string read_all() {
    std::string out;
    char piece[4096];
    ssize_t n = 0;
    while ((n = ::recv(fd_, piece, sizeof piece, 0)) > 0) out.append(piece, n);
    reset_ = n < 0 && errno == ECONNRESET;
    return out;
  }
  // Whether read_all() ended so.
  bool was_reset() const { return reset_; }
  std::string read_until(std::string_view end) {
    std::string out;
    char c = 0;
    while (!out.ends_with(end) && ::recv(fd_, &c, 1, 0) == 1) out.push_back(c);
    return out;
  }

 private:
  int fd_;
  bool connected_ = false;
  bool reset_ = false;
};

class HttpServerTest : public testing::Test {
 protected:
  void serve(HttpServerOptions options = {}) {
    HttpHandlers handlers;
    handlers.handle = [this](const Request& request) { return handle(request); };
    handlers.refuse = [](const Refusal& why, const std::string& id) {
      return Response{why.status, {}, std::string(why.code) + " " + id};
    };
    handlers.max_body = [usual = options.max_body](std::string_view method, std::string_view path) {
      return method == "POST" && path == "/large" ? 1000 : usual;
    };
    handlers.new_id = [this] { return "id" + std::to_string(++ids_); };
    auto made = HttpServer::listen(std::move(options), std::move(handlers), clock_);
    ASSERT_TRUE(made) << made.error().line();
    server_ = std::move(*made);
    server_->start();
  }

  Response handle(const Request& request) {
    if (request.path == "/throw") throw std::runtime_error("on purpose");
    if (request.path == "/slow") std::this_thread::sleep_for(std::chrono::milliseconds(300));
    if (request.path == "/none") return {204, {}, {}};
    if (request.path.starts_with("/parts/")) return parts(request);
    ++handled_;
    return {200,
            {{"X-Echo", std::string(request.field("x-echo"))}},
            request.method + " " + request.path + "?" + request.query + " " + request.body};
  }

  // "/parts/N": "begin", then "part1" to "partN"; "/parts/endless"; after one part "/parts/broken"
  // fails and "/parts/thrown" throws.
  Response parts(const Request& request) {
    const std::string what = request.path.substr(7);
    const int count = std::atoi(what.c_str());
    // Counted as long as there is one, wherever it is.
    const std::shared_ptr<void> alive(nullptr, [this](void*) { --producers_; });
    ++producers_;
    auto more = [this, what, count, alive, made = 0](std::string& chunk) mutable -> Result<bool> {
      ++made;
      ++made_;
      if (what == "broken" && made == 2) return fail(ErrorCode::internal, "on purpose");
      if (what == "thrown" && made == 2) throw std::runtime_error("on purpose");
      chunk += what == "endless" ? std::string(100'000, 'x') : "part" + std::to_string(made);
      return count == 0 || made < count;
    };
    return {200, {}, "begin", std::move(more)};
  }

  // Waits for the last producer to be gone.
  bool all_gone() {
    for (int i = 0; i < 500 && producers_ != 0; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return producers_ == 0;
  }

  std::string ask(std::string_view bytes) {
    Client client(server_->port());
    client.send(bytes);
    return client.read_all();
  }

  ManualClock clock_{784111777000};
  std::atomic<int> ids_ = 0;
  std::atomic<int> handled_ = 0;
  std::atomic<int> producers_ = 0;
  std::atomic<int> made_ = 0;  // parts
  std::unique_ptr<HttpServer> server_;
};

TEST_F(HttpServerTest, AnswersAndCloses) {
  serve();
  const std::string answer =
      ask("POST /a?b=c HTTP/1.1\r\nHost: x\r\nX-Echo: hi\r\nConnection: close\r\n"
          "Content-Length: 5\r\n\r\nhello");
  EXPECT_EQ(answer,
            "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nX-Echo: hi\r\n"
            "X-Request-Id: id1\r\nConnection: close\r\nContent-Length: 17\r\n\r\n"
            "POST /a?b=c hello");
}

TEST_F(HttpServerTest, HeadAndNoContentHaveNoBody) {
  serve();
  EXPECT_THAT(ask("HEAD /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
              testing::EndsWith("Content-Length: 9\r\n\r\n"));
  const std::string none = ask("GET /none HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(none, StartsWith("HTTP/1.1 204 No Content\r\n"));
  EXPECT_THAT(none, Not(HasSubstr("Content-Length")));
}

TEST_F(HttpServerTest, PipelinedRequestsAreAnsweredInOrder) {
  serve();
  std::string bytes;
  for (int i = 0; i < 20; ++i)
    bytes += "POST /" + std::to_string(i) +
             " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n";
  bytes += "GET /slow HTTP/1.1\r\nHost: x\r\n\r\nGET /end HTTP/1.0\r\n\r\n";
  const std::string answer = ask(bytes);
  std::size_t at = 0;
  for (int i = 0; i < 20; ++i) {
    at = answer.find("POST /" + std::to_string(i) + "? ab", at);
    ASSERT_NE(at, std::string::npos) << i;
  }
  EXPECT_THAT(answer.substr(at), HasSubstr("GET /slow"));
  EXPECT_THAT(answer.substr(at), testing::EndsWith("GET /end? "));
}

TEST_F(HttpServerTest, RefusesAndCloses) {
  serve();
  // What follows a refused request is not read as a second one.
  const std::string answer =
      ask("GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"
          "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 400 Bad Request\r\n"));
  EXPECT_THAT(answer, testing::EndsWith("bad_request id1"));
  EXPECT_EQ(handled_, 0);
}

TEST_F(HttpServerTest, LimitsTheBody) {
  HttpServerOptions options;
  options.max_body = 10;
  serve(options);
  EXPECT_THAT(ask("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\n"), HasSubstr(" 413 "));
  EXPECT_THAT(ask("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n"),
              HasSubstr(" 413 "));
  EXPECT_THAT(ask("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 10\r\n\r\n"
                  "0123456789"),
              HasSubstr(" 200 "));
  EXPECT_EQ(handled_, 1);
}

TEST_F(HttpServerTest, AsksForABodyThatWaits) {
  serve();
  Client client(server_->port());
  client.send(
      "POST /a HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n"
      "Connection: close\r\n\r\n");
  EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("hi");
  EXPECT_THAT(client.read_all(), testing::EndsWith("POST /a? hi"));
}

TEST_F(HttpServerTest, AThrowingHandlerIsA500AndTheServerLives) {
  serve();
  EXPECT_THAT(ask("GET /throw HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
              HasSubstr(" 500 "));
  EXPECT_THAT(ask("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), HasSubstr(" 200 "));
}

TEST_F(HttpServerTest, SlowHeadsAndBodiesTimeOut) {
  HttpServerOptions options;
  options.head_deadline = options.body_deadline = std::chrono::milliseconds(150);
  options.idle_deadline = std::chrono::milliseconds(200);
  serve(options);
  Client drip(server_->port());
  for (int i = 0; i < 8; ++i) {
    drip.send("G");
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
  }
  EXPECT_THAT(drip.read_all(), HasSubstr(" 408 "));
  EXPECT_THAT(ask("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhel"),
              HasSubstr(" 408 "));
  EXPECT_EQ(ask(""), "");
}

TEST_F(HttpServerTest, FullHouseWaitsAndIsServedLater) {
  HttpServerOptions options;
  options.max_connections = 2;
  serve(options);
  auto first = std::make_unique<Client>(server_->port());
  Client second(server_->port());
  first->send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n");
  second.send("GET /2 HTTP/1.1\r\nHost: x\r\n\r\n");
  first->read_until("/1? ");
  second.read_until("/2? ");
  Client third(server_->port());
  third.send("GET /3 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_EQ(handled_, 2);
  first.reset();
  EXPECT_THAT(third.read_all(), HasSubstr("GET /3"));
}

TEST_F(HttpServerTest, StoppingAnswersWhatRuns) {
  serve();
  Client idle(server_->port());
  Client busy(server_->port());
  busy.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  const std::uint16_t port = server_->port();
  server_->stop();
  EXPECT_THAT(busy.read_all(), HasSubstr("GET /slow"));
  EXPECT_EQ(idle.read_all(), "");
  EXPECT_FALSE(Client(port).connected());
  server_->stop();
}

TEST_F(HttpServerTest, ABodyInParts) {
  serve();
  const std::string tail = "5\r\nbegin\r\n5\r\npart1\r\n5\r\npart2\r\n0\r\n\r\n";
  const std::string two =
      ask("GET /parts/2 HTTP/1.1\r\nHost: x\r\n\r\n"
          "GET /parts/1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(two, HasSubstr("\r\nTransfer-Encoding: chunked\r\n\r\n" + tail + "HTTP/1.1 200"));
  EXPECT_THAT(two, testing::EndsWith("5\r\nbegin\r\n5\r\npart1\r\n0\r\n\r\n"));
  EXPECT_THAT(two, Not(HasSubstr("Content-Length")));
  const std::string old = ask("GET /parts/2 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_THAT(old, testing::EndsWith("\r\nConnection: close\r\n\r\nbeginpart1part2"));
  const std::string head = ask("HEAD /parts/2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(head, testing::EndsWith("\r\nTransfer-Encoding: chunked\r\n\r\n"));
  EXPECT_TRUE(all_gone());
}

TEST_F(HttpServerTest, ABrokenBodyHasNoEnd) {
  serve();
  for (const char* path : {"/parts/broken", "/parts/thrown"}) {
    const std::string get = std::string("GET ") + path;
    EXPECT_THAT(ask(get + " HTTP/1.1\r\nHost: x\r\n\r\n"), Not(HasSubstr("\r\n0\r\n"))) << path;
    Client old(server_->port());
    old.send(get + " HTTP/1.0\r\n\r\n");
    old.read_all();
    EXPECT_TRUE(old.was_reset()) << path;
  }
  EXPECT_TRUE(all_gone());
}

TEST_F(HttpServerTest, AReaderSetsThePace) {
  HttpServerOptions options;
  options.write_deadline = std::chrono::milliseconds(300);
  serve(options);
  Client slow(server_->port());
  slow.send("GET /parts/endless HTTP/1.1\r\nHost: x\r\n\r\n");
  slow.read_until("begin");
  // What the two sockets hold is made, and no more; then nobody reads in time.
  EXPECT_TRUE(all_gone());
  EXPECT_LT(made_, 200);
  {
    Client gone(server_->port());
    gone.send("GET /parts/endless HTTP/1.1\r\nHost: x\r\n\r\n");
    gone.read_until("begin");
  }
  EXPECT_TRUE(all_gone());
  EXPECT_THAT(ask("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), HasSubstr(" 200 "));
}

TEST_F(HttpServerTest, StoppingEndsABodyWithoutEnd) {
  HttpServerOptions options;
  options.stop_deadline = std::chrono::milliseconds(100);
  serve(options);
  Client reader(server_->port());
  reader.send("GET /parts/endless HTTP/1.1\r\nHost: x\r\n\r\n");
  reader.read_until("begin");
  server_->stop();
  server_.reset();
  EXPECT_EQ(producers_, 0);
}

TEST_F(HttpServerTest, ATakenPortIsOneLine) {
  serve();
  HttpServerOptions options;
  options.port = server_->port();
  const auto second = HttpServer::listen(options, {}, clock_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().message, "cannot listen on 127.0.0.1:" + std::to_string(options.port) +
                                        ": Address already in use");
  options.address = "localhost";
  EXPECT_FALSE(HttpServer::listen(options, {}, clock_));
}

TEST_F(HttpServerTest, SomePathsTakeLargeBodiesAFewAtATime) {
  HttpServerOptions options;
  options.max_body = 100;
  options.max_large_bodies = 1;
  serve(options);
  const std::string body(500, 'x');
  const auto head = [](const std::string& path, const std::string& length) {
    return "POST " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + length + "\r\n\r\n";
  };
  EXPECT_THAT(ask(head("/small", "Content-Length: 500")), StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(ask(head("/large", "Content-Length: 1001")), StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(ask(head("/large?x=1", "Content-Length: 500") + body), HasSubstr(body));
  EXPECT_THAT(
      ask(head("/large", "Transfer-Encoding: chunked") + "1F4\r\n" + body + "\r\n0\r\n\r\n"),
      HasSubstr(body));
  {
    Client first(server_->port());
    first.send(head("/large", "Content-Length: 500") + "x");
    std::string second;
    // The first one's turn begins when its head has been read.
    for (int i = 0; i < 200 && !second.starts_with("HTTP/1.1 503 "); ++i)
      second = ask(head("/large", "Content-Length: 500") + body);
    EXPECT_THAT(second, StartsWith("HTTP/1.1 503 "));
    EXPECT_THAT(ask(head("/large", "Transfer-Encoding: chunked")), StartsWith("HTTP/1.1 503 "));
    EXPECT_THAT(ask(head("/large", "Content-Length: 100") + body.substr(400)), HasSubstr("200 OK"));
    first.send(body.substr(1));
    EXPECT_THAT(first.read_all(), HasSubstr(body));
  }
  {
    Client gone(server_->port());
    gone.send(head("/large", "Content-Length: 500") + "x");
  }
  std::string last;
  for (int i = 0; i < 200 && !last.starts_with("HTTP/1.1 200 "); ++i)
    last = ask(head("/large", "Content-Length: 500") + body);
  EXPECT_THAT(last, HasSubstr(body));
}

}  // namespace
}  // namespace tally
