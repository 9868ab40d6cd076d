// SPDX-License-Identifier: Apache-2.0
//
// Impressions and costs for a question about clicks.
//
// Figures belong to a link and a day of the reporting zone. So they fit a question only if its
// range is made of such days and if its filters choose links rather than clicks: link, tag, and a
// link's own campaign and channel. For any other question there are none, rather than a rate of
// some clicks by all impressions. A link that is gone keeps its figures, without campaign and
// channel.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "api/asked.h"
#include "api/rates.h"
#include "links/figures_store.h"

namespace tally {

// The days that figures are to be taken of; nothing when the question is not one for figures.
// `range=all` has every day up to today.
Result<std::optional<DayRange>> figure_days(const Asked& asked, const Workspace& workspace);

// Of one link in one period, with the link's channel when that is asked for.
struct LinkFigure {
  FigureKind kind = FigureKind::impressions;
  std::string channel;
  std::size_t period = 0;
  std::int64_t value = 0;
};
// Those of the links that the query's filters choose.
Result<std::vector<LinkFigure>> link_figures(Api& api, const StatsQuery& query, DayRange days,
                                             std::chrono::days period, bool by_channel);

// What was entered for the question, beside the people who clicked in its range.
Result<Rates> rates_of(Api& api, const Asked& asked, const Workspace& workspace,
                       const Summary& clicks);

// Adds one to a total.
void add_to(Figures& total, const LinkFigure& figure);
Figures total_of(std::span<const LinkFigure> figures);

}  // namespace tally
