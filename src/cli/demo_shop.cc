// SPDX-License-Identifier: Apache-2.0
#include "cli/demo_shop.h"

#include <algorithm>
#include <string>

#include "base/check.h"
#include "base/text.h"
#include "enrich/table.h"

namespace tally {
namespace {

constexpr std::string_view kLinkTable =
#include "cli/data/demo_links.inc"
    ;

std::string page_url(std::string_view page) {
  return "https://www.fernandbrook.example/" + std::string(page);
}

Link link_of(const std::vector<std::string_view>& row, UnixMillis now) {
  const auto text = [&](std::size_t field) {
    return row.at(field) == "-" ? std::string() : std::string(row.at(field));
  };
  const auto days = parse_number<UnixMillis>(row.at(3));
  CHECK(days.has_value());
  Link link;
  link.prefix = text(0);
  link.token = text(1);
  link.destination = page_url(row.at(2));
  link.created_at = now - *days * kMillisPerDay;
  link.campaign = text(4);
  link.utm.source = text(5);
  link.utm.medium = text(6);
  link.utm.content = text(7);
  link.channel = text(8);
  for (const std::string_view tag : split(row.at(9), ',')) link.tags.push_back(spaced(tag));
  link.title = text(10);
  return link;
}

void open_in_two_ways(Link& newsletter) {
  for (const std::string_view variant : {kStoryVariant, kOfferVariant})
    newsletter.variants.push_back(
        {std::string(variant), 1, page_url("spring/" + std::string(variant))});
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
  for (const auto& row : read_table(kLinkTable, 11)) links.push_back(link_of(row, now));
  for (Link& link : links)
    if (link.token == "newsletter") open_in_two_ways(link);
  links.push_back(flash_sale(now));
  links.push_back(teaser(now));
  std::ranges::sort(links, {}, &Link::created_at);
  return links;
}

}  // namespace tally
