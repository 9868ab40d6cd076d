// SPDX-License-Identifier: Apache-2.0
#include "pipeline/ship_state.h"

#include <utility>

#include "base/bytes.h"
#include "base/state_file.h"

namespace tally {
namespace {

constexpr StateFormat kFormat{"TALLYSHP", 2, "a cursor of the click store"};
constexpr std::uint16_t kFirstVersion = 1;  // clicks are the only table

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

void put_insert(std::string& out, const PlannedInsert& insert) {
  put_fixed(out, static_cast<std::uint8_t>(insert.table));
  put_fixed(out, insert.partition);
  put_text(out, insert.token);
  put_varint(out, insert.rows);
  put_fixed(out, insert.times.from);
  put_fixed(out, insert.times.to);
  put_varint(out, insert.ranges.size());
  for (const ShardRange& range : insert.ranges) {
    put_fixed(out, range.node);
    put_fixed(out, range.epoch);
    put_fixed(out, range.shard);
    put_varint(out, range.first);
    put_varint(out, range.last);
  }
}

// Nothing when it names a table that is not known.
std::optional<PlannedInsert> get_insert(ByteReader& in, std::uint16_t version) {
  PlannedInsert out;
  const auto table = version == kFirstVersion ? std::uint8_t{0} : in.fixed<std::uint8_t>();
  if (table >= kStoreTables) return std::nullopt;
  out.table = static_cast<StoreTable>(table);
  out.partition = in.fixed<std::int64_t>();
  out.token = std::string(in.text());
  out.rows = in.varint();
  out.times.from = in.fixed<UnixMillis>();
  out.times.to = in.fixed<UnixMillis>();
  const std::uint64_t ranges = in.varint();
  for (std::uint64_t i = 0; i < ranges && in.ok(); ++i) {
    ShardRange range;
    range.node = in.fixed<std::uint16_t>();
    range.epoch = in.fixed<std::uint32_t>();
    range.shard = in.fixed<std::uint16_t>();
    range.first = in.varint();
    range.last = in.varint();
    out.ranges.push_back(range);
  }
  return out;
}

}  // namespace

std::string encode_ship_state(const ShipState& state) {
  std::string body;
  put_cursor(body, state.cursor);
  put_fixed(body, static_cast<std::uint8_t>(state.until.has_value()));
  if (state.until) {
    put_cursor(body, *state.until);
    put_varint(body, state.inserts.size());
    for (const PlannedInsert& insert : state.inserts) put_insert(body, insert);
  }
  return seal_state(kFormat, body);
}

Result<ShipState> decode_ship_state(std::string_view bytes) {
  TRY_ASSIGN(const StateBody body, open_state(kFormat, bytes));
  ByteReader in(body.bytes);
  ShipState out;
  out.cursor = get_cursor(in);
  if (in.fixed<std::uint8_t>() != 0) {
    out.until = get_cursor(in);
    const std::uint64_t inserts = in.varint();
    for (std::uint64_t i = 0; i < inserts && in.ok(); ++i) {
      auto insert = get_insert(in, body.version);
      if (!insert) return kFormat.corrupt();
      out.inserts.push_back(std::move(*insert));
    }
  }
  if (!in.ok() || !in.at_end()) return kFormat.corrupt();
  return out;
}

Result<ShipState> load_ship_state(Files& files, const std::filesystem::path& path) {
  const auto bytes = files.read_all(path);
  if (!bytes && bytes.error().code == ErrorCode::not_found) return ShipState{};
  if (!bytes) return std::unexpected(bytes.error());
  auto state = decode_ship_state(*bytes);
  if (!state) return std::unexpected(std::move(state).error().within(path.string()));
  return state;
}

}  // namespace tally
