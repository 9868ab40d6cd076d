// SPDX-License-Identifier: Apache-2.0
#include "api/asked.h"
#include "api/comparison_table.h"
#include "api/handlers.h"
#include "api/link_figures.h"

namespace tally {
namespace {

constexpr StatsAccepts kCompare{.by = true, .values = true};

// The clicks of one value, with all filters of the question.
Result<ComparedValue> column_of(Api& api, Asked asked, const Workspace& workspace,
                                const Filter& value) {
  TRY_ASSIGN(Filter stored, stored_filter(api, workspace.id, value));
  asked.query.filters.push_back(std::move(stored));
  ComparedValue out;
  out.value = value.values.front();
  TRY_ASSIGN(out.clicks, as_parameter(api.deps.clicks.summary(asked.query)));
  TRY_ASSIGN(out.rates, rates_of(api, asked, workspace, out.clicks));
  TRY_ASSIGN(out.conversions, conversions_of(api, asked.query));
  if (!asked.previous) return out;
  asked.query.range = *asked.previous;
  TRY_ASSIGN(const Summary before, api.deps.clicks.summary(asked.query));
  out.previous_clicks = before.clicks;
  return out;
}

}  // namespace

Result<Response> get_comparison(Api& api, const Call& call) {
  TRY_ASSIGN(const Asked asked, ask(api, call, kCompare));
  const Dimension by = asked.question.by.value_or(Dimension::link);
  const Freshness fresh = freshness(api, asked);
  TRY_ASSIGN(const Workspace workspace, api.deps.accounts.workspace(call.workspace()));
  std::vector<ComparedValue> columns;
  for (const std::string& value : asked.question.values) {
    TRY_ASSIGN(ComparedValue column, column_of(api, asked, workspace, {by, false, {value}}));
    columns.push_back(std::move(column));
  }
  if (by == Dimension::link) {
    TRY_ASSIGN(const Labels labels, labels_of(api, call.workspace(), asked.question.values));
    for (ComparedValue& column : columns)
      if (const auto found = labels.find(column.value); found != labels.end())
        column.label = found->second;
  }
  return json_response(
      comparison_json(columns, {by, asked.query.range, asked.previous, asked.question.zone.name(),
                                workspace.currency, fresh}));
}

}  // namespace tally
