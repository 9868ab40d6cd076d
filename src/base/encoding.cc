// SPDX-License-Identifier: Apache-2.0
#include "base/encoding.h"

#include <sodium.h>

namespace tally {
namespace {

constexpr int kPadded = sodium_base64_VARIANT_ORIGINAL;
constexpr int kUrl = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::optional<std::string> decode(std::string_view text, int variant) {
  std::string out(text.size(), '\0');
  std::size_t size = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), text.data(),
                        text.size(), nullptr, &size, nullptr, variant) != 0)
    return std::nullopt;
  out.resize(size);
  return out;
}

}  // namespace

std::string hex(std::string_view bytes) {
  std::string out(2 * bytes.size() + 1, '\0');
  sodium_bin2hex(out.data(), out.size(), bytes_of(bytes), bytes.size());
  out.pop_back();  // the end of a C string
  return out;
}

std::optional<std::string> from_base64(std::string_view text) { return decode(text, kPadded); }

std::string base64url(std::string_view bytes) {
  std::string out(sodium_base64_encoded_len(bytes.size(), kUrl), '\0');
  sodium_bin2base64(out.data(), out.size(), bytes_of(bytes), bytes.size(), kUrl);
  out.pop_back();  // the end of a C string
  return out;
}

std::optional<std::string> from_base64url(std::string_view text) { return decode(text, kUrl); }

}  // namespace tally
