// SPDX-License-Identifier: Apache-2.0
//
// A hit: what the edge knows about one request when it answers.
//
// This is the journal's payload, so it holds facts and no judgement: the request as it came, the
// link it resolved to, and what was answered. Everything that can be worked out later (device,
// country, channel) is worked out later, once, by enrichment. It also carries the link's saved tags
// as they were at that moment, so that an edit a second later does not change what was clicked.
//
// A hit is a request for a link, or a beacon: what a landing page told about its reader's screen
// afterwards, which belongs to an earlier click.
//
// The view form borrows all text from the request buffer and the link table: the edge encodes it
// straight into the journal's buffer and allocates nothing. The byte layout is in
// docs/formats/hit.md.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/address.h"
#include "base/clock.h"
#include "base/result.h"
#include "model/ids.h"
#include "model/kinds.h"

namespace tally {

// Tags that a link saves and its short URL may override; empty means absent.
struct SavedTags {
  std::string_view source, medium, campaign, content, term;  // the link's utm{}
  std::string_view link_campaign;                            // the link's own campaign
  std::string_view channel;                                  // the link's own channel
  friend bool operator==(const SavedTags&, const SavedTags&) = default;
};

// Which hit this is: the n-th of one journal shard. (node, epoch, shard) names a shard: `epoch`
// counts the starts of a node, `shard` the edge threads of one start.
struct ClickKey {
  std::uint16_t node = 0;
  std::uint32_t epoch = 0;
  std::uint16_t shard = 0;
  std::uint64_t n = 0;
  friend auto operator<=>(const ClickKey&, const ClickKey&) = default;
};

// Who made a hit, where the edge had to know before it could answer.
struct Verdict {
  Traffic traffic = Traffic::human;
  std::string_view reason;
  friend bool operator==(const Verdict&, const Verdict&) = default;
};

enum class HitKind : std::uint8_t { request, beacon };
inline constexpr std::uint8_t kHitKinds = 2;

// What a landing page reported.
struct Beacon {
  ClickKey click;                            // the click that was shown the page
  std::uint16_t screen_w = 0, screen_h = 0;  // physical pixels
  float dpr = 0;                             // physical pixels per CSS pixel
  friend bool operator==(const Beacon&, const Beacon&) = default;
};

struct HitView {
  HitKind kind = HitKind::request;
  UnixMillis time = 0;  // of receipt
  WorkspaceId workspace;
  LinkId link;  // none for an orphan
  Outcome outcome = Outcome::not_found;
  Trigger trigger = Trigger::link;
  bool is_head = false;
  bool wants_privacy = false;  // DNT: 1 or Sec-GPC: 1
  bool do_not_record = false;  // the link says so
  bool limit_spent = false;    // took one of the clicks that its link's limit allows
  std::optional<Verdict> verdict;
  Beacon beacon;  // of a beacon
  Address address;

  std::string_view domain;   // the Host that was asked, lower case, without port
  std::string_view prefix;   // as in the link; for an orphan the path asked, at most 255 bytes
  std::string_view token;    // "" when there is none
  std::string_view variant;  // "" when there is none
  std::string_view query;    // of the short URL, without '?', as sent

  std::string_view user_agent, referrer, accept_language;
  std::string_view purpose;  // Sec-Purpose, Purpose, X-Purpose or X-Moz, as sent
  // Client hints as sent, in this order; empty when absent.
  // `ch_ua` is the list with full versions where one was sent.
  std::string_view ch_ua, ch_mobile, ch_platform, ch_platform_version, ch_model, ch_form_factors;

  SavedTags saved;
};

// Appends the encoding of `hit` to `out`, in the newest version. Text is cut to what enrichment can
// use (user agent 2048 bytes, query and referrer 2048, others 255).
void encode_hit(const HitView& hit, std::string& out);

// The hit in `bytes`, whose text it borrows, of any version up to the newest: an upgrade finds
// older ones in the journal. ErrorCode::corrupt when they are not one.
Result<HitView> decode_hit(std::string_view bytes);

// The link of whose limit the hit in `bytes` took a click; none when it took none. Quicker than
// decoding it.
LinkId limited_link(std::string_view bytes);

// The time of the hit in `bytes`, without reading the rest; 0 when they cannot be one.
UnixMillis hit_time(std::string_view bytes);

}  // namespace tally
