// SPDX-License-Identifier: Apache-2.0
//
// The bytes of a log segment; the layout is told in docs/formats/journal.md and lives here once.
//
// A log is a set of segments. A shard is everything one writer wrote in one start of the process:
// (node, start epoch, thread). A start never appends to a file of another start, so there is never
// a question of what an old tail meant to a new writer. Records of a shard are numbered 0, 1, 2,
// ... over all its segments; a segment's name and header say the number of its first record.
//
// Each record carries a checksum over its length, its number, its segment's identity and its bytes.
// So a record is only ever accepted at the place where it was written: old bytes in reused disk
// blocks, or a block that landed in the wrong place, are not mistaken for data. A length of zero
// cannot occur; the zeros of preallocated space read as "nothing here yet". A segment that was
// closed in good order ends with a seal that counts its records, so a cut at a record's edge is
// seen too.
//
// The checksum is XXH3 (64 bits, folded to 32): 30 ns for a hit, against a sync of 200,000.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace tally {

enum class LogKind : std::uint8_t { raw = 1, enriched = 2 };

struct ShardId {
  std::uint16_t node = 0;
  std::uint32_t epoch = 0;
  std::uint16_t shard = 0;
  friend auto operator<=>(const ShardId&, const ShardId&) = default;
};

struct SegmentId {
  LogKind kind = LogKind::raw;
  ShardId shard;
  std::uint64_t first = 0;  // number of the segment's first record
  friend auto operator<=>(const SegmentId&, const SegmentId&) = default;
};

inline constexpr std::uint16_t kLogVersion = 1;
inline constexpr std::size_t kSegmentHeaderSize = 48;
inline constexpr std::size_t kRecordHeaderSize = 8;
inline constexpr std::size_t kSealSize = kRecordHeaderSize + 8;
inline constexpr std::uint32_t kSealMark = 0xffffffff;
// Larger lengths are not believed.
inline constexpr std::uint32_t kMaxRecord = 64 << 20;

// "00001-0000000007-00003-00000000000000000042.log"; sorts by shard, then by first record.
std::string segment_name(const SegmentId& id);
// The identity in a file's name, or nothing when it is not a segment's.
std::optional<SegmentId> parse_segment_name(LogKind kind, std::string_view name);

std::string encode_segment_header(const SegmentId& id, UnixMillis created);
// What the last eight bytes of a header must be, in every version of the format.
std::uint64_t header_checksum(std::string_view header);

struct SegmentHeader {
  SegmentId id;
  UnixMillis created = 0;
};
// ErrorCode::conflict when a newer version wrote it (its checksum being right), ErrorCode::corrupt
// when it is no header.
Result<SegmentHeader> decode_segment_header(std::string_view bytes);

// What record_checksum() is seeded with, besides a record's number and length.
std::uint64_t segment_seed(const SegmentId& id);

// Fills in the header of record `n`: `record` is eight bytes of room and the payload after them.
void finish_record(std::span<char> record, std::uint64_t seed, std::uint64_t n);

// The seal of a segment whose last record was n = end - 1.
std::string encode_seal(std::uint64_t seed, std::uint64_t end);

}  // namespace tally
