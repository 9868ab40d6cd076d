// SPDX-License-Identifier: Apache-2.0
#include "journal/format.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <fmt/format.h>

#include "base/bytes.h"
#include "base/check.h"
#include "base/checksum.h"
#include "base/text.h"

namespace tally {
namespace {

constexpr std::string_view kMagic = "TALLYLOG";
constexpr std::string_view kExtension = ".log";

}  // namespace

std::string segment_name(const SegmentId& id) {
  return fmt::format("{:05}-{:010}-{:05}-{:020}{}", id.shard.node, id.shard.epoch, id.shard.shard,
                     id.first, kExtension);
}

std::optional<SegmentId> parse_segment_name(LogKind kind, std::string_view name) {
  if (!name.ends_with(kExtension)) return std::nullopt;
  const auto parts = split(name.substr(0, name.size() - kExtension.size()), '-');
  if (parts.size() != 4) return std::nullopt;
  const auto node = parse_number<std::uint16_t>(parts[0]);
  const auto epoch = parse_number<std::uint32_t>(parts[1]);
  const auto shard = parse_number<std::uint16_t>(parts[2]);
  const auto first = parse_number<std::uint64_t>(parts[3]);
  if (!node || !epoch || !shard || !first) return std::nullopt;
  return SegmentId{kind, {*node, *epoch, *shard}, *first};
}

std::string encode_segment_header(const SegmentId& id, UnixMillis created) {
  std::string out(kMagic);
  put_fixed(out, kLogVersion);
  put_fixed(out, static_cast<std::uint8_t>(id.kind));
  put_fixed(out, std::uint8_t{0});
  put_fixed(out, id.shard.node);
  put_fixed(out, id.shard.shard);
  put_fixed(out, id.shard.epoch);
  put_fixed(out, std::uint32_t{0});
  put_fixed(out, id.first);
  put_fixed(out, created);
  put_fixed(out, std::uint64_t{0});
  const std::uint64_t checksum = header_checksum(out);
  std::memcpy(out.data() + out.size() - sizeof checksum, &checksum, sizeof checksum);
  CHECK(out.size() == kSegmentHeaderSize);
  return out;
}

std::uint64_t header_checksum(std::string_view header) {
  return XXH3_64bits(header.data(), kSegmentHeaderSize - sizeof(std::uint64_t));
}

Result<SegmentHeader> decode_segment_header(std::string_view bytes) {
  if (bytes.size() < kSegmentHeaderSize || !bytes.starts_with(kMagic))
    return fail(ErrorCode::corrupt, "not a log segment");
  std::uint64_t checksum = 0;
  std::memcpy(&checksum, bytes.data() + kSegmentHeaderSize - sizeof checksum, sizeof checksum);
  if (checksum != header_checksum(bytes))
    return fail(ErrorCode::corrupt, "log segment with a damaged header");
  ByteReader in(bytes.substr(kMagic.size(), kSegmentHeaderSize - kMagic.size()));
  if (const auto version = in.fixed<std::uint16_t>(); version > kLogVersion) {
    return fail(ErrorCode::conflict,
                fmt::format("log format {} is newer than this program's {}", version, kLogVersion),
                "start the newer tallymark that wrote it");
  }
  SegmentHeader header;
  const auto kind = in.fixed<std::uint8_t>();
  in.fixed<std::uint8_t>();
  header.id.shard.node = in.fixed<std::uint16_t>();
  header.id.shard.shard = in.fixed<std::uint16_t>();
  header.id.shard.epoch = in.fixed<std::uint32_t>();
  in.fixed<std::uint32_t>();
  header.id.first = in.fixed<std::uint64_t>();
  header.created = in.fixed<UnixMillis>();
  const bool kind_fits = kind == static_cast<std::uint8_t>(LogKind::raw) ||
                         kind == static_cast<std::uint8_t>(LogKind::enriched);
  if (!kind_fits) return fail(ErrorCode::corrupt, "log segment with a damaged header");
  header.id.kind = static_cast<LogKind>(kind);
  return header;
}

std::uint64_t segment_seed(const SegmentId& id) {
  const std::string identity = encode_segment_header(id, 0);
  return XXH3_64bits(identity.data(), identity.size());
}

void finish_record(std::span<char> record, std::uint64_t seed, std::uint64_t n) {
  CHECK(record.size() > kRecordHeaderSize && record.size() - kRecordHeaderSize <= kMaxRecord);
  const std::span<char> payload = record.subspan(kRecordHeaderSize);
  const auto size = static_cast<std::uint32_t>(payload.size());
  const std::uint32_t checksum = record_checksum(seed, n, {payload.data(), payload.size()});
  std::memcpy(record.data(), &size, sizeof size);
  std::memcpy(record.data() + sizeof size, &checksum, sizeof checksum);
}

std::string encode_seal(std::uint64_t seed, std::uint64_t end) {
  std::string count;
  put_fixed(count, end);
  std::string out;
  put_fixed(out, kSealMark);
  put_fixed(out, record_checksum(~seed, end, count));
  return out + count;
}

}  // namespace tally
