// SPDX-License-Identifier: Apache-2.0
#include "qr/qr_code.h"

#include <qrcodegen/qrcodegen.hpp>

#include <string>

namespace tally {

Result<QrCode> QrCode::encode(std::string_view text, QrLevel at_least) {
  using Code = qrcodegen::QrCode;
  try {
    const Code made = Code::encodeText(std::string(text).c_str(), static_cast<Code::Ecc>(at_least));
    QrCode out(made.getSize(), static_cast<QrLevel>(made.getErrorCorrectionLevel()));
    for (int y = 0; y < out.size_; ++y)
      for (int x = 0; x < out.size_; ++x) out.dark_.push_back(made.getModule(x, y));
    return out;
  } catch (const qrcodegen::data_too_long&) {
    return fail_field("level", "text_too_long",
                      "the short URL is too long for a QR code of this level");
  }
}

}  // namespace tally
