// SPDX-License-Identifier: Apache-2.0
#include "http/address_guard.h"

#include <netinet/in.h>

#include <algorithm>
#include <cstring>

#include "base/check.h"
#include "base/text.h"

namespace tally {
namespace {

struct Special {
  const char* network;
  std::string_view kind;
};

constexpr std::string_view kMapped = "an IPv4 address in the form of an IPv6 one";

// The first that fits names an address.
constexpr Special kSpecial[] = {
    // https://www.iana.org/assignments/iana-ipv4-special-registry
    {"0.0.0.0/32", "the address of no host"},
    {"0.0.0.0/8", "an address of this network"},
    {"10.0.0.0/8", "a private address"},
    {"100.64.0.0/10", "an address behind a carrier's NAT"},
    {"127.0.0.0/8", "a loopback address"},
    {"169.254.0.0/16", "a link-local address"},
    {"172.16.0.0/12", "a private address"},
    {"192.0.0.0/24", "an address set aside for protocols"},
    {"192.0.2.0/24", "an address for documentation"},
    {"192.88.99.0/24", "an address of 6to4 relays"},
    {"192.168.0.0/16", "a private address"},
    {"198.18.0.0/15", "an address for benchmarks"},
    {"198.51.100.0/24", "an address for documentation"},
    {"203.0.113.0/24", "an address for documentation"},
    {"224.0.0.0/4", "a multicast address"},
    {"255.255.255.255/32", "the broadcast address"},
    {"240.0.0.0/4", "a reserved address"},
    // In no registry: a public address that inside Azure is the platform's own service.
    {"168.63.129.16/32", "an address of a cloud's own service"},
    // https://www.iana.org/assignments/iana-ipv6-special-registry
    {"::/128", "the address of no host"},
    {"::1/128", "a loopback address"},
    {"::/96", kMapped},
    {"64:ff9b::/96", "an address that NAT64 translates to IPv4"},
    {"64:ff9b:1::/48", "an address that NAT64 translates to IPv4"},
    {"100::/64", "an address that discards"},
    {"2001::/32", "a Teredo address"},
    {"2001:10::/28", "an ORCHID, not an address"},
    {"2001:20::/28", "an ORCHID, not an address"},
    {"2001::/23", "an address set aside for protocols"},
    {"2001:db8::/32", "an address for documentation"},
    {"2002::/16", "a 6to4 address"},
    {"3fff::/20", "an address for documentation"},
    {"5f00::/16", "a segment routing identifier"},
    {"fc00::/7", "a private address"},
    {"fe80::/10", "a link-local address"},
    {"fec0::/10", "a site-local address"},
    {"ff00::/8", "a multicast address"},
};
constexpr const char* kGlobalUnicast = "2000::/3";

struct Kind {
  Network network;
  std::string_view kind;
};

Network network_of(const char* text) {
  const auto network = Network::parse(text);
  CHECK(network);
  return *network;
}

const std::vector<Kind>& special_kinds() {
  static const std::vector<Kind> kinds = [] {
    std::vector<Kind> out;
    for (const auto& [network, kind] : kSpecial) out.push_back({network_of(network), kind});
    return out;
  }();
  return kinds;
}

// An IPv4 network is in 96 bits of zeros and ones that a wider IPv6 network covers as well; but who
// wrote "::/0" wrote of IPv6.
bool covers(const Network& network, const Address& address) {
  return network.base.is_v4() == address.is_v4() && network.contains(address);
}

// What keeps `address` from being dialled; "" when nothing does.
std::string_view kind_of(const Address& address) {
  for (const auto& [network, kind] : special_kinds())
    if (covers(network, address)) return kind;
  static const Network global = network_of(kGlobalUnicast);
  if (!address.is_v4() && !global.contains(address)) return "an address given out to nobody";
  return {};
}

std::unexpected<Error> refuse(const Address& address, std::string_view kind) {
  const std::string text = address.known() ? address.text() : "::";
  return fail(ErrorCode::forbidden, text + " is " + std::string(kind));
}

// A network whose address has bits beyond its length.
bool has_host_bits(const Network& network) {
  for (int bit = network.bits; bit < 128; ++bit)
    if ((network.base.bytes[static_cast<std::size_t>(bit / 8)] >> (7 - bit % 8) & 1) != 0)
      return true;
  return false;
}

}  // namespace

Result<AddressGuard> AddressGuard::parse(std::string_view allowed) {
  std::vector<Network> networks;
  if (trim(allowed).empty()) return AddressGuard(std::move(networks));
  for (const std::string_view piece : split(allowed, ',')) {
    const std::string_view part = trim(piece);
    const auto network = Network::parse(part);
    if (!network)
      return fail(ErrorCode::invalid,
                  "'" + make_utf8(part) + "' is neither an address nor a network",
                  "write it like 10.1.2.3, 10.1.0.0/16 or fd00:1::/64");
    if (has_host_bits(*network))
      return fail(ErrorCode::invalid, "'" + std::string(part) + "' is an address inside a network",
                  "write the address alone, or the network with zeros after its length");
    networks.push_back(*network);
  }
  return AddressGuard(std::move(networks));
}

bool AddressGuard::allows(const Address& address) const {
  return std::ranges::any_of(allowed_, [&](const Network& n) { return covers(n, address); });
}

Result<void> AddressGuard::check(const sockaddr* address, socklen_t size) const {
  Address out;
  if (size >= sizeof(sockaddr_in) && address->sa_family == AF_INET) {
    sockaddr_in v4;
    std::memcpy(&v4, address, sizeof v4);
    std::ranges::copy(kMappedPrefix, out.bytes.begin());
    std::memcpy(out.bytes.data() + kMappedPrefix.size(), &v4.sin_addr, sizeof v4.sin_addr);
  } else if (size >= sizeof(sockaddr_in6) && address->sa_family == AF_INET6) {
    sockaddr_in6 v6;
    std::memcpy(&v6, address, sizeof v6);
    std::ranges::copy(v6.sin6_addr.s6_addr, out.bytes.begin());
    // No entry of the allow-list means this form: it would be the same address by another road.
    if (out.is_v4()) return refuse(out, kMapped);
  } else {
    return fail(ErrorCode::forbidden, "only IPv4 and IPv6 addresses are dialled");
  }
  if (allows(out)) return {};
  const std::string_view kind = kind_of(out);
  if (!kind.empty()) return refuse(out, kind);
  return {};
}

}  // namespace tally
