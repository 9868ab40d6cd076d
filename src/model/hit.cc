// SPDX-License-Identifier: Apache-2.0
#include "model/hit.h"

#include <algorithm>
#include <cstring>
#include <iterator>

#include "base/bytes.h"

namespace tally {
namespace {

constexpr std::uint8_t kHitVersion = 2;
constexpr std::uint8_t kFirstHitVersion = 1;
constexpr std::size_t kLongText = 2048;
constexpr std::size_t kShortText = 255;

constexpr std::uint8_t kFlagHead = 1;
constexpr std::uint8_t kFlagPrivacy = 2;
constexpr std::uint8_t kFlagDoNotRecord = 4;
constexpr std::uint8_t kFlagLimitSpent = 8;
constexpr std::uint8_t kFlagVerdict = 16;
constexpr std::uint8_t kFlagV4 = 32;

// What a hit takes at most besides its texts: version to presence bits, a verdict without its
// reason, a beacon.
constexpr std::size_t kMostFixed = 64 + 4 + 32;

// Every text of a hit, in stored order, with its cap. Encoding and decoding walk the same list.
struct TextField {
  std::string_view HitView::* field;
  std::size_t cap;
};
constexpr TextField kTextFields[] = {
    {&HitView::domain, kShortText},
    {&HitView::prefix, kShortText},
    {&HitView::token, kShortText},
    {&HitView::variant, kShortText},
    {&HitView::query, kLongText},
    {&HitView::user_agent, kLongText},
    {&HitView::referrer, kLongText},
    {&HitView::accept_language, kShortText},
    {&HitView::purpose, kShortText},
    {&HitView::ch_ua, kShortText},
    {&HitView::ch_mobile, kShortText},
    {&HitView::ch_platform, kShortText},
    {&HitView::ch_platform_version, kShortText},
    {&HitView::ch_model, kShortText},
};
constexpr std::size_t kTextCount = std::size(kTextFields);
// Those that came later, behind the saved tags: an older hit has none of their bits.
constexpr TextField kLaterFields[] = {
    {&HitView::ch_form_factors, kShortText},
};
constexpr std::string_view SavedTags::* kSavedFields[] = {
    &SavedTags::source, &SavedTags::medium,        &SavedTags::campaign, &SavedTags::content,
    &SavedTags::term,   &SavedTags::link_campaign, &SavedTags::channel,
};

// Writes into room that is known to suffice: a hit costs one growth of the string, not fifty.
class RawWriter {
 public:
  explicit RawWriter(char* at) : at_(at) {}
  template <class T>
  void fixed(T value) {
    std::memcpy(at_, &value, sizeof value);
    at_ += sizeof value;
  }
  void varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) *at_++ = static_cast<char>(value | 0x80);
    *at_++ = static_cast<char>(value);
  }
  void raw(const void* bytes, std::size_t size) {
    std::memcpy(at_, bytes, size);
    at_ += size;
  }
  void text(std::string_view text) {
    varint(text.size());
    raw(text.data(), text.size());
  }
  char* at() const { return at_; }

 private:
  char* at_;
};

void write_beacon(const Beacon& beacon, RawWriter& out) {
  out.fixed(beacon.click.node);
  out.fixed(beacon.click.epoch);
  out.fixed(beacon.click.shard);
  out.fixed(beacon.click.n);
  out.fixed(beacon.screen_w);
  out.fixed(beacon.screen_h);
  out.fixed(beacon.dpr);
}

Beacon read_beacon(ByteReader& in) {
  Beacon out;
  out.click.node = in.fixed<std::uint16_t>();
  out.click.epoch = in.fixed<std::uint32_t>();
  out.click.shard = in.fixed<std::uint16_t>();
  out.click.n = in.fixed<std::uint64_t>();
  out.screen_w = in.fixed<std::uint16_t>();
  out.screen_h = in.fixed<std::uint16_t>();
  out.dpr = in.fixed<float>();
  return out;
}

// The texts that are there, each cut to its cap, and a bit for each in `presence`.
struct Texts {
  std::array<std::string_view, kTextCount + std::size(kSavedFields) + std::size(kLaterFields)> list;
  std::uint32_t presence = 0;
  std::size_t bytes = 0;
  std::size_t count = 0;

  explicit Texts(const HitView& hit) {
    std::uint32_t bit = 1;
    for (const auto& [field, cap] : kTextFields) add((hit.*field).substr(0, cap), bit);
    for (const auto field : kSavedFields) add((hit.saved.*field).substr(0, kShortText), bit);
    for (const auto& [field, cap] : kLaterFields) add((hit.*field).substr(0, cap), bit);
  }
  void add(std::string_view text, std::uint32_t& bit) {
    if (!text.empty()) {
      list[count++] = text;
      presence |= bit;
      bytes += text.size() + 2;
    }
    bit <<= 1;
  }
};

std::uint8_t flags_of(const HitView& hit) {
  return static_cast<std::uint8_t>(
      (hit.is_head ? kFlagHead : 0) | (hit.wants_privacy ? kFlagPrivacy : 0) |
      (hit.do_not_record ? kFlagDoNotRecord : 0) | (hit.limit_spent ? kFlagLimitSpent : 0) |
      (hit.verdict ? kFlagVerdict : 0) | (hit.address.is_v4() ? kFlagV4 : 0));
}

char* write_hit(const HitView& hit, const Texts& texts, char* at) {
  RawWriter out(at);
  out.fixed(kHitVersion);
  out.fixed(static_cast<std::uint8_t>(hit.kind));
  out.fixed(hit.time);
  out.varint(hit.workspace.value);
  out.varint(hit.link.value);
  out.fixed(static_cast<std::uint8_t>(hit.outcome));
  out.fixed(static_cast<std::uint8_t>(hit.trigger));
  const std::uint8_t flags = flags_of(hit);
  out.fixed(flags);
  const std::size_t mapped = (flags & kFlagV4) != 0 ? kMappedPrefix.size() : 0;
  out.raw(hit.address.bytes.data() + mapped, hit.address.bytes.size() - mapped);
  out.fixed(texts.presence);
  for (std::size_t i = 0; i < texts.count; ++i) out.text(texts.list[i]);
  if (hit.verdict) {
    out.fixed(static_cast<std::uint8_t>(hit.verdict->traffic));
    out.text(hit.verdict->reason.substr(0, kShortText));
  }
  if (hit.kind == HitKind::beacon) write_beacon(hit.beacon, out);
  return out.at();
}

void read_address(ByteReader& in, bool v4, Address& out) {
  const std::size_t mapped = v4 ? kMappedPrefix.size() : 0;
  const std::string_view bytes = in.raw(out.bytes.size() - mapped);
  if (!in.ok()) return;
  if (v4) std::ranges::copy(kMappedPrefix, out.bytes.begin());
  std::memcpy(out.bytes.data() + mapped, bytes.data(), bytes.size());
}

}  // namespace

void encode_hit(const HitView& hit, std::string& out) {
  const Texts texts(hit);
  const std::size_t before = out.size();
  const std::size_t reason = hit.verdict ? kShortText : 0;
  out.resize_and_overwrite(
      before + kMostFixed + texts.bytes + reason, [&](char* data, std::size_t) {
        return static_cast<std::size_t>(write_hit(hit, texts, data + before) - data);
      });
}

Result<HitView> decode_hit(std::string_view bytes) {
  ByteReader in(bytes);
  const auto version = in.fixed<std::uint8_t>();
  if (version < kFirstHitVersion || version > kHitVersion)
    return fail(ErrorCode::corrupt, "hit of an unknown version");
  const bool first = version == kFirstHitVersion;
  HitView hit;
  const auto kind = first ? std::uint8_t{0} : in.fixed<std::uint8_t>();
  hit.time = in.fixed<UnixMillis>();
  hit.workspace = WorkspaceId{in.varint()};
  hit.link = LinkId{in.varint()};
  const auto outcome = in.fixed<std::uint8_t>();
  const auto trigger = in.fixed<std::uint8_t>();
  const auto flags = in.fixed<std::uint8_t>();
  read_address(in, !first && (flags & kFlagV4) != 0, hit.address);
  // The first version has every text, empty or not, and no bits.
  std::uint32_t presence = first ? ~std::uint32_t{0} : in.fixed<std::uint32_t>();
  for (const auto& [field, cap] : kTextFields) {
    if ((presence & 1) != 0) hit.*field = in.text();
    presence >>= 1;
  }
  for (const auto field : kSavedFields) {
    if ((presence & 1) != 0) hit.saved.*field = in.text();
    presence >>= 1;
  }
  if (first) presence = 0;
  for (const auto& [field, cap] : kLaterFields) {
    if ((presence & 1) != 0) hit.*field = in.text();
    presence >>= 1;
  }
  std::uint8_t traffic = 0;
  if (!first && (flags & kFlagVerdict) != 0) {
    traffic = in.fixed<std::uint8_t>();
    hit.verdict = Verdict{static_cast<Traffic>(traffic), in.text()};
  }
  if (kind == static_cast<std::uint8_t>(HitKind::beacon)) hit.beacon = read_beacon(in);
  if (!in.ok() || !in.at_end() || kind >= kHitKinds || outcome >= kOutcomeNames.size() ||
      trigger >= kTriggerNames.size() || traffic >= kTrafficNames.size()) {
    return fail(ErrorCode::corrupt, "hit that does not decode");
  }
  hit.kind = static_cast<HitKind>(kind);
  hit.outcome = static_cast<Outcome>(outcome);
  hit.trigger = static_cast<Trigger>(trigger);
  hit.is_head = (flags & kFlagHead) != 0;
  hit.wants_privacy = (flags & kFlagPrivacy) != 0;
  hit.do_not_record = !first && (flags & kFlagDoNotRecord) != 0;
  hit.limit_spent = !first && (flags & kFlagLimitSpent) != 0;
  return hit;
}

LinkId limited_link(std::string_view bytes) {
  ByteReader in(bytes);
  const auto version = in.fixed<std::uint8_t>();
  if (version <= kFirstHitVersion || version > kHitVersion) return {};
  in.raw(sizeof(std::uint8_t) + sizeof(UnixMillis));  // kind, time
  in.varint();                                        // workspace
  const LinkId link{in.varint()};
  in.raw(2 * sizeof(std::uint8_t));  // outcome, trigger
  const auto flags = in.fixed<std::uint8_t>();
  return in.ok() && (flags & kFlagLimitSpent) != 0 ? link : LinkId{};
}

UnixMillis hit_time(std::string_view bytes) {
  ByteReader in(bytes);
  const auto version = in.fixed<std::uint8_t>();
  if (version < kFirstHitVersion || version > kHitVersion) return 0;
  if (version != kFirstHitVersion) in.fixed<std::uint8_t>();  // its kind
  return in.fixed<UnixMillis>();
}

}  // namespace tally
