// SPDX-License-Identifier: Apache-2.0
#include "http/chunked_body.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace tally {
namespace {

constexpr std::size_t kMaxSizeDigits = 8;
constexpr Refusal kBadChunk{400, "bad_request", "the chunked body is not well-formed"};
constexpr Refusal kTooLarge{413, "too_large", "the body is too large"};

// "1a2b\r\n" at the front of `bytes`, taken off. False while the line is not complete.
bool take_size(std::string_view& bytes, std::size_t& size, Refusal& why) {
  const auto end = bytes.find('\n');
  if (end == std::string_view::npos) {
    if (bytes.size() > kMaxSizeDigits + 1) why = kBadChunk;
    return false;
  }
  if (end < 2 || end > kMaxSizeDigits + 1 || bytes[end - 1] != '\r') {
    why = kBadChunk;
    return false;
  }
  const char* const last = bytes.data() + end - 1;
  const auto [stop, error] = std::from_chars(bytes.data(), last, size, 16);
  if (error != std::errc{} || stop != last) {
    why = kBadChunk;
    return false;
  }
  bytes.remove_prefix(end + 1);
  return true;
}

// The two bytes after a chunk and after the last one. False while they are not there.
bool take_line_end(std::string_view& bytes, Refusal& why) {
  if (bytes.size() < 2) return false;
  if (!bytes.starts_with("\r\n")) {
    why = kBadChunk;
    return false;
  }
  bytes.remove_prefix(2);
  return true;
}

}  // namespace

bool ChunkedBody::feed(std::string_view& bytes, Refusal& why) {
  for (;;) {
    switch (part_) {
      case Part::size:
        if (!take_size(bytes, chunk_left_, why)) return false;
        if (chunk_left_ > limit_ - body_.size()) {
          why = kTooLarge;
          return false;
        }
        part_ = chunk_left_ == 0 ? Part::last : Part::data;
        break;
      case Part::data: {
        const std::size_t count = std::min(chunk_left_, bytes.size());
        body_.append(bytes.substr(0, count));
        bytes.remove_prefix(count);
        chunk_left_ -= count;
        if (chunk_left_ > 0) return false;
        part_ = Part::data_end;
        break;
      }
      case Part::data_end:
        if (!take_line_end(bytes, why)) return false;
        part_ = Part::size;
        break;
      case Part::last:
        return take_line_end(bytes, why);
    }
  }
}

std::string ChunkedBody::as_received() const {
  if (body_.empty() && part_ == Part::last) return "0\r\n";
  const std::size_t inside = part_ == Part::data ? chunk_left_ : 0;
  if (body_.size() + inside == 0) return {};
  std::array<char, 16> digits;
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), body_.size() + inside, 16).ptr;
  std::string out(digits.data(), end);
  out.append("\r\n").append(body_);
  if (part_ == Part::size || part_ == Part::last) out.append("\r\n");
  if (part_ == Part::last) out.append("0\r\n");
  return out;
}

}  // namespace tally
