// SPDX-License-Identifier: Apache-2.0
#include "model/landing_view.h"

#include "base/bytes.h"

namespace tally {
namespace {

constexpr std::uint8_t kViewVersion = 1;

void put_key(std::string& out, const ClickKey& key) {
  put_fixed(out, key.node);
  put_fixed(out, key.epoch);
  put_fixed(out, key.shard);
  put_varint(out, key.n);
}

ClickKey get_key(ByteReader& in) {
  ClickKey out;
  out.node = in.fixed<std::uint16_t>();
  out.epoch = in.fixed<std::uint32_t>();
  out.shard = in.fixed<std::uint16_t>();
  out.n = in.varint();
  return out;
}

}  // namespace

void encode_landing_view(const LandingView& view, std::string& out) {
  put_fixed(out, kViewVersion);
  put_key(out, view.key);
  put_key(out, view.click);
  put_fixed(out, view.time);
  put_fixed(out, view.viewed);
  put_varint(out, view.workspace.value);
  put_varint(out, view.link.value);
  put_fixed(out, view.screen_w);
  put_fixed(out, view.screen_h);
  put_fixed(out, view.dpr);
}

Result<LandingView> read_landing_view(std::string_view& bytes) {
  ByteReader in(bytes);
  if (in.fixed<std::uint8_t>() != kViewVersion)
    return fail(ErrorCode::corrupt, "landing view of an unknown version");
  LandingView view;
  view.key = get_key(in);
  view.click = get_key(in);
  view.time = in.fixed<UnixMillis>();
  view.viewed = in.fixed<UnixMillis>();
  view.workspace = WorkspaceId{in.varint()};
  view.link = LinkId{in.varint()};
  view.screen_w = in.fixed<std::uint16_t>();
  view.screen_h = in.fixed<std::uint16_t>();
  view.dpr = in.fixed<float>();
  if (!in.ok()) return fail(ErrorCode::corrupt, "landing view that does not decode");
  bytes = in.rest();
  return view;
}

}  // namespace tally
