// SPDX-License-Identifier: Apache-2.0
#include "http/request_head.h"

#include <gtest/gtest.h>

#include <string>

namespace tally {
namespace {

Refusal read(std::string_view bytes, RequestHead& head) {
  HeadScanner scanner;
  Refusal why;
  const std::size_t size = scanner.find_end(bytes, why);
  if (why) return why;
  if (size == 0) return {0, "incomplete", ""};
  return parse_head(bytes.substr(0, size), head);
}

TEST(RequestHead, ReadsARequest) {
  RequestHead head;
  const std::string bytes =
      "POST /a/b?c=d HTTP/1.1\r\nHost: go.example:8080\r\nX-One: \t1 2 \r\n"
      "content-length: 5\r\nExpect: 100-continue\r\n\r\nhello";
  EXPECT_FALSE(read(bytes, head));
  EXPECT_EQ(head.method, "POST");
  EXPECT_EQ(head.target, "/a/b?c=d");
  EXPECT_EQ(head.host, "go.example:8080");
  EXPECT_EQ(head.content_length, 5u);
  EXPECT_EQ(head.field("x-one"), "1 2");
  EXPECT_EQ(head.field("x-two"), "");
  EXPECT_TRUE(head.keep_alive);
  EXPECT_TRUE(head.expects_continue);
  EXPECT_FALSE(head.chunked);
}

TEST(RequestHead, SaysWhetherTheConnectionStays) {
  struct Row {
    const char* bytes;
    bool keep_alive;
  };
  const Row rows[] = {
      {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", true},
      {"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", false},
      {"GET / HTTP/1.1\r\nHost: a\r\nConnection: TE, Close\r\n\r\n", false},
      {"GET / HTTP/1.0\r\n\r\n", false},
      {"GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", true},
  };
  for (const Row& row : rows) {
    RequestHead head;
    EXPECT_FALSE(read(row.bytes, head)) << row.bytes;
    EXPECT_EQ(head.keep_alive, row.keep_alive) << row.bytes;
  }
}

TEST(RequestHead, HostsAreNamesOrAddressesWithOrWithoutAPort) {
  for (const char* host : {"a", "go.example", "go.example:8080", "127.0.0.1:1", "[::1]:8080",
                           "[2001:db8::1]", "under_score-dash.example", "a:", ""}) {
    RequestHead head;
    const std::string bytes = "GET / HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n";
    EXPECT_FALSE(read(bytes, head)) << host;
    EXPECT_EQ(head.host, host);
  }
}

TEST(RequestHead, AnAbsoluteTargetNamesTheHost) {
  struct Row {
    const char* target;
    const char* host;
    const char* path;
    const char* query;
  };
  const Row rows[] = {
      {"http://go.example:81/a?b", "go.example:81", "/a", "b"},
      {"https://go.example", "go.example", "/", ""},
      {"http://go.example?b=/c", "go.example", "/", "b=/c"},
      {"http://go.example?", "go.example", "/", ""},
      {"http://[::1]:81?b", "[::1]:81", "/", "b"},
      {"HTTP://go.example/a", "go.example", "/a", ""},
      {"HttpS://Go.Example/A?B", "Go.Example", "/A", "B"},
  };
  for (const Row& row : rows) {
    RequestHead head;
    const std::string bytes =
        "GET " + std::string(row.target) + " HTTP/1.1\r\nHost: other\r\n\r\n";
    EXPECT_FALSE(read(bytes, head)) << row.target;
    EXPECT_EQ(head.host, row.host) << row.target;
    EXPECT_EQ(head.path(), row.path) << row.target;
    EXPECT_EQ(head.query(), row.query) << row.target;
  }
}

TEST(RequestHead, RefusesWhatTwoReadersCouldReadInTwoWays) {
  struct Row {
    std::string bytes;
    int status;
  };
  const auto with = [](const std::string& fields) {
    return "GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
  };
  const Row rows[] = {
      {"GET / HTTP/1.1\nHost: a\r\n\r\n", 400},
      {"\nGET / HTTP/1.1\r\n\r\n", 400},
      {"\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: a\r\n\n", 400},
      {with("X: a\rb\r\n"), 400},
      {with("X: a\r\r\n"), 400},
      {with("X: a\r\n folded\r\n"), 400},
      {with("\tX: a\r\n"), 400},
      {with("X : a\r\n"), 400},
      {with(": a\r\n"), 400},
      {with("X\r\n"), 400},
      {with(std::string("X: a\0b\r\n", 8)), 400},
      {with("X: a\x7f\r\n"), 400},
      {with("X(: a\r\n"), 400},
      {with("Host: b\r\n"), 400},
      {with("Content-Length: 1\r\nContent-Length: 1\r\n"), 400},
      {with("Content-Length: 1, 1\r\n"), 400},
      {with("Content-Length: -1\r\n"), 400},
      {with("Content-Length: +1\r\n"), 400},
      {with("Content-Length: 0x1\r\n"), 400},
      {with("Content-Length: 18446744073709551616\r\n"), 400},
      {with("Content-Length:\r\n"), 400},
      {with("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n"), 400},
      {with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), 400},
      {with("Transfer-Encoding: gzip, chunked\r\n"), 501},
      {with("Transfer-Encoding: identity\r\n"), 501},
      {"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
      {with("Expect: tea\r\n"), 417},
      {"GET / HTTP/1.1\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: a:99999\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: a:80x\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: a:-1\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: [::1]x\r\n\r\n", 400},
      {"GET /\r\nHost: a\r\n\r\n", 400},
      {"GET  HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET / x HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"G(T / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET http:///x HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET http://?b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET HTTP:///x HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET FTP://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET httpsx://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET http HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET http://u@a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET /\xc3\xa4 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET / HTTP/1.2\r\nHost: a\r\n\r\n", 505},
      {"GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505},
      {"GET / http/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET / HTTP/1.1 \r\nHost: a\r\n\r\n", 400},
      {"\x16\x03\x01\x02\r\n\r\n", 400},
  };
  for (const Row& row : rows) {
    RequestHead head;
    EXPECT_EQ(read(row.bytes, head).status, row.status) << row.bytes;
  }
}

TEST(RequestHead, RefusesWhatIsTooLarge) {
  RequestHead head;
  const std::string line = "GET /" + std::string(kMaxRequestLine, 'a');
  EXPECT_EQ(read(line, head).status, 414);
  EXPECT_EQ(read(line + " HTTP/1.1\r\nHost: a\r\n\r\n", head).status, 414);

  const std::string start = "GET / HTTP/1.1\r\nHost: a\r\n";
  EXPECT_EQ(read(start + "X: " + std::string(kMaxHead, 'a'), head).status, 431);
  EXPECT_EQ(read(start + "X: " + std::string(kMaxHead, 'a') + "\r\n\r\n", head).status, 431);

  std::string fields;
  for (int i = 0; i < 99; ++i) fields += "X: a\r\n";
  EXPECT_FALSE(read(start + fields + "\r\n", head));
  EXPECT_EQ(head.field_count, 100u);
  EXPECT_EQ(read(start + fields + "X: a\r\n\r\n", head).status, 431);
}

TEST(RequestHead, FindsTheEndHoweverTheBytesArrive) {
  const std::string bytes = "GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n\r\nGET /next";
  const std::size_t end = bytes.find("GET /next");
  for (std::size_t step = 1; step < bytes.size(); ++step) {
    HeadScanner scanner;
    Refusal why;
    std::size_t found = 0;
    for (std::size_t size = step; found == 0 && size <= bytes.size(); size += step)
      found = scanner.find_end(std::string_view(bytes).substr(0, size), why);
    if (found == 0) found = scanner.find_end(bytes, why);
    EXPECT_FALSE(why);
    EXPECT_EQ(found, end) << step;
  }
}

}  // namespace
}  // namespace tally
