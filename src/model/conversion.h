// SPDX-License-Identifier: Apache-2.0
//
// What came of a click: somebody bought, signed up, asked. Told by whoever runs the destination,
// with the click id that the click took there.
//
// It may be told before its click is stored, so it waits; joined, it counts with everything that is
// known of its click. Its number is random: numbers of a store that is gone, or of another node,
// are not given out a second time.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "model/hit.h"
#include "model/ids.h"

namespace tally {

using ConversionId = Id<struct ConversionTag>;
struct ConversionTag {
  static constexpr std::string_view kPrefix = "cnv_";
};

// pending: its click is not stored, or not found yet. unmatched: the click was not found for as
// long as kConversionPatience.
enum class ConversionState : std::uint8_t { pending, joined, unmatched };
inline constexpr std::array<std::string_view, 3> kConversionStateNames = {"pending", "joined",
                                                                          "unmatched"};
constexpr std::string_view to_text(ConversionState v) {
  return kConversionStateNames[static_cast<std::size_t>(v)];
}

inline constexpr UnixMillis kConversionPatience = 7 * kMillisPerDay;

struct Conversion {
  ConversionId id;
  WorkspaceId workspace;
  ClickKey click;
  UnixMillis time = 0;  // when it happened, as its sender says
  UnixMillis received_at = 0;
  std::string event;                         // its name
  std::optional<std::int64_t> value_micros;  // millionths of `currency`
  std::string currency;                      // "" without a value
  ConversionState state = ConversionState::pending;
  LinkId link;  // of the click, once joined
  friend bool operator==(const Conversion&, const Conversion&) = default;
};

}  // namespace tally
