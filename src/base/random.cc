// SPDX-License-Identifier: Apache-2.0
#include "base/random.h"

#include <sodium.h>

#include <cstring>
#include <limits>

#include "base/check.h"

namespace tally {

std::uint64_t Random::below(std::uint64_t bound) {
  CHECK(bound > 0);
  // Draws past the last whole multiple of `bound` are thrown away, so that no value is favoured.
  const std::uint64_t limit =
      std::numeric_limits<std::uint64_t>::max() - std::numeric_limits<std::uint64_t>::max() % bound;
  for (;;) {
    std::uint64_t draw = 0;
    fill(std::as_writable_bytes(std::span(&draw, 1)));
    if (draw < limit) return draw % bound;
  }
}

std::string Random::text(std::size_t length, std::string_view alphabet) {
  std::string out(length, '\0');
  for (char& c : out) c = alphabet[below(alphabet.size())];
  return out;
}

SystemRandom::SystemRandom() { CHECK(sodium_init() >= 0); }

void SystemRandom::fill(std::span<std::byte> out) { randombytes_buf(out.data(), out.size()); }

void SeededRandom::fill(std::span<std::byte> out) {
  while (!out.empty()) {
    const std::uint64_t z = sequence_.next();
    const std::size_t count = std::min(out.size(), sizeof z);
    std::memcpy(out.data(), &z, count);
    out = out.subspan(count);
  }
}

}  // namespace tally
