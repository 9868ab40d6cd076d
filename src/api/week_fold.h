// SPDX-License-Identifier: Apache-2.0
//
// A series by the quarter of an hour, folded onto the 168 hours of the week.
//
// Clocks change by whole quarters, so each quarter lies in one hour of the clock. An hour that they
// repeat is there twice, one that they skip not at all: `quarters` says how much time a cell stands
// for, so that cells can be compared.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "clicks/click_store.h"
#include "model/calendar.h"

namespace tally {

struct WeekCell {
  std::uint64_t clicks = 0;
  std::optional<std::uint64_t> unique_clicks;  // none for traffic `bot`
  std::uint64_t quarters = 0;
  friend bool operator==(const WeekCell&, const WeekCell&) = default;
};

inline constexpr std::size_t kHoursPerDay = 24;
using WeekFold = std::array<WeekCell, 7 * kHoursPerDay>;  // from Monday, 0 o'clock, on

WeekFold fold_week(std::span<const SeriesPoint> quarters, const TimeZone& zone);

}  // namespace tally
