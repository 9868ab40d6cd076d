// SPDX-License-Identifier: Apache-2.0
//
// How far Kafka has the enriched log, and what it never got. Kept in one small file, replaced
// durably. Layout in docs/formats/kafka_state.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/files.h"
#include "base/result.h"
#include "clicklog/enriched_log.h"

namespace tally {

// Clicks that were passed over.
struct KafkaGap {
  UnixMillis from = 0, to = 0;  // when they were received: [from, to)
  std::uint64_t clicks = 0;     // 0: nobody knows
  EnrichedCursor until;         // where the log went on
  friend bool operator==(const KafkaGap&, const KafkaGap&) = default;
};

struct KafkaState {
  static constexpr std::size_t kMostGaps = 100;

  EnrichedCursor cursor;         // every click before it was taken by Kafka, or is in a gap
  UnixMillis last_click = 0;     // when the newest of them was received; 0: there is none
  std::uint64_t gaps = 0;        // that there ever were
  std::uint64_t gap_clicks = 0;  // clicks in them, as far as they were counted
  std::vector<KafkaGap> latest;  // oldest first, kMostGaps at most

  // Notes a gap; one that goes on where the last one ended makes that one longer.
  void add(const KafkaGap& gap);
  friend bool operator==(const KafkaState&, const KafkaState&) = default;
};

std::string encode_kafka_state(const KafkaState& state);
Result<KafkaState> decode_kafka_state(std::string_view bytes);

// Nothing when there is no such file.
Result<std::optional<KafkaState>> load_kafka_state(Files& files, const std::filesystem::path& path);

}  // namespace tally
