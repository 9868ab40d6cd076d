// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch.h"

#include "base/bytes.h"

namespace tally {
namespace {
constexpr std::uint8_t kBatchVersion = 2;
constexpr std::uint8_t kFirstBatchVersion = 1;  // without views
}  // namespace

void encode_batch_head(const BatchHead& head, std::string& out) {
  put_fixed(out, kBatchVersion);
  put_varint(out, head.positions.size());
  for (const auto& [shard, next] : head.positions) {
    put_fixed(out, shard.node);
    put_fixed(out, shard.epoch);
    put_fixed(out, shard.shard);
    put_varint(out, next);
  }
  put_fixed(out, head.through);
  put_varint(out, head.clicks);
  put_varint(out, head.views);
}

Result<BatchHead> decode_batch_head(std::string_view& bytes) {
  ByteReader in(bytes);
  const auto version = in.fixed<std::uint8_t>();
  if (version < kFirstBatchVersion || version > kBatchVersion)
    return fail(ErrorCode::corrupt, "enriched batch of an unknown version");
  BatchHead head;
  const std::uint64_t shards = in.varint();
  for (std::uint64_t i = 0; i < shards && in.ok(); ++i) {
    ShardId shard;
    shard.node = in.fixed<std::uint16_t>();
    shard.epoch = in.fixed<std::uint32_t>();
    shard.shard = in.fixed<std::uint16_t>();
    head.positions[shard] = in.varint();
  }
  head.through = in.fixed<UnixMillis>();
  head.clicks = in.varint();
  if (version != kFirstBatchVersion) head.views = in.varint();
  if (!in.ok()) return fail(ErrorCode::corrupt, "enriched batch that does not decode");
  bytes = in.rest();
  return head;
}

Result<void> read_batch(std::string_view bytes, BatchHead& head,
                        const std::function<void(const Click&)>& each,
                        const std::function<void(const LandingView&)>& each_view) {
  TRY_ASSIGN(head, decode_batch_head(bytes));
  Click click;
  for (std::uint64_t i = 0; i < head.clicks; ++i) {
    TRY(read_click(bytes, click));
    each(click);
  }
  for (std::uint64_t i = 0; i < head.views; ++i) {
    TRY_ASSIGN(const LandingView view, read_landing_view(bytes));
    each_view(view);
  }
  if (!bytes.empty()) return fail(ErrorCode::corrupt, "enriched batch with bytes left over");
  return {};
}

}  // namespace tally
