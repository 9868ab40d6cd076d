// SPDX-License-Identifier: Apache-2.0
//
// The made-up shop of `tallymark demo`: Fern & Brook sells tents, packs and boots, and this spring
// it tells people so by mail, on Instagram, on packaging, through partners and by text message. One
// campaign, a link for each channel, a few links beside it. The host names end in .example, which
// belongs to nobody (RFC 2606).
#pragma once

#include <string_view>
#include <vector>

#include "base/clock.h"
#include "model/link.h"

namespace tally {

// Where the shop's short links are, when the settings do not say.
inline constexpr std::string_view kDemoBaseUrl = "https://go.fernandbrook.example";

// Which part of the time a link's clicks fall into, as offsets from its end: the campaign's month,
// and before it a quieter one to compare it with, in which only the older links are there.
inline constexpr UnixMillis kDemoMonth = 30 * kMillisPerDay;
inline constexpr UnixMillis kDemoHistory = 61 * kMillisPerDay;
inline constexpr UnixMillis kFlashSaleLength = 4 * kMillisPerDay;
inline constexpr UnixMillis kFlashSaleEnd = 14 * kMillisPerDay;  // it ended so long ago
inline constexpr UnixMillis kViralPost = 11 * kMillisPerDay;     // somebody posted the tent
inline constexpr UnixMillis kTeaserCreated = 6 * kMillisPerDay;  // opens in a few days

// The newsletter opens with one or the other, half and half.
inline constexpr std::string_view kStoryVariant = "story";
inline constexpr std::string_view kOfferVariant = "offer";

// The shop's links as of `now`: valid, without id and workspace, oldest first by
// created_at, which is when to make each.
std::vector<Link> demo_links(UnixMillis now);

}  // namespace tally
