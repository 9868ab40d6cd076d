// SPDX-License-Identifier: Apache-2.0
//
// Channels side by side: what each brought, what it cost, where its click-through rate stands among
// what is usual, and whether money should move from one to another. Pure.
//
// Clicks and what came of them are counted under the channel that they were stored with, figures
// under the channel of their link. Links without a channel have a row of their own, "", whose
// impressions have no clicks to be compared with, and whose costs no conversions.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "api/link_figures.h"
#include "api/rates.h"
#include "clicks/click_store.h"
#include "insights/budget.h"

namespace tally {

struct ChannelRow {
  std::string channel;
  ValueKind kind = ValueKind::value;
  std::uint64_t clicks = 0;  // of the traffic asked for
  std::optional<std::uint64_t> unique_clicks;
  Rates rates;
  std::uint64_t conversions = 0;
};

// Advice about money; `channels` are those of the advice's numbers.
struct BudgetShift {
  BudgetAdvice advice;
  std::vector<std::string> channels;
};

struct ChannelTable {
  std::vector<ChannelRow> rows;
  std::uint64_t clicks = 0;
  std::optional<std::uint64_t> unique_clicks;
  std::uint64_t conversions = 0;
  std::optional<BudgetShift> shift;  // none where the question is not one for figures
};

// Periods that money is compared over: days, for more than four weeks weeks.
std::chrono::days comparison_period(std::chrono::days length);

// What came of the clicks, by channel: of each period that money is compared over, or of the range
// as a whole.
using ChannelConversions = std::map<std::string, std::vector<std::uint64_t>>;

// `people` are the human clicks by channel, `figures` what was entered, if the question is one for
// figures.
ChannelTable channel_table(const Breakdown& clicks, const Breakdown& people,
                           const std::optional<std::vector<LinkFigure>>& figures,
                           const ChannelConversions& conversions);

// What a table says of itself besides its rows.
struct ChannelHead {
  TimeRange range;
  std::string zone;
  std::string currency;
  Freshness freshness;
};
std::string channels_json(const ChannelTable& table, const ChannelHead& head);

}  // namespace tally
