// SPDX-License-Identifier: Apache-2.0
#include "clicklog/batch.h"

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

Result<std::optional<std::string>> without_erased(std::string_view bytes, const Erasure& what,
                                                  const std::set<ClickKey>& landings) {
  const auto is_erased = [&](const LandingView& view) {
    return landings.contains(view.click) ||
           (what.visitors.empty() && what.meets(view.workspace, view.link, view.time));
  };
  BatchHead head;
  bool any = false;
  TRY(read_batch(
      bytes, head, [&](const Click& click) { any = any || what.meets(click); },
      [&](const LandingView& view) { any = any || is_erased(view); }));
  if (!any) return std::nullopt;
  std::string clicks, views;
  BatchHead kept = head;
  kept.clicks = kept.views = 0;
  TRY(read_batch(
      bytes, head,
      [&](const Click& click) {
        if (what.meets(click)) return;
        encode_click(click, clicks);
        ++kept.clicks;
      },
      [&](const LandingView& view) {
        if (is_erased(view)) return;
        encode_landing_view(view, views);
        ++kept.views;
      }));
  std::string out;
  encode_batch_head(kept, out);
  return out + clicks + views;
}

}  // namespace tally
