// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a logo: a picture within the limits that can be drawn, or a refusal with a name.
// Each input is tried as it is and with its checksums put right, or nothing would get past them.
#include <zlib.h>

#include <cstdint>
#include <string>

#include "base/check.h"
#include "qr/logo.h"
#include "qr/qr_image.h"

namespace {

std::uint32_t number_at(const std::string& bytes, std::size_t at) {
  std::uint32_t out = 0;
  for (std::size_t i = at; i < at + 4; ++i) out = out << 8 | static_cast<unsigned char>(bytes[i]);
  return out;
}

std::string with_checksums(std::string png) {
  std::size_t at = 8;
  while (at + 12 <= png.size()) {
    const std::size_t size = number_at(png, at);
    if (size > png.size() - at - 12) break;
    const auto sum =
        crc32(0, reinterpret_cast<const Bytef*>(png.data() + at + 4), static_cast<uInt>(size + 4));
    for (std::size_t i = 0; i < 4; ++i)
      png[at + 8 + size + i] = static_cast<char>(sum >> (24 - 8 * i));
    at += size + 12;
  }
  return png;
}

void try_one(const std::string& png) {
  using namespace tally;
  const auto logo = read_logo(png);
  if (!logo) {
    CHECK(logo.error().field == "logo" && !logo.error().slug.empty());
    return;
  }
  CHECK(logo->width > 0 && logo->width <= kMaxLogoSide);
  CHECK(logo->height > 0 && logo->height <= kMaxLogoSide);
  CHECK(logo->pixels.size() == static_cast<std::size_t>(4 * logo->width * logo->height));
  QrOptions options;
  options.size = 64;
  CHECK(qr_png("https://go.example/a?qr=1", options, &*logo).has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  try_one(bytes);
  try_one(with_checksums(bytes));
  return 0;
}
