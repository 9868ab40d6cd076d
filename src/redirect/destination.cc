// SPDX-License-Identifier: Apache-2.0
#include "redirect/destination.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/text.h"
#include "redirect/query_text.h"

namespace tally {
namespace {

__extension__ using Wide = unsigned __int128;

bool has_bit(std::uint8_t mask, unsigned bit) { return (mask >> bit & 1U) != 0; }

bool lists(const TextList& list, std::string_view value) {
  return list.any([&](std::string_view one) { return equals_ignoring_case(one, value); });
}

// The kept one while it has weight, else the one at the visitor's place; without weight: none.
EdgeVariant variant_of(const EdgeLink& link, std::string_view packed, std::string_view kept,
                       VisitorReader& visitor) {
  if (!kept.empty()) {
    EdgeVariants variants(packed);
    for (EdgeVariant variant; variants.next(variant);)
      if (variant.weight > 0 && variant.name == kept) return variant;
  }
  EdgeVariants variants(packed);
  const std::uint64_t total = variants.total_weight();
  if (total == 0) return {};
  std::uint64_t place = experiment_place(visitor.visitor(), link.id, total);
  for (EdgeVariant variant; variants.next(variant); place -= variant.weight)
    if (place < variant.weight) return variant;
  return {};
}

}  // namespace

std::uint64_t experiment_place(std::uint64_t visitor, LinkId link, std::uint64_t total) {
  const std::uint64_t hash = XXH3_64bits_withSeed(&visitor, sizeof visitor, link.value);
  return static_cast<std::uint64_t>(static_cast<Wide>(hash) * total >> 64);
}

bool DestinationChooser::holds(const EdgeRule& rule, const Asked& asked, VisitorReader& visitor) {
  // The cheap conditions first.
  if (!rule.query_name.empty() && !query_has(asked.query, rule.query_name, rule.query_value))
    return false;
  if (rule.has_window) {
    WallTime wall;
    if (!clock_.read(rule.zone, asked.now, wall) ||
        !in_week_window(wall, rule.weekdays, rule.from_minute, rule.to_minute)) {
      return false;
    }
  }
  if (!rule.languages.empty() && !lists(rule.languages, visitor.language())) return false;
  if (rule.platforms != 0 &&
      !has_bit(rule.platforms, static_cast<unsigned>(visitor.agent().platform))) {
    return false;
  }
  if (rule.devices != 0 && !has_bit(rule.devices, static_cast<unsigned>(visitor.device())))
    return false;
  if (!rule.countries.empty() && !lists(rule.countries, visitor.place().country)) return false;
  return rule.regions.empty() || lists(rule.regions, visitor.place().region);
}

Destination DestinationChooser::choose(const EdgeLink& link, const EdgeLinkMore& more,
                                       const Asked& asked, VisitorReader& visitor) {
  if (link.has(link_flag::kRules)) {
    EdgeRules rules(more.rules);
    for (EdgeRule rule; rules.next(rule);)
      if (holds(rule, asked, visitor)) return {rule.location, {}, {}};
  }
  if (link.has(link_flag::kIos | link_flag::kAndroid)) {
    const Platform platform = visitor.agent().platform;
    const EdgePlatform own = platform == Platform::ios       ? more.ios
                             : platform == Platform::android ? more.android
                                                             : EdgePlatform{};
    if (!own.location.empty()) return {own.location, own.store_location, {}};
    if (!own.store_location.empty()) return {own.store_location, {}, {}};
  }
  if (link.has(link_flag::kVariants)) {
    const EdgeVariant variant = variant_of(link, more.variants, asked.kept_variant, visitor);
    if (variant.weight > 0) return {variant.location, {}, variant.name};
  }
  return {link.location, {}, {}};
}

}  // namespace tally
