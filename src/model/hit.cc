// SPDX-License-Identifier: Apache-2.0
#include "model/hit.h"

#include <arpa/inet.h>

#include <algorithm>
#include <span>

#include "base/bytes.h"

namespace tally {
namespace {

constexpr std::uint8_t kHitVersion = 1;
constexpr std::size_t kLongText = 2048;
constexpr std::size_t kShortText = 255;

constexpr std::uint8_t kFlagHead = 1;
constexpr std::uint8_t kFlagPrivacy = 2;

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
constexpr std::string_view SavedTags::* kSavedFields[] = {
    &SavedTags::source, &SavedTags::medium,        &SavedTags::campaign, &SavedTags::content,
    &SavedTags::term,   &SavedTags::link_campaign, &SavedTags::channel,
};

constexpr std::array<unsigned char, 12> kMappedPrefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

}  // namespace

bool Address::is_v4() const {
  return std::ranges::equal(kMappedPrefix, std::span(bytes).first<12>());
}

std::string Address::text() const {
  if (!known()) return {};
  char buffer[INET6_ADDRSTRLEN] = {};
  if (is_v4()) {
    ::inet_ntop(AF_INET, bytes.data() + 12, buffer, sizeof buffer);
  } else {
    ::inet_ntop(AF_INET6, bytes.data(), buffer, sizeof buffer);
  }
  return buffer;
}

std::optional<Address> Address::parse(std::string_view text) {
  char buffer[INET6_ADDRSTRLEN] = {};
  if (text.empty() || text.size() >= sizeof buffer) return std::nullopt;
  std::ranges::copy(text, buffer);
  Address out;
  if (::inet_pton(AF_INET6, buffer, out.bytes.data()) == 1) return out;
  if (::inet_pton(AF_INET, buffer, out.bytes.data() + 12) != 1) return std::nullopt;
  std::ranges::copy(kMappedPrefix, out.bytes.begin());
  return out;
}

Address Address::truncated() const {
  Address out = *this;
  const auto host = is_v4() ? out.bytes.begin() + 15 : out.bytes.begin() + 6;
  std::fill(host, out.bytes.end(), static_cast<unsigned char>(0));
  return out;
}

void encode_hit(const HitView& hit, std::string& out) {
  put_fixed(out, kHitVersion);
  put_fixed(out, hit.time);
  put_varint(out, hit.workspace.value);
  put_varint(out, hit.link.value);
  put_fixed(out, static_cast<std::uint8_t>(hit.outcome));
  put_fixed(out, static_cast<std::uint8_t>(hit.trigger));
  put_fixed(out, static_cast<std::uint8_t>((hit.is_head ? kFlagHead : 0) |
                                           (hit.wants_privacy ? kFlagPrivacy : 0)));
  out.append(reinterpret_cast<const char*>(hit.address.bytes.data()), hit.address.bytes.size());
  for (const auto& [field, cap] : kTextFields) put_text(out, (hit.*field).substr(0, cap));
  for (const auto field : kSavedFields) put_text(out, (hit.saved.*field).substr(0, kShortText));
}

Result<HitView> decode_hit(std::string_view bytes) {
  ByteReader in(bytes);
  if (in.fixed<std::uint8_t>() != kHitVersion)
    return fail(ErrorCode::corrupt, "hit of an unknown version");
  HitView hit;
  hit.time = in.fixed<UnixMillis>();
  hit.workspace = WorkspaceId{in.varint()};
  hit.link = LinkId{in.varint()};
  const auto outcome = in.fixed<std::uint8_t>();
  const auto trigger = in.fixed<std::uint8_t>();
  const auto flags = in.fixed<std::uint8_t>();
  const std::string_view address = in.raw(hit.address.bytes.size());
  for (const auto& [field, cap] : kTextFields) hit.*field = in.text();
  for (const auto field : kSavedFields) hit.saved.*field = in.text();
  if (!in.ok() || !in.at_end() || outcome >= kOutcomeNames.size() ||
      trigger >= kTriggerNames.size()) {
    return fail(ErrorCode::corrupt, "hit that does not decode");
  }
  std::ranges::copy(address, hit.address.bytes.begin());
  hit.outcome = static_cast<Outcome>(outcome);
  hit.trigger = static_cast<Trigger>(trigger);
  hit.is_head = (flags & kFlagHead) != 0;
  hit.wants_privacy = (flags & kFlagPrivacy) != 0;
  return hit;
}

}  // namespace tally
