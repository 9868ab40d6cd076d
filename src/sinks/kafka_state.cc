// SPDX-License-Identifier: Apache-2.0
#include "sinks/kafka_state.h"

#include <algorithm>
#include <utility>

#include "base/bytes.h"
#include "base/state_file.h"

namespace tally {
namespace {

constexpr StateFormat kFormat{"TALLYKFK", 1, "a place in the log for Kafka"};

void put_cursor(std::string& out, const EnrichedCursor& cursor) {
  put_fixed(out, cursor.epoch);
  put_varint(out, cursor.n);
}

EnrichedCursor get_cursor(ByteReader& in) {
  EnrichedCursor out;
  out.epoch = in.fixed<std::uint32_t>();
  out.n = in.varint();
  return out;
}

}  // namespace

void KafkaState::add(const KafkaGap& gap) {
  gap_clicks += gap.clicks;
  if (!latest.empty() && latest.back().until == cursor) {
    KafkaGap& last = latest.back();
    last.from = std::min(last.from, gap.from);
    last.to = std::max(last.to, gap.to);
    last.clicks = last.clicks == 0 || gap.clicks == 0 ? 0 : last.clicks + gap.clicks;
    last.until = gap.until;
    return;
  }
  ++gaps;
  if (latest.size() == kMostGaps) latest.erase(latest.begin());
  latest.push_back(gap);
}

std::string encode_kafka_state(const KafkaState& state) {
  std::string body;
  put_cursor(body, state.cursor);
  put_fixed(body, state.last_click);
  put_varint(body, state.gaps);
  put_varint(body, state.gap_clicks);
  put_varint(body, state.latest.size());
  for (const KafkaGap& gap : state.latest) {
    put_fixed(body, gap.from);
    put_fixed(body, gap.to);
    put_varint(body, gap.clicks);
    put_cursor(body, gap.until);
  }
  return seal_state(kFormat, body);
}

Result<KafkaState> decode_kafka_state(std::string_view bytes) {
  TRY_ASSIGN(const StateBody body, open_state(kFormat, bytes));
  ByteReader in(body.bytes);
  KafkaState out;
  out.cursor = get_cursor(in);
  out.last_click = in.fixed<UnixMillis>();
  out.gaps = in.varint();
  out.gap_clicks = in.varint();
  const std::uint64_t count = in.varint();
  if (count > KafkaState::kMostGaps) return kFormat.corrupt();
  for (std::uint64_t i = 0; i < count; ++i) {
    KafkaGap gap;
    gap.from = in.fixed<UnixMillis>();
    gap.to = in.fixed<UnixMillis>();
    gap.clicks = in.varint();
    gap.until = get_cursor(in);
    out.latest.push_back(gap);
  }
  if (!in.ok() || !in.at_end()) return kFormat.corrupt();
  return out;
}

Result<std::optional<KafkaState>> load_kafka_state(Files& files,
                                                   const std::filesystem::path& path) {
  const auto bytes = files.read_all(path);
  if (!bytes && bytes.error().code == ErrorCode::not_found) return std::nullopt;
  if (!bytes) return std::unexpected(bytes.error());
  auto state = decode_kafka_state(*bytes);
  if (!state) return std::unexpected(std::move(state).error().within(path.string()));
  return std::move(*state);
}

}  // namespace tally
