// SPDX-License-Identifier: Apache-2.0
#include "base/keyed_hash.h"

#include <sodium.h>
#include <xxhash.h>

#include <array>

namespace tally {

std::size_t KeyedHash::operator()(std::string_view text) const {
  static const auto secret = [] {
    std::array<unsigned char, XXH3_SECRET_SIZE_MIN + 56> out;  // 192 bytes, as its own
    ::randombytes_buf(out.data(), out.size());
    return out;
  }();
  return XXH3_64bits_withSecret(text.data(), text.size(), secret.data(), secret.size());
}

}  // namespace tally
