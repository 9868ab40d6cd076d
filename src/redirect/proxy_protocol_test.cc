// SPDX-License-Identifier: Apache-2.0
#include "redirect/proxy_protocol.h"

#include <gtest/gtest.h>

#include <string>

namespace tally {
namespace {

using State = ProxyHeader::State;

std::string binary(unsigned char command, unsigned char family, const std::string& rest) {
  std::string out("\r\n\r\n\0\r\nQUIT\n", 12);
  out.push_back(static_cast<char>(command));
  out.push_back(static_cast<char>(family));
  out.push_back(static_cast<char>(rest.size() >> 8));
  out.push_back(static_cast<char>(rest.size() & 255));
  return out + rest;
}

const std::string kV4("\xcb\x00\x71\x09\x0a\x00\x00\x01\x12\x34\x00\x50", 12);
const std::string kV6 = std::string("\x20\x01\x0d\xb8", 4) + std::string(11, '\0') + "\x07" +
                        std::string(16, '\1') + std::string("\x12\x34\x00\x50", 4);

TEST(ProxyProtocol, SaysWhoTheClientIs) {
  struct Row {
    std::string header;
    std::string client;  // "" when it is not said
  };
  const Row rows[] = {
      {"PROXY TCP4 203.0.113.9 10.0.0.1 4660 80\r\n", "203.0.113.9"},
      {"PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535\r\n", "255.255.255.255"},
      {"PROXY TCP6 2001:db8::7 ::1 4660 80\r\n", "2001:db8::7"},
      {"PROXY UNKNOWN\r\n", ""},
      {"PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\r\n", ""},
      {binary(0x21, 0x11, kV4), "203.0.113.9"},
      {binary(0x21, 0x11, kV4 + "\x04\x00\x01x"), "203.0.113.9"},
      {binary(0x21, 0x21, kV6), "2001:db8::7"},
      {binary(0x20, 0x00, ""), ""},
      {binary(0x20, 0x11, kV4), ""},
      {binary(0x21, 0x00, ""), ""},
      {binary(0x21, 0x31, std::string(216, 'u')), ""},
  };
  for (const Row& row : rows) {
    const ProxyHeader got = parse_proxy_header(row.header + "GET / HTTP/1.1\r\n");
    ASSERT_EQ(got.state, State::complete) << row.header;
    EXPECT_EQ(got.size, row.header.size()) << row.header;
    EXPECT_EQ(got.client ? got.client->text() : "", row.client) << row.header;
    for (std::size_t cut = 0; cut < row.header.size(); ++cut)
      EXPECT_EQ(parse_proxy_header(std::string_view(row.header).substr(0, cut)).state,
                State::incomplete)
          << row.header << cut;
  }
}

TEST(ProxyProtocol, RefusesEverythingElse) {
  const std::string rows[] = {
      "GET / HTTP/1.1\r\n",
      "PROXX",
      "PROXY\r\n",
      "PROXY \r\n",
      "PROXY TCP4\r\n",
      "PROXY TCP5 203.0.113.9 10.0.0.1 4660 80\r\n",
      "PROXY TCP4 203.0.113.9 10.0.0.1 4660\r\n",
      "PROXY TCP4 203.0.113.9 10.0.0.1 4660 80 1\r\n",
      "PROXY TCP4 203.0.113.9  10.0.0.1 4660 80\r\n",
      "PROXY TCP4 203.0.113.999 10.0.0.1 4660 80\r\n",
      "PROXY TCP4 2001:db8::7 ::1 4660 80\r\n",
      "PROXY TCP6 203.0.113.9 10.0.0.1 4660 80\r\n",
      "PROXY TCP4 203.0.113.9 10.0.0.1 66660 80\r\n",
      "PROXY TCP4 203.0.113.9 10.0.0.1 -1 80\r\n",
      "PROXY TCP4 203.0.113.9 10.0.0.1 4660 80\n" + std::string(80, 'x'),
      "PROXY UNKNOWN " + std::string(100, 'x') + "\r\n",
      binary(0x22, 0x11, kV4),
      binary(0x11, 0x11, kV4),
      binary(0x21, 0x11, kV4.substr(1)),
      binary(0x21, 0x21, kV4),
      binary(0x20, 0x00, std::string(5000, 'x')),
      std::string("\r\n\r\n\0\r\nQUIX\n", 12),
  };
  for (const std::string& row : rows) EXPECT_EQ(parse_proxy_header(row).state, State::bad) << row;
}

}  // namespace
}  // namespace tally
