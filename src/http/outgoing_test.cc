// SPDX-License-Identifier: Apache-2.0
// Outgoing requests to receivers on the loopback that do what they should.
#include "http/outgoing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <latch>

#include "http/outgoing_fixture.h"

namespace tally {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(Outgoing, SendsWhatItWasGivenAndTellsWhatCameBack) {
  ReceiverFake receiver([](ReceiverFake::Connection& connection) {
    connection.read_request();
    connection.send(
        "HTTP/1.1 201 Created\r\nX-Kind: a\r\nx-kind: b\r\nContent-Length: 3\r\n\r\nyes");
  });
  Outgoing outgoing(loopback());
  OutgoingRequest request = post(receiver.url(), "{\"a\":1}");
  request.headers = {{"Content-Type", "application/json"}, {"webhook-id", "1"}, {"X-Empty", ""}};
  const OutgoingAnswer answer = ask(outgoing, request);
  EXPECT_EQ(answer.error, "");
  EXPECT_EQ(answer.status, 201);
  EXPECT_EQ(answer.header("x-kind"), "a");
  EXPECT_EQ(answer.header("x-other"), "");
  EXPECT_EQ(answer.body, "yes");
  const std::string got = receiver.requests().front();
  EXPECT_THAT(got, StartsWith("POST /hook HTTP/1.1\r\nHost: 127.0.0.1:"));
  EXPECT_THAT(got,
              HasSubstr("\r\nContent-Type: application/json\r\nwebhook-id: 1\r\nX-Empty:\r\n"));
  EXPECT_THAT(got, testing::EndsWith("\r\nContent-Length: 7\r\n\r\n{\"a\":1}"));
}

TEST(Outgoing, AHandleForgetsTheRequestBefore) {
  ReceiverFake receiver([](ReceiverFake::Connection& connection) {
    while (!connection.read_request().empty())
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  });
  Outgoing outgoing(loopback());
  const struct {
    const char* method;
    const char* body;  // null: none
    HeaderPairs headers;
    const char* first_line;
    const char* rest;
  } rows[] = {
      {"PUT", "abc", {{"X-A", "1"}}, "PUT /hook ", "X-A: 1\r\nContent-Length: 3\r\n\r\nabc"},
      {"GET", nullptr, {}, "GET /hook ", "Accept: */*\r\n\r\n"},
      {"DELETE", nullptr, {}, "DELETE /hook ", "Accept: */*\r\nContent-Length: 0\r\n\r\n"},
      {"HEAD", nullptr, {}, "HEAD /hook ", "Accept: */*\r\n\r\n"},
      {"POST", "", {}, "POST /hook ", "Accept: */*\r\nContent-Length: 0\r\n\r\n"},
      {"GET", nullptr, {{"X-B", "2"}}, "GET /hook ", "Accept: */*\r\nX-B: 2\r\n\r\n"},
  };
  for (const auto& row : rows) {
    OutgoingRequest request;
    request.method = row.method;
    request.url = receiver.url();
    request.headers = row.headers;
    if (row.body != nullptr) request.body = std::make_shared<const std::string>(row.body);
    const OutgoingAnswer answer = ask(outgoing, request);
    EXPECT_EQ(answer.error, "") << row.method;
    EXPECT_EQ(answer.status, 200) << row.method;
    const std::string got = receiver.requests().back();
    EXPECT_THAT(got, StartsWith(row.first_line));
    EXPECT_THAT(got, testing::EndsWith(row.rest));
  }
  EXPECT_EQ(receiver.connections(), 1);
}

TEST(Outgoing, AHandleForgetsTheAnswerBefore) {
  ReceiverFake receiver([](ReceiverFake::Connection& connection) {
    // The handle of a connection's first request is not used again.
    for (int i = 0; i < 3; ++i) {
      connection.read_request();
      connection.send("HTTP/1.1 404 Not Found\r\nX: y\r\nContent-Length: 2\r\n\r\nno");
    }
    connection.wait_for_close();
  });
  Outgoing outgoing(loopback());
  for (int i = 0; i < 3; ++i) EXPECT_EQ(ask(outgoing, post(receiver.url())).status, 404);
  OutgoingRequest last = post(receiver.url());
  last.timeout = std::chrono::milliseconds(200);
  const OutgoingAnswer answer = ask(outgoing, last);
  EXPECT_EQ(answer.status, 0);
  EXPECT_TRUE(answer.headers.empty());
  EXPECT_EQ(answer.body, "");
  EXPECT_EQ(answer.error, "no whole answer within 200 ms");
  EXPECT_EQ(receiver.connections(), 1);
}

TEST(Outgoing, RefusesWhatItCannotSend) {
  Outgoing outgoing(loopback());
  ReceiverFake canary(answering());
  const std::string port = std::to_string(canary.port());
  const std::string urls[] = {"",
                              "/hook",
                              "127.0.0.1:" + port,
                              "ftp://127.0.0.1:" + port,
                              "file:///etc/passwd",
                              "gopher://127.0.0.1:" + port,
                              "unix:///tmp/x",
                              "http//127.0.0.1:" + port,
                              "http://",
                              "http:///hook",
                              "http://127.0.0.1:99999/",
                              "http://127.0.0.1:" + port + "/a b",
                              "http://127.0.0.1:" + port + "/\r\nX: y"};
  for (const std::string& url : urls) {
    const OutgoingAnswer answer = ask(outgoing, post(url));
    EXPECT_NE(answer.error, "") << url;
    EXPECT_EQ(answer.status, 0) << url;
  }
  for (const std::string method : {"", "post", "GET /x HTTP/1.1\r\nX: y", "P\tT"}) {
    OutgoingRequest request = post(canary.url());
    request.method = method;
    EXPECT_NE(ask(outgoing, request).error, "") << method;
  }
  const std::pair<std::string, std::string> headers[] = {
      {"X: y\r\nX", "z"}, {"X:", "z"}, {"X", "y\nZ: 1"}, {"X", "y\rZ: 1"}, {"X\n", ""}};
  for (const auto& header : headers) {
    OutgoingRequest request = post(canary.url());
    request.headers = {header};
    EXPECT_NE(ask(outgoing, request).error, "") << header.first;
  }
  EXPECT_EQ(canary.connections(), 0);
}

TEST(Outgoing, ConnectionsAreKept) {
  ReceiverFake receiver(answering());
  Outgoing outgoing(loopback());
  for (int i = 0; i < 200; ++i) EXPECT_EQ(ask(outgoing, post(receiver.url())).status, 200);
  EXPECT_EQ(receiver.connections(), 1);
}

TEST(Outgoing, AKeptConnectionMayBeClosedWhileNothingIsSent) {
  ReceiverFake receiver([](ReceiverFake::Connection& connection) {
    connection.read_request();
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  });
  Outgoing outgoing(loopback());
  for (int i = 0; i < 50; ++i) {
    const OutgoingAnswer answer = ask(outgoing, post(receiver.url()));
    EXPECT_EQ(answer.status, 200) << answer.error;
  }
  EXPECT_EQ(receiver.connections(), 50);
}

TEST(Outgoing, ManyAreUnderWayAtOnce) {
  constexpr int kEach = 1'000;
  ReceiverFake receivers[] = {ReceiverFake(answering()), ReceiverFake(answering()),
                              ReceiverFake(answering(), "::1")};
  OutgoingOptions options = loopback();
  options.most_per_host = 20;
  Outgoing outgoing(options);
  Answers answers;
  for (int i = 0; i < kEach; ++i) {
    outgoing.send(post(receivers[0].url()), answers.next());
    outgoing.send(post(receivers[1].url(), std::string(2'000, 'x')), answers.next());
    outgoing.send(post(receivers[2].url("[::1]")), answers.next());
  }
  for (const OutgoingAnswer& answer : answers.wait_for_all())
    ASSERT_EQ(answer.status, 200) << answer.error;
  for (const ReceiverFake& receiver : receivers) EXPECT_LE(receiver.connections(), 20);
}

TEST(Outgoing, AllHostsTogetherAreBounded) {
  OutgoingOptions options = loopback();
  options.most_running = 7;
  ReceiverFake receiver(answering());
  Outgoing outgoing(options);
  Answers answers;
  for (int i = 0; i < 500; ++i) outgoing.send(post(receiver.url()), answers.next());
  for (const OutgoingAnswer& answer : answers.wait_for_all())
    ASSERT_EQ(answer.status, 200) << answer.error;
  EXPECT_LE(receiver.most_at_once(), 7u);
}

TEST(Outgoing, SilentReceiversDelayNoOther) {
  ReceiverFake silent([](ReceiverFake::Connection& connection) { connection.wait_for_close(); });
  ReceiverFake quick(answering());
  OutgoingOptions options = loopback();
  options.most_running = 100;
  options.most_per_host = 50;
  Outgoing outgoing(options);
  std::atomic<int> ended = 0;
  for (int i = 0; i < 1'000; ++i)
    outgoing.send(post(silent.url()), [&](const OutgoingAnswer&) { ++ended; });
  for (int i = 0; i < 100; ++i) EXPECT_EQ(ask(outgoing, post(quick.url())).status, 200);
  EXPECT_EQ(ended, 0);
  EXPECT_LE(silent.connections(), 50);
}

TEST(Outgoing, TheTimeOfARequestRunsWhileItWaits) {
  ReceiverFake silent([](ReceiverFake::Connection& connection) { connection.wait_for_close(); });
  OutgoingOptions options = loopback();
  options.most_per_host = 1;
  Outgoing outgoing(options);
  Answers answers;
  outgoing.send(post(silent.url()), answers.next());
  OutgoingRequest second = post(silent.url());
  second.timeout = std::chrono::milliseconds(50);
  EXPECT_THAT(ask(outgoing, second).error, HasSubstr("not sent in time"));
  outgoing.stop();
  EXPECT_TRUE(answers.wait_for_all().front().stopped);
  EXPECT_EQ(silent.connections(), 1);
}

TEST(Outgoing, StopEndsWhatRunsWhatWaitsAndWhatComes) {
  std::latch arrived(2);
  ReceiverFake silent([&](ReceiverFake::Connection& connection) {
    connection.read_request();
    arrived.count_down();
    connection.wait_for_close();
  });
  OutgoingOptions options = loopback();
  options.most_per_host = 2;
  Outgoing outgoing(options);
  Answers answers;
  for (int i = 0; i < 100; ++i) outgoing.send(post(silent.url()), answers.next());
  arrived.wait();
  outgoing.stop();
  outgoing.send(post(silent.url()), answers.next());
  for (const OutgoingAnswer& answer : answers.wait_for_all()) {
    EXPECT_TRUE(answer.stopped);
    EXPECT_EQ(answer.error, "stopped");
    EXPECT_EQ(answer.status, 0);
  }
  outgoing.stop();
  EXPECT_TRUE(ask(outgoing, post(silent.url())).stopped);
  EXPECT_EQ(silent.connections(), 2);
}

TEST(Outgoing, ItsEndEndsEveryRequest) {
  ReceiverFake silent([](ReceiverFake::Connection& connection) { connection.wait_for_close(); });
  Answers answers;
  {
    Outgoing outgoing(loopback());
    for (int i = 0; i < 30; ++i) outgoing.send(post(silent.url()), answers.next());
  }
  EXPECT_EQ(answers.wait_for_all().size(), 30u);
}

TEST(Outgoing, WhoIsToldMaySendAgain) {
  ReceiverFake receiver(answering());
  Outgoing outgoing(loopback());
  std::latch told(1);
  std::atomic<int> left = 300;
  Outgoing::Done again = [&](const OutgoingAnswer& answer) {
    EXPECT_EQ(answer.status, 200) << answer.error;
    if (--left > 0) {
      outgoing.send(post(receiver.url()), again);
    } else {
      told.count_down();
    }
  };
  outgoing.send(post(receiver.url()), again);
  told.wait();
  EXPECT_EQ(receiver.connections(), 1);
}

TEST(Outgoing, TakesNothingFromTheEnvironment) {
  ReceiverFake proxy(answering());
  ReceiverFake receiver([](ReceiverFake::Connection& connection) {
    const std::string request = connection.read_request();
    EXPECT_THAT(request, Not(HasSubstr("Authorization")));
    EXPECT_THAT(request, Not(HasSubstr("Cookie")));
    connection.send(
        "HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  });
  const std::string address = "http://127.0.0.1:" + std::to_string(proxy.port());
  for (const char* name : {"http_proxy", "https_proxy", "all_proxy", "HTTPS_PROXY", "ALL_PROXY"})
    ::setenv(name, address.c_str(), 1);
  Outgoing outgoing(loopback());
  for (int i = 0; i < 2; ++i) EXPECT_EQ(ask(outgoing, post(receiver.url())).status, 200);
  for (const char* name : {"http_proxy", "https_proxy", "all_proxy", "HTTPS_PROXY", "ALL_PROXY"})
    ::unsetenv(name);
  EXPECT_EQ(proxy.connections(), 0);
}

}  // namespace
}  // namespace tally
