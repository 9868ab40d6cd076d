// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a geo database: opened as a file in memory, then asked for some addresses.
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/check.h"
#include "base/text.h"
#include "enrich/geo.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tally;
  static const int file = ::memfd_create("geo", MFD_CLOEXEC);
  static const std::string path = "/proc/self/fd/" + std::to_string(file);
  CHECK(file >= 0 && ::ftruncate(file, static_cast<off_t>(size)) == 0);
  CHECK(::pwrite(file, data, size, 0) == static_cast<ssize_t>(size));
  const GeoDatabase database(path, "");
  const GeoStatus& status = database.status();
  CHECK(status.loaded == status.error.empty());
  CHECK(is_utf8(status.type));
  static const std::array<Address, 6> asked = [] {
    std::array<Address, 6> out;
    std::ranges::transform(
        std::array<std::string_view, 6>{"0.0.0.0", "192.0.2.1", "255.255.255.255", "::",
                                        "2001:db8::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
        out.begin(), [](std::string_view text) { return *Address::parse(text); });
    return out;
  }();
  std::array<std::optional<GeoDatabase::Record>, asked.size()> side_by_side;
  database.find(asked, side_by_side);
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const auto record = database.find(asked[i]);
    CHECK(record == side_by_side[i]);
    CHECK(status.loaded || !record);
    if (!record) continue;
    const Place place = database.read(*record);
    CHECK(place.country == "Unknown" || place.country.size() == 2);
    for (const std::string* part : {&place.country, &place.region, &place.city})
      CHECK(!part->empty() && is_utf8(*part) && part->size() <= 255);
  }
  return 0;
}
