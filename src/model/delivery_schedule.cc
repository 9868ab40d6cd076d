// SPDX-License-Identifier: Apache-2.0
#include "model/delivery_schedule.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <string>

#include "base/text.h"

namespace tally {
namespace {

constexpr UnixMillis kHour = kMillisPerHour;
constexpr std::array<UnixMillis, kDeliveryAttempts - 1> kWaits = {5 * kMillisPerSecond,
                                                                  5 * kMillisPerMinute,
                                                                  30 * kMillisPerMinute,
                                                                  2 * kHour,
                                                                  5 * kHour,
                                                                  10 * kHour,
                                                                  14 * kHour,
                                                                  20 * kHour,
                                                                  24 * kHour};
constexpr std::uint64_t kSteps = 1'000;

// From four fifths of it to six.
UnixMillis jittered(UnixMillis wait, Random& random) {
  const auto share = static_cast<UnixMillis>(random.below(kSteps + 1));
  return wait * 4 / 5 + wait * 2 / 5 * share / static_cast<UnixMillis>(kSteps);
}

}  // namespace

std::optional<UnixMillis> retry_delay(std::uint32_t attempts, Random& random) {
  if (attempts == 0 || attempts > kWaits.size()) return std::nullopt;
  return jittered(kWaits[attempts - 1], random);
}

std::optional<UnixMillis> retry_delay(std::uint32_t attempts, Random& random,
                                      std::optional<UnixMillis> asked) {
  const auto own = retry_delay(attempts, random);
  if (!own || !asked) return own;
  const UnixMillis wait = kWaits[attempts - 1];
  return std::clamp(*asked, wait, 2 * wait);
}

UnixMillis longest_delay(std::uint32_t attempts) {
  return attempts == 0 || attempts > kWaits.size() ? 0 : 2 * kWaits[attempts - 1];
}

std::optional<UnixMillis> read_retry_after(std::string_view header, UnixMillis now) {
  header = trim(header);
  if (header.empty()) return std::nullopt;
  if (std::ranges::all_of(header, [](char c) { return c >= '0' && c <= '9'; })) {
    // More digits than a century of seconds has are for ever.
    const auto seconds = header.size() > 10 ? std::optional<UnixMillis>(UnixMillis{1} << 40)
                                            : parse_number<UnixMillis>(header);
    return seconds ? std::optional(*seconds * kMillisPerSecond) : std::nullopt;
  }
  // "Sun, 06 Nov 1994 08:49:37 GMT".
  std::tm parts{};
  const std::string text(header);
  const char* const end = ::strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  if (end == nullptr || *end != '\0') return std::nullopt;
  const auto time = static_cast<UnixMillis>(::timegm(&parts)) * kMillisPerSecond;
  return std::max<UnixMillis>(0, time - now);
}

}  // namespace tally
