// SPDX-License-Identifier: Apache-2.0
// Sixteen bytes are an address, the rest an allow-list: any text gives a list or an error, and what
// is let through by no list passes a second, coarser look; what a list lets through, it names.
#include <netinet/in.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include "base/check.h"
#include "http/address_guard.h"

namespace {

bool allowed_v4(const tally::AddressGuard& guard, const unsigned char* bytes) {
  sockaddr_in v4{};
  v4.sin_family = AF_INET;
  std::memcpy(&v4.sin_addr, bytes, 4);
  return guard.check(reinterpret_cast<const sockaddr*>(&v4), sizeof v4).has_value();
}

bool allowed_v6(const tally::AddressGuard& guard, const unsigned char* bytes) {
  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  std::memcpy(&v6.sin6_addr, bytes, 16);
  return guard.check(reinterpret_cast<const sockaddr*>(&v6), sizeof v6).has_value();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  unsigned char bytes[16] = {};
  std::memcpy(bytes, data, std::min<std::size_t>(size, 16));
  const tally::AddressGuard strict;
  if (allowed_v4(strict, bytes)) {
    const unsigned char a = bytes[0], b = bytes[1];
    CHECK(a != 0 && a != 10 && a != 127 && a < 224);
    CHECK(!(a == 169 && b == 254) && !(a == 192 && b == 168));
    CHECK(!(a == 172 && (b & 0xf0) == 16) && !(a == 100 && (b & 0xc0) == 64));
  }
  if (allowed_v6(strict, bytes)) {
    CHECK((bytes[0] & 0xe0) == 0x20);
    CHECK(!(bytes[0] == 0x20 && bytes[1] == 0x02));
    CHECK(!(bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] < 2));
  }

  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto guard = tally::AddressGuard::parse(text.substr(std::min<std::size_t>(size, 16)));
  if (!guard) {
    CHECK(guard.error().code == tally::ErrorCode::invalid && !guard.error().message.empty());
    return 0;
  }
  // A list never takes anything away.
  CHECK(!allowed_v4(strict, bytes) || allowed_v4(*guard, bytes));
  CHECK(!allowed_v6(strict, bytes) || allowed_v6(*guard, bytes));
  // An IPv4 address in an IPv6 socket is on no list.
  constexpr unsigned char kMapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  if (std::ranges::equal(kMapped, std::span(bytes).first<12>())) CHECK(!allowed_v6(*guard, bytes));
  return 0;
}
