// SPDX-License-Identifier: Apache-2.0
#include "api/geo_table.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace tally {
namespace {

constexpr std::array<std::string_view, 4> kLevelNames = {"none", "spread", "moderate", "high"};
constexpr std::array<std::string_view, 4> kStandingNames = {"not_enough_data", "ordinary", "strong",
                                                            "under_performing"};
constexpr std::array<std::string_view, 3> kReasonNames = {"none", "conversion_rate", "share"};

// Rows of no clicks yet, for what is counted of both periods.
struct EmptyRow {
  std::optional<std::uint64_t> unique_clicks, previous_clicks;

  EmptyRow(const Breakdown& now, const std::optional<Breakdown>& before) {
    if (now.unique_clicks) unique_clicks = 0;
    if (before) previous_clicks = 0;
  }
  GeoRow operator()(std::string value, ValueKind kind) const {
    return {std::move(value), kind, 0, unique_clicks, previous_clicks, std::nullopt};
  }
};

// The last rows, if there is anything in them.
struct Ends {
  GeoRow unknown, rest;
};

void add(GeoRow& sum, const GeoRow& row) {
  sum.clicks += row.clicks;
  if (sum.unique_clicks) *sum.unique_clicks += row.unique_clicks.value_or(0);
  if (sum.previous_clicks) *sum.previous_clicks += row.previous_clicks.value_or(0);
}

// Every place of both periods, most clicks first.
std::vector<GeoRow> places_of(const Breakdown& now, const std::optional<Breakdown>& before,
                              const EmptyRow& empty, Ends& ends) {
  std::vector<GeoRow> places;
  std::unordered_map<std::string, std::size_t> known;
  const auto row_of = [&](const BreakdownRow& row) -> GeoRow& {
    if (row.kind == ValueKind::unknown) return ends.unknown;
    if (row.kind == ValueKind::rest) return ends.rest;
    const auto [found, is_new] = known.emplace(row.value, places.size());
    if (is_new) places.push_back(empty(row.value, row.kind));
    return places[found->second];
  };
  for (const BreakdownRow& row : now.rows) {
    GeoRow& place = row_of(row);
    place.clicks = row.clicks;
    place.unique_clicks = row.unique_clicks;
  }
  if (before)
    for (const BreakdownRow& row : before->rows) row_of(row).previous_clicks = row.clicks;
  std::ranges::stable_sort(places, std::ranges::greater(), &GeoRow::clicks);
  return places;
}

bool has_anything(const GeoRow& row) {
  return row.clicks > 0 || row.previous_clicks.value_or(0) > 0;
}

void put_finding(JsonWriter& out, const GeoRow& row, bool rates) {
  const MarketFinding finding = row.finding.value_or(MarketFinding());
  std::optional<double> share;
  std::optional<std::string_view> standing, reason;
  if (row.finding) {
    share = finding.share;
    standing = kStandingNames.at(static_cast<std::size_t>(finding.standing));
    if (finding.reason != MarketReason::none)
      reason = kReasonNames.at(static_cast<std::size_t>(finding.reason));
  }
  out.field("market_share", share);
  put_bounds(out, "market_share_interval", finding.share_bounds);
  put_rate(out, "conversion_rate", rates ? finding.conversion : Rate());
  out.field("standing", standing)
      .field("reason", reason)
      .field("p", reason ? std::optional(finding.p) : std::nullopt);
}

void put_counts(JsonWriter& out, const GeoRow& row) {
  out.field("clicks", row.clicks)
      .field("unique_clicks", row.unique_clicks)
      .field("previous_clicks", row.previous_clicks)
      .field("change", change_of(row.clicks, row.previous_clicks));
}

void put_names(JsonWriter& out, std::string_view name, const std::vector<std::string>& names) {
  out.key(name).begin_array();
  for (const std::string& one : names) out.value(one);
  out.end_array();
}

}  // namespace

GeoTable geo_table(const Breakdown& now, const std::optional<Breakdown>& before,
                   const std::optional<ConvertedByValue>& converted, std::size_t limit) {
  GeoTable out;
  const EmptyRow empty(now, before);
  Ends ends{empty("Unknown", ValueKind::unknown), empty("", ValueKind::rest)};
  out.rows = places_of(now, before, empty, ends);
  std::vector<Market> markets;
  for (const GeoRow& row : out.rows) {
    Market market{row.clicks, 0, row.previous_clicks.value_or(0)};
    if (converted) {
      const auto found = converted->find(row.value);
      if (found != converted->end()) market.converted = found->second;
    }
    markets.push_back(market);
    out.located += row.clicks;
  }
  out.concentration = concentration(markets);
  for (const std::size_t i : out.concentration.strongest)
    out.strongest.push_back(out.rows[i].value);
  for (const std::size_t i : out.concentration.under_performing)
    out.under_performing.push_back(out.rows[i].value);
  for (std::size_t i = 0; i < out.rows.size(); ++i)
    out.rows[i].finding = out.concentration.markets[i];

  for (std::size_t i = limit; i < out.rows.size(); ++i) add(ends.rest, out.rows[i]);
  if (out.rows.size() > limit) out.rows.resize(limit);
  if (has_anything(ends.unknown)) out.rows.push_back(ends.unknown);
  if (has_anything(ends.rest)) out.rows.push_back(ends.rest);
  out.total = empty("", ValueKind::value);
  for (const GeoRow& row : out.rows) add(out.total, row);
  return out;
}

std::string geo_json(const GeoTable& table, const GeoHead& head) {
  const Concentration& found = table.concentration;
  JsonWriter out;
  out.begin_object().field("by", to_text(head.by));
  put_range(out, head.range);
  put_previous(out, head.previous);
  out.key("total").begin_object();
  put_counts(out, table.total);
  out.field("located", table.located).end_object();
  std::optional<std::string_view> level;
  if (found.level != ConcentrationLevel::none)
    level = kLevelNames.at(static_cast<std::size_t>(found.level));
  out.key("concentration")
      .begin_object()
      .field("index", found.index)
      .field("effective_markets", found.effective_markets)
      .field("top_share", found.top_share)
      .field("level", level)
      .end_object()
      .key("rows")
      .begin_array();
  for (const GeoRow& row : table.rows) {
    out.begin_object();
    put_value(out, row.value, row.kind);
    put_counts(out, row);
    std::optional<double> share;
    if (table.total.clicks > 0)
      share = static_cast<double>(row.clicks) / static_cast<double>(table.total.clicks);
    out.field("share", share);
    put_finding(out, row, head.rates);
    out.end_object();
  }
  out.end_array();
  put_names(out, "strongest", table.strongest);
  put_names(out, "under_performing", table.under_performing);
  put_freshness(out, head.freshness);
  return out.end_object().take();
}

}  // namespace tally
