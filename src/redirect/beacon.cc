// SPDX-License-Identifier: Apache-2.0
#include "redirect/beacon.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace tally {
namespace {

constexpr int kMostPixels = 20'000;
constexpr float kLeastDpr = 0.1F, kMostDpr = 20;

class Reader {
 public:
  explicit Reader(std::string_view rest) : rest_(rest) {}

  bool take(char c) {
    skip_blanks();
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // A string without escapes.
  std::optional<std::string_view> text() {
    if (!take('"')) return std::nullopt;
    const auto end = rest_.find('"');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view out = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    if (!std::ranges::all_of(out, [](char c) { return is_alnum(c) || c == '_'; }))
      return std::nullopt;
    return out;
  }
  // Digits with at most one point between them.
  std::optional<std::string_view> number() {
    skip_blanks();
    const auto end = std::min(rest_.find_first_not_of("0123456789."), rest_.size());
    const std::string_view out = rest_.substr(0, end);
    if (out.empty() || !is_digit(out.front()) || !is_digit(out.back()) ||
        std::ranges::count(out, '.') > 1) {
      return std::nullopt;
    }
    rest_.remove_prefix(end);
    return out;
  }
  bool at_end() {
    skip_blanks();
    return rest_.empty();
  }

 private:
  void skip_blanks() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size()));
  }
  std::string_view rest_;
};

bool read_side(Reader& in, std::uint16_t& out) {
  const auto text = in.number();
  const auto pixels = text ? parse_number<int>(*text) : std::nullopt;
  if (out != 0 || !pixels || *pixels < 1 || *pixels > kMostPixels) return false;
  out = static_cast<std::uint16_t>(*pixels);
  return true;
}

bool read_dpr(Reader& in, float& out) {
  const auto text = in.number();
  const auto dpr = text ? parse_number<float>(*text) : std::nullopt;
  if (out != 0 || !dpr || !(*dpr >= kLeastDpr && *dpr <= kMostDpr)) return false;
  out = *dpr;
  return true;
}

bool read_click_id(Reader& in, std::string_view& out) {
  const auto text = in.text();
  if (!out.empty() || !text || text->empty()) return false;
  out = *text;
  return true;
}

bool read_member(Reader& in, BeaconReport& out) {
  const auto name = in.text();
  if (!name || !in.take(':')) return false;
  if (*name == "click_id") return read_click_id(in, out.click_id);
  if (*name == "screen_w") return read_side(in, out.screen_w);
  if (*name == "screen_h") return read_side(in, out.screen_h);
  if (*name == "dpr") return read_dpr(in, out.dpr);
  return false;
}

}  // namespace

std::optional<BeaconReport> parse_beacon(std::string_view body) {
  Reader in(body);
  BeaconReport out;
  if (!in.take('{')) return std::nullopt;
  do {
    if (!read_member(in, out)) return std::nullopt;
  } while (in.take(','));
  if (!in.take('}') || !in.at_end()) return std::nullopt;
  if (out.click_id.empty() || out.screen_w == 0 || out.screen_h == 0 || out.dpr == 0)
    return std::nullopt;
  return out;
}

}  // namespace tally
