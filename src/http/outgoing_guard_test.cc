// SPDX-License-Identifier: Apache-2.0
// The guard at work: whatever leads to an address that is not to be called, nobody there hears of
// it. Each spelling goes the client's own way, from the text of a URL to the address to be dialled.
#include <arpa/inet.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "http/outgoing.h"
#include "http/outgoing_fixture.h"

namespace tally {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kRefused = ", which is not to be called";

struct Spelling {
  std::string host;     // as in a URL
  std::string address;  // what it means; "": that is up to the locale
};

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) out += fmt::format("%{:02x}", static_cast<unsigned char>(c));
  return out;
}

// Digits and dots of an East Asian keyboard, which IDNA folds.
std::string full_width(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '.') {
      out += "\xe3\x80\x82";
    } else {
      out += "\xef\xbc";
      out += static_cast<char>(0x90 + (c - '0'));
    }
  }
  return out;
}

// Every way we know to write an IPv4 address.
std::vector<Spelling> spellings_of(const std::string& dotted) {
  in_addr parsed{};
  EXPECT_EQ(::inet_pton(AF_INET, dotted.c_str(), &parsed), 1);
  const std::uint32_t n = ntohl(parsed.s_addr);
  const std::array<std::uint32_t, 4> p = {n >> 24, n >> 16 & 255, n >> 8 & 255, n & 255};
  const std::uint32_t high = n >> 16, low = n & 0xffff;
  return {
      {dotted, dotted},
      {fmt::format("{}", n), dotted},
      {fmt::format("{:#x}", n), dotted},
      {fmt::format("{:#X}", n), dotted},
      {fmt::format("0x{:08x}", n), dotted},
      {fmt::format("0{:o}", n), dotted},
      {fmt::format("000{:o}", n), dotted},
      {fmt::format("{}.{}", p[0], n & 0xffffff), dotted},
      {fmt::format("{:#x}.{:#x}", p[0], n & 0xffffff), dotted},
      {fmt::format("{}.{}.{}", p[0], p[1], low), dotted},
      {fmt::format("0{:o}.0{:o}.0{:o}", p[0], p[1], low), dotted},
      {fmt::format("{:#x}.{:#x}.{:#x}.{:#x}", p[0], p[1], p[2], p[3]), dotted},
      {fmt::format("0X{:X}.0X{:X}.0X{:X}.0X{:X}", p[0], p[1], p[2], p[3]), dotted},
      {fmt::format("0{:o}.0{:o}.0{:o}.0{:o}", p[0], p[1], p[2], p[3]), dotted},
      {fmt::format("0000{:o}.00{:o}.0{:o}.000{:o}", p[0], p[1], p[2], p[3]), dotted},
      {fmt::format("{:#x}.0{:o}.{}.{}", p[0], p[1], p[2], p[3]), dotted},
      {fmt::format("{}.{:#x}.0{:o}.{:#x}", p[0], p[1], p[2], p[3]), dotted},
      {escaped(dotted), dotted},
      {escaped(fmt::format("{}", n)), dotted},
      {full_width(dotted), ""},
      {fmt::format("[::ffff:{}]", dotted), dotted},
      {fmt::format("[::FFFF:{}]", dotted), dotted},
      {fmt::format("[::ffff:{:x}:{:x}]", high, low), dotted},
      {fmt::format("[0:0:0:0:0:ffff:{:04x}:{:04x}]", high, low), dotted},
      {fmt::format("[0000:0000:0000:0000:0000:ffff:{}]", dotted), dotted},
      {fmt::format("[::{}]", dotted), "::" + dotted},
      {fmt::format("[0::{:x}:{:x}]", high, low), "::" + dotted},
      {fmt::format("[64:ff9b::{}]", dotted), "64:ff9b::" + dotted},
      {fmt::format("[64:ff9b::{:x}:{:x}]", high, low), "64:ff9b::" + dotted},
      {fmt::format("[64:ff9b:1::{}]", dotted), "64:ff9b:1::" + dotted},
      {fmt::format("[2002:{:x}:{:x}::1]", high, low), fmt::format("2002:{:x}:{:x}::1", high, low)},
      {fmt::format("[2001:0:{:x}:{:x}::]", high, low),
       fmt::format("2001:0:{:x}:{:x}::", high, low)},
  };
}

std::vector<Spelling> all_spellings() {
  std::vector<Spelling> out = {
      {"[::]", "::"},
      {"[0:0:0:0:0:0:0:0]", "::"},
      {"[::0.0.0.0]", "::"},
      {"[::1]", "::1"},
      {"[0::1]", "::1"},
      {"[0:0:0:0:0:0:0:1]", "::1"},
      {"[0000:0000:0000:0000:0000:0000:0000:0001]", "::1"},
      {"[::0.0.0.1]", "::1"},
      {"[::00:1]", "::1"},
      {"[::1%25lo]", "::1"},
      {"[::1%251]", "::1"},
      {"[fe80::1%25lo]", "fe80::1"},
      {"[fe80::1%251]", "fe80::1"},
      {"[fe80::1]", "fe80::1"},
      {"[FE80::A9FE:A9FE]", "fe80::a9fe:a9fe"},
      {"[fd00:ec2::254]", "fd00:ec2::254"},
      {"[FD00:EC2::254]", "fd00:ec2::254"},
      {"[fc00::1]", "fc00::1"},
      {"[fec0::1]", "fec0::1"},
      {"[ff02::1]", "ff02::1"},
      {"[100::1]", "100::1"},
      {"[2001:db8::1]", "2001:db8::1"},
      {"[3fff::1]", "3fff::1"},
      {"[5f00::1]", "5f00::1"},
      {"[4000::1]", "4000::1"},
      {"localhost", "loopback"},
      {"LOCALHOST", "loopback"},
      {"a.localhost", "loopback"},
      {"127.1", "127.0.0.1"},
      {"127.0.1", "127.0.0.1"},
      {"0", "0.0.0.0"},
      {"0x0", "0.0.0.0"},
      {"00", "0.0.0.0"},
      {"0.0", "0.0.0.0"},
      {"0x7f.1", "127.0.0.1"},
      {"0177.1", "127.0.0.1"},
      {"%6cocalhost", "loopback"},
      {"user@127.0.0.1", "127.0.0.1"},
      {"8.8.8.8@127.0.0.1", "127.0.0.1"},
      {"8.8.8.8%40@127.0.0.1", "127.0.0.1"},
      {"user:password@[::1]", "::1"},
  };
  for (const char* address :
       {"127.0.0.1",     "127.0.0.2",      "127.255.255.254", "0.0.0.0",         "0.0.0.1",
        "10.0.0.1",      "10.255.255.255", "100.64.0.1",      "100.100.100.200", "169.254.169.254",
        "169.254.170.2", "172.16.0.1",     "172.31.255.255",  "192.0.0.192",     "192.0.2.1",
        "192.88.99.1",   "192.168.0.1",    "192.168.255.255", "198.18.0.1",      "198.51.100.1",
        "203.0.113.1",   "224.0.0.1",      "239.255.255.255", "240.0.0.1",       "255.255.255.255",
        "168.63.129.16"}) {
    for (Spelling& spelling : spellings_of(address)) out.push_back(std::move(spelling));
  }
  return out;
}

// As a refusal begins.
std::string text_of(const std::string& address) {
  const auto parsed = Address::parse(address);
  EXPECT_TRUE(parsed) << address;
  return parsed->known() ? parsed->text() : "::";
}

TEST(OutgoingGuard, RefusesEverySpelling) {
  ReceiverFake canary(answering());
  ReceiverFake other_canary(answering(), "::1", canary.port());
  const std::vector<Spelling> spellings = all_spellings();
  ASSERT_GE(spellings.size(), 300u);
  Outgoing outgoing;
  Answers answers;
  for (const Spelling& spelling : spellings)
    outgoing.send(post(canary.url(spelling.host)), answers.next());
  auto spelling = spellings.begin();
  for (const OutgoingAnswer& answer : answers.wait_for_all()) {
    EXPECT_EQ(answer.status, 0) << spelling->host;
    if (spelling->address.empty()) {
      EXPECT_NE(answer.error, "") << spelling->host;
    } else if (spelling->address == "loopback") {
      EXPECT_THAT(answer.error, HasSubstr(" is a loopback address")) << spelling->host;
    } else {
      EXPECT_THAT(answer.error, StartsWith(text_of(spelling->address) + " is ")) << spelling->host;
      EXPECT_THAT(answer.error, EndsWith(kRefused)) << spelling->host;
    }
    ++spelling;
  }
  EXPECT_EQ(canary.connections(), 0);
  EXPECT_EQ(other_canary.connections(), 0);
}

// Whatever name it is, and whatever it leads to.
TEST(OutgoingGuard, RefusesEveryNameThatLeadsInside) {
  ReceiverFake canary(answering());
  for (const char* address : {"127.0.0.1", "10.0.0.1", "169.254.169.254", "[::1]", "[fd00::1]",
                              "[::ffff:127.0.0.1]", "0.0.0.0", "127.0.0.1,[::1],10.0.0.1"}) {
    OutgoingOptions options;
    options.resolve = [&] {
      return std::vector<std::string>{fmt::format("*:{}:{}", canary.port(), address)};
    };
    Outgoing outgoing(options);
    for (const char* host :
         {"example.com", "EXAMPLE.com.", "127.0.0.1.nip.io", "127.0.0.1.", "0x7f.0.0.1.",
          "1.2.3.4.5", "256.256.256.256", "metadata.google.internal", "xn--n3h.example",
          "a_b.example", "8.8.8.8.example"}) {
      const OutgoingAnswer answer = ask(outgoing, post(canary.url(host)));
      EXPECT_THAT(answer.error, EndsWith(kRefused)) << host << " " << address;
    }
  }
  EXPECT_EQ(canary.connections(), 0);
}

TEST(OutgoingGuard, ANameThatLeadsElsewhereNextTimeIsJudgedAgain) {
  ReceiverFake allowed([](ReceiverFake::Connection& connection) {
    connection.read_request();
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  });
  ReceiverFake canary(answering(), "127.0.0.7", allowed.port());
  OutgoingOptions options;
  options.guard = guard_allowing("127.0.0.1");
  int asked = 0;
  options.resolve = [&] {
    return std::vector<std::string>{
        fmt::format("rebind.example:{}:127.0.0.{}", allowed.port(), asked++ % 2 == 0 ? 1 : 7)};
  };
  Outgoing outgoing(options);
  for (int i = 0; i < 20; ++i) {
    const OutgoingAnswer answer = ask(outgoing, post(allowed.url("rebind.example")));
    EXPECT_EQ(answer.status, i % 2 == 0 ? 200 : 0) << answer.error;
    EXPECT_THAT(answer.error, StartsWith(i % 2 == 0 ? "" : "127.0.0.7 is a loopback address"));
  }
  EXPECT_EQ(allowed.connections(), 10);
  EXPECT_EQ(canary.connections(), 0);
}

TEST(OutgoingGuard, OfSeveralAddressesOnlyThoseAreDialledThatMayBe) {
  ReceiverFake allowed(answering(), "127.0.0.8");
  ReceiverFake canary(answering(), "127.0.0.7", allowed.port());
  OutgoingOptions options;
  options.guard = guard_allowing("127.0.0.8");
  options.resolve = [&] {
    return std::vector<std::string>{
        fmt::format("mixed.example:{}:127.0.0.7,[::1],127.0.0.8", allowed.port())};
  };
  Outgoing outgoing(options);
  const OutgoingAnswer answer = ask(outgoing, post(allowed.url("mixed.example")));
  EXPECT_EQ(answer.status, 200) << answer.error;
  EXPECT_EQ(allowed.connections(), 1);
  EXPECT_EQ(canary.connections(), 0);
}

TEST(OutgoingGuard, TheAllowListIsPerAddress) {
  ReceiverFake allowed(answering(), "127.0.0.8");
  ReceiverFake canary(answering(), "127.0.0.7", allowed.port());
  OutgoingOptions options;
  options.guard = guard_allowing("127.0.0.8");
  Outgoing outgoing(options);
  EXPECT_EQ(ask(outgoing, post(allowed.url("127.0.0.8"))).status, 200);
  EXPECT_EQ(ask(outgoing, post(allowed.url("0x7f.8"))).status, 200);
  // The same address by another road.
  EXPECT_NE(ask(outgoing, post(allowed.url("[::ffff:127.0.0.8]"))).error, "");
  EXPECT_NE(ask(outgoing, post(allowed.url("127.0.0.7"))).error, "");
  EXPECT_EQ(allowed.connections(), 1);
  EXPECT_EQ(canary.connections(), 0);
}

TEST(OutgoingGuard, AClosedPortIsNoRefusal) {
  std::uint16_t port = 0;
  {
    const ReceiverFake gone(answering());
    port = gone.port();
  }
  Outgoing outgoing(loopback());
  const OutgoingAnswer answer = ask(outgoing, post(fmt::format("http://127.0.0.1:{}/", port)));
  EXPECT_THAT(answer.error, StartsWith("Failed to connect to 127.0.0.1"));
}

}  // namespace
}  // namespace tally
