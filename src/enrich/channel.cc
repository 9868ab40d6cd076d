// SPDX-License-Identifier: Apache-2.0
#include "enrich/channel.h"

#include <algorithm>
#include <span>

#include "base/text.h"

namespace tally {
namespace {

bool one_of(std::string_view text, std::span<const std::string_view> names) {
  return std::ranges::any_of(names, [&](auto name) { return equals_ignoring_case(text, name); });
}

// GA4's words, and ours where a line says so.
constexpr std::string_view kDisplay[] = {"display", "banner", "expandable", "interstitial", "cpm"};
constexpr std::string_view kSocial[] = {
    "social",         "social-network", "social-media",   "sm",
    "social network", "social media",   "social_network", "social_media",  // ours
};
constexpr std::string_view kEmail[] = {
    "email",      "e-mail", "e_mail", "e mail",
    "newsletter",  // ours
};
constexpr std::string_view kAffiliate[] = {
    "affiliate",
    "affiliates",  // ours
};
constexpr std::string_view kReferral[] = {"referral", "app", "link"};

bool starts_ignoring_case(std::string_view text, std::string_view start) {
  return equals_ignoring_case(text.substr(0, start.size()), start);
}

bool ends_ignoring_case(std::string_view text, std::string_view end) {
  return text.size() >= end.size() &&
         equals_ignoring_case(text.substr(text.size() - end.size()), end);
}

// ^(.*cp.*|ppc|retargeting|paid.*)$
bool is_paid_medium(std::string_view medium) {
  return contains_ignoring_case(medium, "cp") || equals_ignoring_case(medium, "ppc") ||
         equals_ignoring_case(medium, "retargeting") || starts_ignoring_case(medium, "paid");
}

// ^(.*(([^a-df-z]|^)shop|shopping).*)$: "shop" at the start of a word or after an e, as in "eshop".
bool is_shopping_campaign(std::string_view campaign) {
  for (std::size_t at = 0; at + 4 <= campaign.size(); ++at) {
    if (!starts_ignoring_case(campaign.substr(at), "shop")) continue;
    const char before = at == 0 ? ' ' : to_lower(campaign[at - 1]);
    if (!is_alpha(before) || before == 'e' || starts_ignoring_case(campaign.substr(at), "shopping"))
      return true;
  }
  return false;
}

// A source that no paid channel is made of, as a newsletter, leaves the word to the click id.
SiteClass paid_kind(const ChannelInput& in) {
  switch (in.source_site.kind) {
    case SiteClass::shopping:
    case SiteClass::search:
    case SiteClass::social:
    case SiteClass::video:
      return in.source_site.kind;
    case SiteClass::messaging:
      return SiteClass::social;
    default:
      return in.ad_click.network;
  }
}

ChannelVerdict paid_channel(const ChannelInput& in, bool shopping) {
  const SiteClass kind = paid_kind(in);
  if (kind == SiteClass::shopping || shopping) return {"paid_shopping", "paid, shopping"};
  if (kind == SiteClass::search) return {"paid_search", "paid, search"};
  if (kind == SiteClass::social) return {"paid_social", "paid, social"};
  if (kind == SiteClass::video) return {"paid_video", "paid, video"};
  if (in.ad_click.display || one_of(in.medium, kDisplay)) return {"display", "paid, display"};
  return {"paid_other", "paid"};
}

ChannelVerdict unpaid_channel(const ChannelInput& in, bool shopping) {
  const SiteClass kind = in.source_site.kind;
  const std::string_view medium = in.medium;
  if (one_of(medium, kDisplay)) return {"display", "medium"};
  if (kind == SiteClass::shopping) return {"shopping", "source"};
  if (shopping) return {"shopping", "campaign"};
  if (kind == SiteClass::social || kind == SiteClass::messaging) return {"social", "source"};
  if (one_of(medium, kSocial)) return {"social", "medium"};
  if (kind == SiteClass::video) return {"video", "source"};
  if (contains_ignoring_case(medium, "video")) return {"video", "medium"};
  if (kind == SiteClass::ai) return {"ai", "source"};
  if (equals_ignoring_case(medium, "ai")) return {"ai", "medium"};
  if (kind == SiteClass::search) return {"search", "source"};
  if (equals_ignoring_case(medium, "organic")) return {"search", "medium"};
  if (kind == SiteClass::email || one_of(in.source, kEmail)) return {"email", "source"};
  if (one_of(medium, kEmail)) return {"email", "medium"};
  if (one_of(medium, kAffiliate)) return {"affiliates", "medium"};
  if (one_of(medium, kReferral)) return {"referral", "medium"};
  if (equals_ignoring_case(medium, "audio")) return {"audio", "medium"};
  if (equals_ignoring_case(medium, "sms")) return {"sms", "medium"};
  if (equals_ignoring_case(in.source, "sms")) return {"sms", "source"};
  if (ends_ignoring_case(medium, "push") || contains_ignoring_case(medium, "mobile") ||
      contains_ignoring_case(medium, "notification")) {
    return {"push", "medium"};
  }
  if (equals_ignoring_case(in.source, "firebase")) return {"push", "source"};
  if (in.has_referrer) return {"referral", "referrer"};
  if (in.in_app) return {"social", "in-app browser"};
  if (!in.source.empty() || !medium.empty() || !in.campaign.empty()) return {"referral", "tags"};
  return {"direct", "no referrer and no tag"};
}

}  // namespace

ChannelVerdict channel_of(const ChannelInput& in) {
  if (in.qr) return {"qr", "trigger"};
  if (!in.link_channel.empty()) return {in.link_channel, "the link's own channel"};
  const bool shopping = is_shopping_campaign(in.campaign);
  const bool paid = is_paid_medium(in.medium) || !in.ad_click.kind.empty();
  return paid ? paid_channel(in, shopping) : unpaid_channel(in, shopping);
}

}  // namespace tally
