// SPDX-License-Identifier: Apache-2.0
#include "cli/demo_shop.h"

#include <algorithm>
#include <string>

namespace tally {
namespace {

struct Row {
  std::string_view prefix, token, page, title;
  std::vector<std::string> tags;
  std::string_view campaign, source, medium, content;
  int created_days_ago;
};

const std::vector<Row>& rows() {
  static const std::vector<Row> kRows = {
      {"app", "", "app", "Get the app", {"always on", "app"}, "always-on", "", "", "", 212},
      {"help", "", "help", "Help centre, in every order mail", {"always on", "service"},
       "always-on", "order-mail", "email", "footer", 212},
      {"catalogue", "", "catalogue", "Printed catalogue: QR on the back cover",
       {"offline", "qr"}, "always-on", "catalogue", "print", "back-cover", 96},
      {"tent", "", "tents/ridge-2", "Ridge 2 tent, the link people share", {"product"}, "", "", "",
       "", 61},
      {"spring", "newsletter", "spring", "Spring newsletter", {"spring", "email"}, "spring-launch",
       "newsletter", "email", "hero", 34},
      {"spring", "instagram", "spring", "Instagram bio", {"spring", "social"}, "spring-launch",
       "instagram", "social", "bio", 34},
      {"spring", "packaging", "spring/care", "QR code on packaging", {"spring", "offline", "qr"},
       "spring-launch", "packaging", "print", "box-lid", 34},
      {"spring", "slow-hiker", "spring", "Partner blog: The Slow Hiker", {"spring", "partner"},
       "spring-launch", "slow-hiker", "referral", "review", 33},
      {"spring", "youtube", "spring", "YouTube: tent review by Mira Outside",
       {"spring", "partner", "video"}, "spring-launch", "youtube", "video", "description", 32},
      {"spring", "podcast", "spring", "Podcast: Trailhead, episode 88", {"spring", "partner"},
       "spring-launch", "trailhead", "audio", "host-read", 32},
      {"spring", "sms", "spring", "Text message to regulars", {"spring", "sms"}, "spring-launch",
       "sms", "sms", "early-access", 32},
      {"spring", "tiktok", "spring", "TikTok: pack in sixty seconds", {"spring", "social"},
       "spring-launch", "tiktok", "social", "profile", 31},
      {"spring", "ads", "spring", "Google Ads: hiking boots", {"spring", "paid"}, "spring-launch",
       "google", "cpc", "boots", 31},
  };
  return kRows;
}

std::string page_url(std::string_view page) {
  return "https://www.fernandbrook.example/" + std::string(page);
}

Link link_of(const Row& row, UnixMillis now) {
  Link link;
  link.prefix = row.prefix;
  link.token = row.token;
  link.destination = page_url(row.page);
  link.title = row.title;
  link.tags = row.tags;
  link.campaign = row.campaign;
  link.utm.source = row.source;
  link.utm.medium = row.medium;
  link.utm.content = row.content;
  link.created_at = now - row.created_days_ago * kMillisPerDay;
  return link;
}

// Half price for four days, then the shop's outlet.
Link flash_sale(UnixMillis now) {
  Link link;
  link.prefix = "flash";
  link.destination = page_url("flash-sale");
  link.fallback_url = page_url("outlet");
  link.title = "Flash sale: half price on last year's packs";
  link.tags = {"sale"};
  link.campaign = "flash-sale";
  link.expires_at = now - kFlashSaleEnd;
  link.created_at = *link.expires_at - kFlashSaleLength - kMillisPerDay;
  return link;
}

Link teaser(UnixMillis now) {
  Link link;
  link.prefix = "summer";
  link.destination = page_url("summer");
  link.title = "Summer collection, opens soon";
  link.tags = {"summer"};
  link.campaign = "summer-launch";
  link.starts_at = now + 3 * kMillisPerDay;
  link.created_at = now - kTeaserCreated;
  return link;
}

}  // namespace

std::vector<Link> demo_links(UnixMillis now) {
  std::vector<Link> links;
  for (const Row& row : rows()) links.push_back(link_of(row, now));
  links.push_back(flash_sale(now));
  links.push_back(teaser(now));
  std::ranges::sort(links, {}, &Link::created_at);
  return links;
}

}  // namespace tally
