// SPDX-License-Identifier: Apache-2.0
// The spellings of addresses, as the client reads them, are in outgoing_guard_test.cc.
#include "http/address_guard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <cstring>

namespace tally {
namespace {

using testing::HasSubstr;

Result<void> check(const AddressGuard& guard, const Address& address) {
  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  std::memcpy(&v6.sin6_addr, address.bytes.data(), address.bytes.size());
  if (!address.is_v4()) return guard.check(reinterpret_cast<const sockaddr*>(&v6), sizeof v6);
  sockaddr_in v4{};
  v4.sin_family = AF_INET;
  std::memcpy(&v4.sin_addr, address.bytes.data() + 12, sizeof v4.sin_addr);
  return guard.check(reinterpret_cast<const sockaddr*>(&v4), sizeof v4);
}

// What keeps an address from being dialled; "" when nothing does.
std::string refusal(const AddressGuard& guard, const char* text) {
  const auto address = Address::parse(text);
  EXPECT_TRUE(address) << text;
  const auto checked = check(guard, *address);
  if (checked) return {};
  EXPECT_EQ(checked.error().code, ErrorCode::forbidden);
  return checked.error().message;
}

TEST(AddressGuard, RefusesEachNetworkFromItsFirstToItsLastAddress) {
  const struct {
    const char* first;
    const char* last;
    const char* kind;
    const char* before;  // the neighbours that may be dialled; null where they may not either
    const char* after;
  } rows[] = {
      {"0.0.0.0", "0.0.0.0", "the address of no host", nullptr, nullptr},
      {"0.0.0.1", "0.255.255.255", "an address of this network", nullptr, "1.0.0.0"},
      {"10.0.0.0", "10.255.255.255", "a private address", "9.255.255.255", "11.0.0.0"},
      {"100.64.0.0", "100.127.255.255", "a carrier's NAT", "100.63.255.255", "100.128.0.0"},
      {"127.0.0.0", "127.255.255.255", "a loopback address", "126.255.255.255", "128.0.0.0"},
      {"169.254.0.0", "169.254.255.255", "a link-local address", "169.253.255.255", "169.255.0.0"},
      {"172.16.0.0", "172.31.255.255", "a private address", "172.15.255.255", "172.32.0.0"},
      {"192.0.0.0", "192.0.0.255", "set aside for protocols", "191.255.255.255", "192.0.1.0"},
      {"192.0.2.0", "192.0.2.255", "for documentation", "192.0.1.255", "192.0.3.0"},
      {"192.88.99.0", "192.88.99.255", "6to4 relays", "192.88.98.255", "192.88.100.0"},
      {"192.168.0.0", "192.168.255.255", "a private address", "192.167.255.255", "192.169.0.0"},
      {"198.18.0.0", "198.19.255.255", "for benchmarks", "198.17.255.255", "198.20.0.0"},
      {"198.51.100.0", "198.51.100.255", "for documentation", "198.51.99.255", "198.51.101.0"},
      {"203.0.113.0", "203.0.113.255", "for documentation", "203.0.112.255", "203.0.114.0"},
      {"224.0.0.0", "239.255.255.255", "a multicast address", "223.255.255.255", nullptr},
      {"240.0.0.0", "255.255.255.254", "a reserved address", nullptr, nullptr},
      {"255.255.255.255", "255.255.255.255", "the broadcast address", nullptr, nullptr},
      {"168.63.129.16", "168.63.129.16", "a cloud's own", "168.63.129.15", "168.63.129.17"},
      {"::", "::", "the address of no host", nullptr, nullptr},
      {"::1", "::1", "a loopback address", nullptr, nullptr},
      {"::2", "::ffff:ffff", "in the form of an IPv6 one", nullptr, nullptr},
      {"::1:0:0", "::fffe:ffff:ffff", "given out to nobody", nullptr, nullptr},
      {"64:ff9b::", "64:ff9b::ffff:ffff", "NAT64", nullptr, nullptr},
      {"64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff", "NAT64", nullptr, nullptr},
      {"100::", "100::ffff:ffff:ffff:ffff", "discards", nullptr, nullptr},
      {"100:0:0:1::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "given out to nobody", nullptr,
       "2000::"},
      {"2001::", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff", "a Teredo address",
       "2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff", nullptr},
      {"2001:1::", "2001:f:ffff:ffff:ffff:ffff:ffff:ffff", "for protocols", nullptr, nullptr},
      {"2001:10::", "2001:1f:ffff:ffff:ffff:ffff:ffff:ffff", "an ORCHID", nullptr, nullptr},
      {"2001:20::", "2001:2f:ffff:ffff:ffff:ffff:ffff:ffff", "an ORCHID", nullptr, nullptr},
      {"2001:30::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", "for protocols", nullptr,
       "2001:200::"},
      {"2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "for documentation",
       "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db9::"},
      {"2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "a 6to4 address",
       "2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2003::"},
      {"3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", "for documentation",
       "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "3fff:1000::"},
      {"4000::", "5eff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "given out to nobody",
       "3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", nullptr},
      {"5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "segment routing", nullptr, nullptr},
      {"5f01::", "fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "given out to nobody", nullptr,
       nullptr},
      {"fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "a private address", nullptr, nullptr},
      {"fe00::", "fe7f:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "given out to nobody", nullptr,
       nullptr},
      {"fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "a link-local address", nullptr,
       nullptr},
      {"fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "a site-local address", nullptr,
       nullptr},
      {"ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "a multicast address", nullptr,
       nullptr},
  };
  const AddressGuard guard;
  for (const auto& row : rows) {
    EXPECT_THAT(refusal(guard, row.first), HasSubstr(row.kind)) << row.first;
    EXPECT_THAT(refusal(guard, row.last), HasSubstr(row.kind)) << row.last;
    for (const char* neighbour : {row.before, row.after})
      EXPECT_EQ(neighbour == nullptr ? "" : refusal(guard, neighbour), "");
  }
}

TEST(AddressGuard, LetsThroughWhatIsReachedFromEverywhere) {
  const AddressGuard guard;
  for (const char* text : {"1.1.1.1", "8.8.8.8", "93.184.215.14", "172.217.16.142", "151.101.1.69",
                           "192.30.255.113", "2606:4700:4700::1111", "2001:4860:4860::8888",
                           "2a00:1450:4001:82a::200e", "2400:cb00::1", "2620:fe::fe", "2c0f::1"})
    EXPECT_EQ(refusal(guard, text), "") << text;
}

TEST(AddressGuard, SaysWhichAddressAndWhy) {
  EXPECT_EQ(refusal(AddressGuard(), "10.1.2.3"), "10.1.2.3 is a private address");
  EXPECT_EQ(refusal(AddressGuard(), "FE80::1"), "fe80::1 is a link-local address");
  EXPECT_EQ(refusal(AddressGuard(), "::"), ":: is the address of no host");
}

TEST(AddressGuard, AMappedAddressIsRefusedWhateverIsInIt) {
  const auto guard = AddressGuard::parse("10.0.0.0/8, 0.0.0.0/0, ::/0");
  ASSERT_TRUE(guard);
  for (const char* text : {"::ffff:8.8.8.8", "::ffff:10.0.0.1", "::ffff:127.0.0.1"}) {
    const auto address = Address::parse(text);
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    std::memcpy(&v6.sin6_addr, address->bytes.data(), address->bytes.size());
    EXPECT_FALSE(guard->check(reinterpret_cast<const sockaddr*>(&v6), sizeof v6)) << text;
  }
}

TEST(AddressGuard, RefusesWhatIsNoInternetAddress) {
  const auto guard = AddressGuard::parse("0.0.0.0/0, ::/0");
  ASSERT_TRUE(guard);
  sockaddr_un local{};
  local.sun_family = AF_UNIX;
  EXPECT_FALSE(guard->check(reinterpret_cast<const sockaddr*>(&local), sizeof local));
  sockaddr_in v4{};
  v4.sin_family = AF_INET;
  v4.sin_addr.s_addr = htonl(0x08080808);
  const auto* address = reinterpret_cast<const sockaddr*>(&v4);
  EXPECT_TRUE(guard->check(address, sizeof v4));
  EXPECT_FALSE(guard->check(address, sizeof v4 - 1));
  EXPECT_FALSE(guard->check(address, 0));
  v4.sin_family = AF_INET6;
  EXPECT_FALSE(guard->check(address, sizeof v4));
  v4.sin_family = AF_UNSPEC;
  EXPECT_FALSE(guard->check(address, sizeof v4));
}

TEST(AddressGuard, TheAllowListOpensWhatItNames) {
  const struct {
    const char* allowed;
    const char* address;
    bool open;
  } rows[] = {
      {"10.1.2.3", "10.1.2.3", true},
      {"10.1.2.3", "10.1.2.4", false},
      {" 10.1.2.3 ,fd00::1\t", "fd00::1", true},
      {"10.1.2.3,fd00::1", "fd00::2", false},
      {"10.1.0.0/16", "10.1.255.255", true},
      {"10.1.0.0/16", "10.2.0.0", false},
      {"127.0.0.1/32", "127.0.0.1", true},
      {"127.0.0.1/32", "127.0.0.2", false},
      {"fd00:1::/64", "fd00:1::ffff", true},
      {"fd00:1::/64", "fd00:1:0:1::", false},
      {"FD00::/16", "fd00::1", true},
      {"::1", "::1", true},
      {"::1", "127.0.0.1", false},
      {"127.0.0.0/8", "::1", false},
      {"0.0.0.0/0", "10.1.2.3", true},
      {"0.0.0.0/0", "fd00::1", false},
      {"::/0", "fd00::1", true},
      {"::/0", "10.1.2.3", false},
      {"::ffff:10.1.2.3", "10.1.2.3", true},
      {"169.254.169.254", "169.254.169.254", true},
      {"", "10.1.2.3", false},
      {" ", "10.1.2.3", false},
      {"10.1.2.3", "8.8.8.8", true},
  };
  for (const auto& row : rows) {
    const auto guard = AddressGuard::parse(row.allowed);
    ASSERT_TRUE(guard) << row.allowed;
    EXPECT_EQ(refusal(*guard, row.address).empty(), row.open) << row.allowed << " " << row.address;
  }
}

TEST(AddressGuard, AnAllowListThatIsNoneIsAnError) {
  const struct {
    std::string_view text;
    const char* message;
  } rows[] = {
      {",", "'' is neither an address nor a network"},
      {"10.1.2.3,", "'' is neither"},
      {"10.1.2.3;10.1.2.4", "'10.1.2.3;10.1.2.4' is neither"},
      {"localhost", "'localhost' is neither"},
      {"10.1", "'10.1' is neither"},
      {"010.1.2.3", "'010.1.2.3' is neither"},
      {"10.1.2.3/33", "'10.1.2.3/33' is neither"},
      {"10.1.2.3/", "'10.1.2.3/' is neither"},
      {"10.1.2.3/x", "'10.1.2.3/x' is neither"},
      {"10.1.2.3/-1", "'10.1.2.3/-1' is neither"},
      {"10.1.2.3/8/8", "'10.1.2.3/8/8' is neither"},
      {"10.1.2.3:80", "'10.1.2.3:80' is neither"},
      {"[::1]", "'[::1]' is neither"},
      {"fe80::1%eth0", "'fe80::1%eth0' is neither"},
      {"::/129", "'::/129' is neither"},
      {"10.1.2.3/8", "'10.1.2.3/8' is an address inside a network"},
      {"10.1.2.3/31", "'10.1.2.3/31' is an address inside a network"},
      {"fd00::1/64", "'fd00::1/64' is an address inside a network"},
      {"0.0.0.1/0", "'0.0.0.1/0' is an address inside a network"},
      {"\xff", "'?' is neither"},
  };
  for (const auto& row : rows) {
    const auto guard = AddressGuard::parse(row.text);
    ASSERT_FALSE(guard) << row.text;
    EXPECT_EQ(guard.error().code, ErrorCode::invalid);
    EXPECT_THAT(guard.error().message, HasSubstr(row.message));
    EXPECT_FALSE(guard.error().hint.empty());
  }
}

}  // namespace
}  // namespace tally
