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

constexpr std::string_view kDisplay[] = {"display", "banner", "expandable", "interstitial", "cpm"};
constexpr std::string_view kSocial[] = {
    "social",         "social-network", "social-media",   "sm",
    "social network", "social media",   "social_network", "social_media"};
constexpr std::string_view kEmail[] = {"email", "e-mail", "e_mail", "e mail", "newsletter"};
constexpr std::string_view kAffiliate[] = {"affiliate", "affiliates"};
constexpr std::string_view kReferral[] = {"referral", "app", "link"};

bool starts_ignoring_case(std::string_view text, std::string_view start) {
  return equals_ignoring_case(text.substr(0, start.size()), start);
}

// ^(.*cp.*|ppc|retargeting|paid.*)$
bool is_paid_medium(std::string_view medium) {
  return contains_ignoring_case(medium, "cp") || equals_ignoring_case(medium, "ppc") ||
         equals_ignoring_case(medium, "retargeting") || starts_ignoring_case(medium, "paid");
}

// ^(.*(([^a-df-z]|^)shop|shopping).*)$: "shop" at the start of a word or after an e, as in "eshop".
bool is_shopping_campaign(std::string_view campaign) {
  const std::string text = lower(campaign);
  for (auto at = text.find("shop"); at != std::string::npos; at = text.find("shop", at + 1)) {
    const bool free = at == 0 || !is_alpha(text[at - 1]) || text[at - 1] == 'e';
    if (free || std::string_view(text).substr(at).starts_with("shopping")) return true;
  }
  return false;
}

ChannelVerdict paid_channel(const ChannelInput& in, SiteClass kind, bool shopping) {
  if (kind == SiteClass::shopping || shopping) return {"paid_shopping", "paid, shopping"};
  if (kind == SiteClass::search) return {"paid_search", "paid, search"};
  if (kind == SiteClass::social) return {"paid_social", "paid, social"};
  if (kind == SiteClass::video) return {"paid_video", "paid, video"};
  if (in.ad_click.display || one_of(in.medium, kDisplay)) return {"display", "paid, display"};
  return {"paid_other", "paid"};
}

ChannelVerdict unpaid_channel(const ChannelInput& in, SiteClass kind, bool shopping) {
  const std::string_view medium = in.medium;
  if (one_of(medium, kDisplay)) return {"display", "medium"};
  if (kind == SiteClass::shopping) return {"shopping", "source"};
  if (shopping) return {"shopping", "campaign"};
  if (kind == SiteClass::social) return {"social", "source"};
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
  const std::string lower_medium = lower(medium);
  if (lower_medium.ends_with("push") || lower_medium.find("mobile") != std::string::npos ||
      lower_medium.find("notification") != std::string::npos) {
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
  const SiteClass kind =
      in.source_site.kind != SiteClass::none ? in.source_site.kind : in.ad_click.network;
  const bool shopping = is_shopping_campaign(in.campaign);
  const bool paid = is_paid_medium(in.medium) || !in.ad_click.kind.empty();
  return paid ? paid_channel(in, kind, shopping) : unpaid_channel(in, kind, shopping);
}

}  // namespace tally
