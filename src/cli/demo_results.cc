// SPDX-License-Identifier: Apache-2.0
#include "cli/demo_results.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "base/check.h"
#include "cli/demo_people.h"
#include "cli/demo_shop.h"
#include "enrich/table.h"

namespace tally {
namespace {

constexpr std::string_view kResultTable =
#include "cli/data/demo_results.inc"
    ;

constexpr std::string_view kCurrency = "EUR";
constexpr double kOfferSells = 1.8;  // times as well as the story does
constexpr double kMinutesToOrder = 40;
constexpr double kMicros = 1e6;

ExperimentSetup newsletter_experiment(const Link& link) {
  ExperimentSetup setup;
  setup.name = "Newsletter: does the offer sell better than the story?";
  setup.kind = ExperimentKind::variants;
  for (const Variant& variant : link.variants)
    setup.arms.push_back({link.id, variant.name, variant.weight});
  setup.starts_at = link.created_at;
  setup.least_effect_ppm = 250'000;
  return setup;
}

}  // namespace

DemoResults::DemoResults(std::span<const Link> links, std::uint64_t seed) : random_(seed) {
  const auto known = [](std::string_view text, double unit) {
    return text == "-" ? std::nullopt : std::optional(table_number(text) * unit);
  };
  for (const auto& row : read_table(kResultTable, 6)) {
    const auto link = std::ranges::find_if(links, [&](const Link& one) {
      return one.prefix == row.at(0) && one.token == (row.at(1) == "-" ? "" : row.at(1));
    });
    CHECK(link != links.end());
    ways_[link->id] = {table_number(row.at(2)) / 100, table_number(row.at(3)),
                       known(row.at(4), 0.01), known(row.at(5), 1)};
    if (!link->variants.empty()) experiment_ = newsletter_experiment(*link);
  }
}

void DemoResults::observe(const Click& click) {
  const auto found = ways_.find(click.link);
  if (found == ways_.end() || click.traffic != Traffic::human ||
      click.outcome != Outcome::redirected)
    return;
  const Ways& ways = found->second;
  ++clicks_[{click.link, day_of(click.time, TimeZone::utc())}];
  const double chance = ways.orders * (click.variant == kOfferVariant ? kOfferSells : 1);
  if (!click.first || random_.share() >= chance) return;
  Conversion& order = orders_.emplace_back();
  order.workspace = click.workspace;
  order.click = click.key;
  const double minutes = -kMinutesToOrder * std::log(1 - random_.share());
  order.time = click.time + static_cast<UnixMillis>(minutes * kMillisPerMinute);
  order.event = "order";
  order.value_micros = std::llround(ways.worth * (0.4 + 1.2 * random_.share()) * 100) * 10'000;
  order.currency = kCurrency;
}

Result<void> DemoResults::store(const Stores& stores, const Workspace& workspace, UnixMillis now) {
  Workspace named = workspace;
  named.currency = kCurrency;
  TRY(stores.accounts.update_workspace(named));
  TRY(store_figures(stores.figures, workspace.id, FigureKind::impressions));
  TRY(store_figures(stores.figures, workspace.id, FigureKind::costs));
  experiment_.workspace = workspace.id;
  stores.then.set(experiment_.starts_at);
  TRY(stores.experiments.create(experiment_));
  std::ranges::sort(orders_, {}, &Conversion::time);
  for (const Conversion& order : orders_) {
    if (order.time >= now) break;
    stores.then.set(order.time);
    TRY(stores.conversions.take(order, {}));
  }
  return {};
}

Result<void> DemoResults::store_figures(FiguresStore& figures, WorkspaceId workspace,
                                        FigureKind kind) {
  std::vector<FigureInput> inputs;
  for (const auto& [key, clicks] : clicks_) {
    const std::int64_t value = figure_of(kind, ways_.at(key.first), static_cast<double>(clicks));
    if (value > 0) inputs.push_back({key.first, key.second, value, {}});
  }
  TRY_ASSIGN(const auto faults, figures.put(workspace, kind, inputs));
  if (!faults.empty()) return std::unexpected(faults.front().error);
  return {};
}

std::int64_t DemoResults::figure_of(FigureKind kind, const Ways& ways, double clicks) {
  if (kind == FigureKind::impressions)
    return ways.ctr ? std::llround(clicks / *ways.ctr * vary()) : 0;
  return ways.click_cost ? std::llround(clicks * *ways.click_cost * vary() * kMicros) : 0;
}

}  // namespace tally
