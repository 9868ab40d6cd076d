// SPDX-License-Identifier: Apache-2.0
#include "http/content_coding.h"

#include <zlib.h>

#include <optional>

#include "base/check.h"
#include "base/text.h"

namespace tally {
namespace {

constexpr int kGzipWindow = MAX_WBITS + 16;  // +16: with gzip's header and trailer

// "0.75" as thousandths: one digit 0 or 1, at most three after the dot, at most 1.
std::optional<int> weight_of(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return std::nullopt;
  if (text.size() > 1 && text[1] != '.') return std::nullopt;
  int thousandths = (text[0] - '0') * 1000;
  int unit = 100;
  for (std::size_t at = 2; at < text.size(); ++at, unit /= 10) {
    if (!is_digit(text[at])) return std::nullopt;
    thousandths += (text[at] - '0') * unit;
  }
  return thousandths <= 1000 ? std::optional(thousandths) : std::nullopt;
}

// The weight of "gzip;q=0.5", given all that stands behind the first ';'; 1 without a parameter.
std::optional<int> weight_in(std::string_view parameter) {
  parameter = trim(parameter);
  if (parameter.size() < 2 || to_lower(parameter[0]) != 'q' || parameter[1] != '=')
    return std::nullopt;
  return weight_of(parameter.substr(2));
}

}  // namespace

bool prefers_gzip(std::string_view accept_encoding) {
  std::optional<int> packed;
  std::optional<int> plain;
  std::optional<int> others;
  for (const std::string_view piece : split(accept_encoding, ',')) {
    const auto semicolon = piece.find(';');
    const std::string_view coding = trim(piece.substr(0, semicolon));
    const std::optional<int> weight =
        semicolon == std::string_view::npos ? 1000 : weight_in(piece.substr(semicolon + 1));
    if (!weight) continue;
    if (equals_ignoring_case(coding, "gzip") || equals_ignoring_case(coding, "x-gzip"))
      packed = weight;
    else if (equals_ignoring_case(coding, "identity"))
      plain = weight;
    else if (coding == "*")
      others = weight;
  }
  const int wanted = packed.value_or(others.value_or(0));
  return wanted > 0 && wanted >= plain.value_or(0);
}

std::string gzip(std::string_view text) {
  z_stream stream{};
  CHECK(::deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzipWindow, MAX_MEM_LEVEL,
                       Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(::deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  CHECK(::deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  ::deflateEnd(&stream);
  return out;
}

}  // namespace tally
