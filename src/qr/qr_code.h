// SPDX-License-Identifier: Apache-2.0
//
// Text as a QR code (ISO/IEC 18004): a square of dark and light modules.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tally {

// How much of a code may be lost: about 7, 15, 25 and 30 % of its codewords.
enum class QrLevel : std::uint8_t { low, medium, quartile, high };

class QrCode {
 public:
  // The smallest code that holds `text` with at least that level; where a higher level fits into
  // the same square, it has the higher one. invalid/"text_too_long" (field "level") over the 1273
  // to 2953 bytes that the largest code holds.
  static Result<QrCode> encode(std::string_view text, QrLevel at_least);

  int version() const { return (size_ - 17) / 4; }  // 1 to 40
  int size() const { return size_; }                // modules a side: 21 to 177, always odd
  QrLevel level() const { return level_; }
  bool is_dark(int x, int y) const {
    return dark_[static_cast<std::size_t>(y) * static_cast<std::size_t>(size_) +
                 static_cast<std::size_t>(x)];
  }

 private:
  QrCode(int size, QrLevel level) : size_(size), level_(level) {}

  int size_;
  QrLevel level_;
  std::vector<bool> dark_;
};

}  // namespace tally
