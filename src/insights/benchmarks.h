// SPDX-License-Identifier: Apache-2.0
//
// Click-through rates that are usual for a channel, to lay beside one's own.
//
// Tallymark's own rule-of-thumb table, from the article that the product was designed after. Such
// ranges differ wildly between audiences; they are a first orientation, and nothing is computed
// from them but where a rate stands.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "insights/interval.h"

namespace tally {

struct ChannelBenchmark {
  std::string_view channel;    // as clicks carry it
  std::string_view placement;  // what tells rows of one channel apart
  Bounds ctr;                  // as a share
};

std::span<const ChannelBenchmark> channel_benchmarks();

// `unclear`: there is no interval, or it reaches over an end of the usual range.
enum class BenchmarkStanding : std::uint8_t { unclear, below, within, above };

// Where a rate's interval lies.
BenchmarkStanding standing(const std::optional<Bounds>& ctr, const ChannelBenchmark& benchmark);

}  // namespace tally
