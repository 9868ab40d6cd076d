// SPDX-License-Identifier: Apache-2.0
//
// The channel of a click: the first rule that matches, in the order of docs/reference/semantics.md,
// which is Google Analytics 4's default channel group with three rules of ours (qr, ai, in-app).
// Source: https://support.google.com/analytics/answer/9756891, its table of default channels as it
// stood in 2026. GA4 compares without regard to case, and so do we. Left out are its Direct, which
// wants the words "(direct)" and "(none)", and Cross-network, which only Google Ads can tell.
//
//   qr, (the link's own channel), paid_shopping, paid_search, paid_social, paid_video, display,
//   paid_other, shopping, social, video, ai, search, email, affiliates, referral, audio, sms, push,
//   (in-app browser: social), direct
//
// Paid means: the medium matches ^(.*cp.*|ppc|retargeting|paid.*)$ or the query has a paid click
// id. A click that names a source no rule knows is not direct: it is a referral from that source.
#pragma once

#include <string>
#include <string_view>

#include "enrich/query.h"
#include "enrich/referrer.h"

namespace tally {

struct ChannelInput {
  bool qr = false;
  bool in_app = false;
  bool has_referrer = false;
  std::string_view link_channel;              // the link's own; "" for none
  std::string_view source, medium, campaign;  // as they are stored
  Site source_site;                           // what the source's name is known as
  AdClick ad_click;
};

struct ChannelVerdict {
  std::string_view channel;  // a literal, or the link's own channel
  std::string_view rule;     // what decided, for `explain`
};

ChannelVerdict channel_of(const ChannelInput& in);

}  // namespace tally
