// SPDX-License-Identifier: Apache-2.0
// Outgoing requests to receivers that mean harm: each ends, with a bounded part of what it got.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <atomic>
#include <chrono>
#include <latch>
#include <memory>
#include <span>
#include <thread>
#include <vector>

#include "http/outgoing.h"
#include "http/outgoing_fixture.h"

namespace tally {
namespace {

using testing::HasSubstr;
using Connection = ReceiverFake::Connection;

constexpr const char* kTimedOut = "no whole answer within 2 s";
constexpr std::size_t kMost = 64u << 10;
constexpr std::size_t kAFew = 1'000;  // fewer than these, however slow the machine is

// Reads the request, says `text`, and waits for the other end to go.
ReceiverFake::Script saying(std::string text) {
  return [text = std::move(text)](Connection& connection) {
    connection.read_request();
    connection.send(text);
    connection.wait_for_close();
  };
}

// Then goes by itself.
ReceiverFake::Script closing_after(std::string text) {
  return [text = std::move(text)](Connection& connection) {
    connection.read_request();
    connection.send(text);
  };
}

// Says `text`, then `piece` over and over.
ReceiverFake::Script repeating(const std::string& text, const std::string& piece,
                               int pause_ms = 0) {
  return [=](Connection& connection) {
    connection.read_request();
    if (!connection.send(text)) return;
    while (connection.send(piece)) {
      if (pause_ms > 0) std::this_thread::sleep_for(std::chrono::milliseconds(pause_ms));
    }
  };
}

std::string gzip(const std::string& text) {
  z_stream stream{};
  CHECK(deflateInit2(&stream, 9, Z_DEFLATED, MAX_WBITS + 16, 9, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

struct Row {
  const char* name;
  ReceiverFake::Script script;
  int status;
  const char* error;  // a part of it; "": there is none
  std::size_t body;   // how much of it is there
};

// All at once, on one thread.
void check(std::span<const Row> rows) {
  std::vector<std::unique_ptr<ReceiverFake>> receivers;
  Outgoing outgoing(loopback());
  Answers answers;
  for (const Row& row : rows) {
    receivers.push_back(std::make_unique<ReceiverFake>(row.script));
    OutgoingRequest request = post(receivers.back()->url());
    // What must end by its time does so soon; what must not has enough.
    if (std::string_view(row.error) == kTimedOut) request.timeout = std::chrono::seconds(2);
    outgoing.send(request, answers.next());
  }
  const Row* row = rows.data();
  for (const OutgoingAnswer& answer : answers.wait_for_all()) {
    SCOPED_TRACE(row->name);
    EXPECT_EQ(answer.status, row->status);
    EXPECT_THAT(answer.error, HasSubstr(row->error));
    EXPECT_EQ(answer.error.empty(), std::string_view(row->error).empty()) << answer.error;
    if (row->body == kAFew) {
      EXPECT_LT(answer.body.size(), kAFew);
    } else {
      EXPECT_EQ(answer.body.size(), row->body);
    }
    ++row;
  }
}

TEST(OutgoingHostile, WhatNeverEndsIsEnded) {
  const std::string head = "HTTP/1.1 200 OK\r\n";
  const Row rows[] = {
      {"silent", [](Connection& c) { c.wait_for_close(); }, 0, kTimedOut, 0},
      {"half a status line", saying("HTTP/1.1 20"), 0, kTimedOut, 0},
      {"a head without an end", saying(head + "X: y\r\n"), 200, kTimedOut, 0},
      {"a body that never comes", saying(head + "Content-Length: 5\r\n\r\n"), 200, kTimedOut, 0},
      {"half a body", saying(head + "Content-Length: 5\r\n\r\nab"), 200, kTimedOut, 2},
      {"a byte at a time", repeating(head + "Content-Length: 100000\r\n\r\n", "x", 60), 200,
       kTimedOut, kAFew},
      {"a head byte at a time", repeating(head + "X: ", "x", 60), 200, kTimedOut, 0},
      {"headers without an end", repeating(head, "X-Name: value\r\n"), 200, "bytes of headers", 0},
      {"a header without an end", repeating(head + "X: ", std::string(1000, 'x')), 200,
       "head is too long", 0},
      {"interim answers without an end", repeating("", "HTTP/1.1 100 Continue\r\n\r\n"), 0,
       "bytes of headers", 0},
      {"early hints without an end", repeating("", "HTTP/1.1 103 Early Hints\r\nX: y\r\n\r\n"), 0,
       "bytes of headers", 0},
      {"a body without an end", repeating(head + "\r\n", std::string(9000, 'x')), 200, "", kMost},
      {"ten gigabytes",
       repeating(head + "Content-Length: 10737418240\r\n\r\n", std::string(9000, 'x')), 200, "",
       kMost},
      {"chunks without an end",
       repeating(head + "Transfer-Encoding: chunked\r\n\r\n", "5\r\nhello\r\n"), 200, "", kMost},
      {"a chunk's extension without an end",
       repeating(head + "Transfer-Encoding: chunked\r\n\r\n5;", "x", 1), 200, kTimedOut, 0},
      {"trailers without an end",
       repeating(head + "Transfer-Encoding: chunked\r\n\r\n0\r\n", "X-Name: value\r\n"), 200,
       "bytes of headers", 0},
  };
  check(rows);
}

TEST(OutgoingHostile, WhatIsNoAnswerIsAnError) {
  const std::string head = "HTTP/1.1 200 OK\r\n";
  const Row rows[] = {
      {"closes at once", [](Connection&) {}, 0, " ", 0},
      {"closes after the request", closing_after(""), 0, "Empty reply", 0},
      {"another protocol", closing_after("SSH-2.0-OpenSSH_9.2\r\n"), 0, "HTTP/0.9", 0},
      {"HTTP/0.9", closing_after("<html>"), 0, "HTTP/0.9", 0},
      {"binary", closing_after(std::string(1000, '\0')), 0, "HTTP/0.9", 0},
      {"no status", closing_after("HTTP/1.1 \r\n\r\n"), 0, " ", 0},
      {"a status that is none", closing_after("HTTP/1.1 abc\r\n\r\n"), 0, " ", 0},
      {"cut off in its body", closing_after(head + "Content-Length: 9\r\n\r\nabc"), 200,
       "transfer closed", 3},
      {"cut off in a chunk", closing_after(head + "Transfer-Encoding: chunked\r\n\r\n5\r\nab"), 200,
       "transfer closed", 2},
      {"a chunk size that is none", saying(head + "Transfer-Encoding: chunked\r\n\r\nzz\r\nab"),
       200, "chunk", 0},
      {"an enormous chunk size",
       saying(head + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nab"), 200, "chunk",
       0},
      {"a length that is none", saying(head + "Content-Length: -1\r\n\r\n"), 200, " ", 0},
      {"only an interim answer", closing_after("HTTP/1.1 100 Continue\r\n\r\n"), 0, " ", 0},
  };
  check(rows);
}

TEST(OutgoingHostile, CountsByItsStatusOnceEnoughIsRead) {
  const std::string large(kMost + 1, 'x');
  const auto with_body = [](const char* status, const std::string& body) {
    return closing_after("HTTP/1.1 " + std::string(status) +
                         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  };
  const Row rows[] = {
      {"just as much", with_body("200 OK", large.substr(1)), 200, "", kMost},
      {"a byte more", with_body("200 OK", large), 200, "", kMost},
      {"a failure", with_body("500 Oops", large), 500, "", kMost},
      {"gone", with_body("410 Gone", "x"), 410, "", 1},
      {"no body", closing_after("HTTP/1.1 204 No Content\r\n\r\n"), 204, "", 0},
      {"until it closes", closing_after("HTTP/1.1 200 OK\r\n\r\nabc"), 200, "", 3},
  };
  check(rows);
}

TEST(OutgoingHostile, TheRestIsNotRead) {
  std::atomic<std::size_t> sent = 0;
  ReceiverFake receiver([&](Connection& connection) {
    connection.read_request();
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\n");
    const std::string piece(1u << 20, 'x');
    while (connection.send(piece)) sent += piece.size();
  });
  Outgoing outgoing(loopback());
  OutgoingRequest request = post(receiver.url());
  request.most_read = 10;
  const OutgoingAnswer answer = ask(outgoing, request);
  EXPECT_EQ(answer.error, "");
  EXPECT_EQ(answer.body, "xxxxxxxxxx");
  request.most_read = 0;
  EXPECT_EQ(ask(outgoing, request).body, "");
  // What the buffers of two sockets hold, for two connections.
  EXPECT_LT(sent, 64u << 20);
}

TEST(OutgoingHostile, NothingIsUnpacked) {
  const std::string packed = gzip(std::string(100u << 20, '\0'));
  ASSERT_LT(packed.size(), 200'000u);
  for (const char* encoding : {"Content-Encoding: gzip\r\n", "Content-Encoding: br, gzip\r\n",
                               "Content-Encoding: gzip, gzip, gzip, gzip, gzip, gzip, gzip\r\n"}) {
    ReceiverFake receiver(closing_after("HTTP/1.1 200 OK\r\n" + std::string(encoding) +
                                        "Content-Length: " + std::to_string(packed.size()) +
                                        "\r\n\r\n" + packed));
    Outgoing outgoing(loopback());
    const OutgoingAnswer answer = ask(outgoing, post(receiver.url()));
    EXPECT_EQ(answer.error, "") << encoding;
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, packed.substr(0, kMost)) << encoding;
  }
  // Nobody asked for this, and it is not done either.
  ReceiverFake receiver(
      closing_after("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n" + packed));
  Outgoing outgoing(loopback());
  EXPECT_EQ(ask(outgoing, post(receiver.url())).body, packed.substr(0, kMost));
}

TEST(OutgoingHostile, ARedirectIsAnAnswerLikeAnyOther) {
  ReceiverFake canary(answering());
  const std::string places[] = {
      canary.url(),  canary.url("127.0.0.9"), "http://169.254.169.254/latest/meta-data/",
      "/elsewhere",  "//127.0.0.1/",          "file:///etc/passwd",
      "gopher://x/", "https://127.0.0.1/",    "http://[fd00:ec2::254]/latest/meta-data/",
  };
  for (const int status : {301, 302, 303, 307, 308, 300, 304}) {
    for (const std::string& place : places) {
      ReceiverFake receiver(
          saying(fmt::format("HTTP/1.1 {} Elsewhere\r\nLocation: {}\r\nRefresh: 0; url={}\r\n"
                             "Content-Length: 0\r\n\r\n",
                             status, place, place)));
      Outgoing outgoing(loopback());
      const OutgoingAnswer answer = ask(outgoing, post(receiver.url()));
      EXPECT_EQ(answer.status, status) << answer.error;
      EXPECT_EQ(answer.header("location"), place);
      EXPECT_EQ(receiver.connections(), 1);
    }
  }
  EXPECT_EQ(canary.connections(), 0);
}

TEST(OutgoingHostile, AReceiverThatDoesNotReadHoldsUpOnlyItself) {
  std::latch over(1);
  ReceiverFake deaf([&](Connection&) { over.wait(); });
  ReceiverFake quick(answering());
  Outgoing outgoing(loopback());
  Answers answers;
  OutgoingRequest large = post(deaf.url(), std::string(32u << 20, 'x'));
  large.timeout = std::chrono::seconds(2);
  for (int i = 0; i < 4; ++i) outgoing.send(large, answers.next());
  for (int i = 0; i < 50; ++i) EXPECT_EQ(ask(outgoing, post(quick.url())).status, 200);
  for (const OutgoingAnswer& answer : answers.wait_for_all()) EXPECT_EQ(answer.error, kTimedOut);
  over.count_down();
}

TEST(OutgoingHostile, AnErrorIsOneLine) {
  ReceiverFake receiver(closing_after("HTTP/1.1 200 OK\r\nTransfer-Encoding: \x01\xff\n\r\n\r\n"));
  Outgoing outgoing(loopback());
  const OutgoingAnswer answer = ask(outgoing, post(receiver.url()));
  for (const char c : answer.error) EXPECT_GE(static_cast<unsigned char>(c), ' ');
  EXPECT_TRUE(is_utf8(answer.error));
}

TEST(OutgoingHostile, ManyOfThemAtOnceLeaveTheOthersAlone) {
  const std::string head = "HTTP/1.1 200 OK\r\n";
  ReceiverFake receivers[] = {
      ReceiverFake([](Connection& c) { c.wait_for_close(); }),
      ReceiverFake(repeating(head, "X-Name: value\r\n")),
      ReceiverFake(repeating(head + "\r\n", std::string(9000, 'x'))),
      ReceiverFake(repeating(head + "Content-Length: 100000\r\n\r\n", "x", 5)),
      ReceiverFake([](Connection&) {}),
  };
  ReceiverFake good(answering());
  Outgoing outgoing(loopback());
  std::vector<Answers> hostile(std::size(receivers));
  Answers answers;
  for (int i = 0; i < 50; ++i) {
    for (std::size_t k = 0; k < hostile.size(); ++k) {
      OutgoingRequest request = post(receivers[k].url());
      request.timeout = std::chrono::milliseconds(500);
      outgoing.send(request, hostile[k].next());
    }
    outgoing.send(post(good.url()), answers.next());
  }
  for (const OutgoingAnswer& answer : answers.wait_for_all())
    EXPECT_EQ(answer.status, 200) << answer.error;
  // 2 has a body without an end: it counts by its status, unless its time was up before.
  for (std::size_t k = 0; k < hostile.size(); ++k)
    for (const OutgoingAnswer& answer : hostile[k].wait_for_all())
      EXPECT_TRUE(!answer.error.empty() || k == 2) << k;
}

}  // namespace
}  // namespace tally
