// SPDX-License-Identifier: Apache-2.0
//
// Which values of some dimensions brought the clicks?
//
// The rows that a limit keeps, and the totals of all rows, come from one pass (WITH ROLLUP), so
// that what the limit cut off is exactly the difference and rows always add up to the total, even
// while clicks arrive. A page of panels is one question: what a question costs by itself, before it
// has read a row, is more than most panels read. For screens a second question tells of how many
// clicks one is known, and from where.
#include <algorithm>

#include "clicks/click_store.h"
#include "clicks/clickhouse.h"
#include "clicks/conditions.h"
#include "clicks/counted.h"
#include "clicks/schema.h"
#include "clicks/sql_text.h"

namespace tally {
namespace {

// (place, value, clicks, first) of a dimension, from its place among those asked for. A value is
// spelled with a sign before it, which tells "" from a total.
Result<std::string> values_sql(const StatsQuery& query, const Counted& counted, Dimension by,
                               std::size_t place) {
  TRY_ASSIGN(const std::string value, dimension_sql(by));
  TRY_ASSIGN(const std::string where, open_sql(query, counted));
  TRY_ASSIGN(const std::string rows, rows_sql(query, by));
  std::string from_counts;
  if (!counted.parts.closed.empty())
    from_counts = "SELECT value AS v, sum(" + clicks_sql(query.traffic) +
                  ") AS c, sum(first) AS f FROM " + std::string(kCountsTable) + " WHERE " +
                  closed_sql(query, counted) + " AND dimension = " + sql_quote(to_text(by)) +
                  " GROUP BY v HAVING c > 0";
  // Grouped by the dictionary, which is faster than by its texts.
  const std::string from_rows = "SELECT CAST(g AS String) AS v, c, f FROM (SELECT " + value +
                                " AS g, count() AS c, sum(first) AS f FROM " + rows + " WHERE " +
                                where + " AND " + headline_sql() + " AND " +
                                asked_sql(query.traffic) + " GROUP BY g)";
  return "SELECT toUInt16(" + std::to_string(place) + ") AS d, concat('=', v) AS w, c, f FROM (" +
         union_sql(counted, from_counts, from_rows) + ")";
}

ScreenCoverage coverage_of(const Breakdown& by_source) {
  ScreenCoverage out;
  for (const BreakdownRow& row : by_source.rows) {
    if (row.value == to_text(ScreenSource::beacon)) out.beacon = row.clicks;
    if (row.value == to_text(ScreenSource::user_agent)) out.user_agent = row.clicks;
    if (row.value == to_text(ScreenSource::client_hint)) out.client_hint = row.clicks;
  }
  return out;
}

// What one row of the answer says: a value of the dimension at `place`, or all of its values.
struct ValueRow {
  std::size_t place;  // from 1 on; 0: of all dimensions together
  std::optional<std::string> value;
  std::uint64_t clicks, unique_clicks;
};

Result<ValueRow> read_value(std::span<const std::string_view> fields) {
  TRY_ASSIGN(const std::uint64_t place, tsv_count(fields, 0));
  ValueRow out{static_cast<std::size_t>(place), std::nullopt, 0, 0};
  std::string word = tsv_unescape(fields[1]);
  if (!word.empty()) out.value = word.substr(1);
  TRY_ASSIGN(out.clicks, tsv_count(fields, 2));
  TRY_ASSIGN(out.unique_clicks, tsv_count(fields, 3));
  return out;
}

// The dimension's rows up to a limit, from the row of its total on.
class BreakdownReader {
 public:
  BreakdownReader(Dimension by, bool counts_people) : by_(by), counts_people_(counts_people) {
    if (counts_people) out_.unique_clicks = 0;
  }

  void add(ValueRow row) {
    if (!row.value) {
      out_.clicks = row.clicks;
      if (counts_people_) out_.unique_clicks = row.unique_clicks;
      rest_clicks_ = row.clicks;
      rest_unique_ = row.unique_clicks;
      return;
    }
    BreakdownRow& added = out_.rows.emplace_back();
    added.value = spell_value(by_, std::move(*row.value));
    added.kind = value_kind(by_, added.value);
    added.clicks = row.clicks;
    if (counts_people_) added.unique_clicks = row.unique_clicks;
    is_sound_ = is_sound_ && row.clicks <= rest_clicks_ && row.unique_clicks <= rest_unique_;
    rest_clicks_ -= row.clicks;
    rest_unique_ -= row.unique_clicks;
  }

  Result<Breakdown> finish() && {
    if (!is_sound_)
      return fail(ErrorCode::corrupt, "the click store's totals are less than its rows");
    if (rest_clicks_ > 0) {
      BreakdownRow rest{"", ValueKind::rest, rest_clicks_, std::nullopt};
      if (counts_people_) rest.unique_clicks = rest_unique_;
      out_.rows.push_back(rest);
    }
    return std::move(out_);
  }

 private:
  const Dimension by_;
  const bool counts_people_;
  Breakdown out_;
  std::uint64_t rest_clicks_ = 0, rest_unique_ = 0;
  bool is_sound_ = true;
};

}  // namespace

Result<std::vector<Breakdown>> ClickStore::breakdowns(const StatsQuery& query,
                                                      std::span<const Dimension> by,
                                                      std::size_t limit) {
  std::string values, links = "0";
  std::vector<BreakdownReader> readers;
  for (const Dimension one : by) {
    readers.emplace_back(one, query.traffic != TrafficFilter::bot);
    TRY_ASSIGN(const std::string sql,
               values_sql(query, counted(*closed_, query, one), one, readers.size()));
    values += (values.empty() ? "" : " UNION ALL ") + sql;
    if (one == Dimension::link) links = "d = " + std::to_string(readers.size());
  }
  // Links are numbers everywhere, so that those with equal clicks stand in one order.
  const std::string order = " ORDER BY d, clicks DESC, if(" + links + ", length(w), 0), w";
  limit = std::clamp<std::size_t>(limit, 1, kMaxBreakdownRows);
  TRY_ASSIGN(const std::string answer,
             server_->ask("SELECT d, w, sum(c) AS clicks, sum(f) FROM (" + values +
                          ") GROUP BY d, w WITH ROLLUP" + order + " LIMIT " +
                          std::to_string(limit + 1) + " BY d FORMAT TabSeparated"));
  for (const auto& fields : parse_tsv(answer).rows) {
    TRY_ASSIGN(ValueRow row, read_value(fields));
    if (row.place > readers.size())
      return fail(ErrorCode::corrupt, "the click store answers what nobody asked");
    if (row.place > 0) readers[row.place - 1].add(std::move(row));
  }
  std::vector<Breakdown> out;
  for (std::size_t i = 0; i < by.size(); ++i) {
    TRY_ASSIGN(Breakdown one, std::move(readers[i]).finish());
    if (by[i] == Dimension::screen) {
      TRY_ASSIGN(const Breakdown by_source,
                 breakdown(query, Dimension::screen_source, kScreenSourceNames.size()));
      one.coverage = coverage_of(by_source);
    }
    out.push_back(std::move(one));
  }
  return out;
}

Result<Breakdown> ClickStore::breakdown(const StatsQuery& query, Dimension by, std::size_t limit) {
  TRY_ASSIGN(auto all, breakdowns(query, std::span(&by, 1), limit));
  return std::move(all.front());
}

}  // namespace tally
