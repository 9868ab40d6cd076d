// SPDX-License-Identifier: Apache-2.0
//
// Which values of some dimensions brought the clicks?
//
// A page of panels is one question: what a question costs by itself, before it has read a row, is
// more than most panels read. All values come from value_counts.h and are cut here. Where they may
// be as many as the clicks, the rows that a limit keeps and the totals of all rows come from one
// pass of the store (WITH ROLLUP). Either way what the limit cut off is exactly the difference, and
// rows always add up to the total, even while clicks arrive. For screens a second question tells of
// how many clicks one is known, and from where.
#include <algorithm>

#include "clicks/click_store.h"
#include "clicks/clickhouse.h"
#include "clicks/conditions.h"
#include "clicks/counted.h"
#include "clicks/sql_text.h"
#include "clicks/value_counts.h"

namespace tally {
namespace {

// Dimensions that the same counts and rows answer.
struct Source {
  std::string rows;
  Counted counted;
  Places places;
};

// (d, w, c, f) from counts and rows.
Result<std::string> values_sql(const StatsQuery& query, const Source& source, Dialect dialect) {
  const auto& [rows, counted, places] = source;
  TRY_ASSIGN(const std::string from_rows,
             row_values_sql(query, rows, counted.parts.open, places, dialect));
  std::string from_counts;
  if (!counted.parts.closed.empty()) from_counts = counted_values_sql(query, counted, places);
  return union_sql(counted, from_counts, from_rows);
}

Result<std::vector<Source>> sources_of(const ClosedRanges& ranges, const StatsQuery& query,
                                       std::span<const Dimension> by) {
  std::vector<Source> out;
  for (std::size_t place = 1; place <= by.size(); ++place) {
    const Dimension one = by[place - 1];
    TRY_ASSIGN(std::string rows, rows_sql(query, one));
    const auto same = std::ranges::find_if(out, [&](const Source& source) {
      return source.rows == rows &&
             is_counted_ahead(by[source.places.of.front() - 1]) == is_counted_ahead(one);
    });
    if (same == out.end())
      out.push_back({std::move(rows), counted(ranges, query, one), {by, {place}}});
    else
      same->places.of.push_back(place);
  }
  return out;
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

  // All values that there are.
  void add_all(std::vector<ValueCount> values, std::size_t limit) {
    ValueRow total{0, std::nullopt, 0, 0};
    for (const ValueCount& value : values) {
      total.clicks += value.clicks;
      total.unique_clicks += value.first;
    }
    add(std::move(total));
    const auto end = values.begin() + static_cast<std::ptrdiff_t>(std::min(limit, values.size()));
    std::ranges::partial_sort(values, end, [this](const ValueCount& a, const ValueCount& b) {
      if (a.clicks != b.clicks) return a.clicks > b.clicks;
      // Links are numbers everywhere, so that those with equal clicks stand in one order.
      if (by_ == Dimension::link && a.value.size() != b.value.size())
        return a.value.size() < b.value.size();
      return a.value < b.value;
    });
    for (auto value = values.begin(); value != end; ++value)
      add({0, std::move(value->value), value->clicks, value->first});
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

// The rows up to a limit, as the store cuts them.
Result<void> read_most_clicked(ClickHouse& server, const StatsQuery& query,
                               std::span<const Source> sources, std::size_t limit,
                               std::vector<BreakdownReader>& readers) {
  TRY_ASSIGN(const Dialect dialect, server.dialect());
  std::string values, links = "0";
  for (const Source& source : sources) {
    TRY_ASSIGN(const std::string sql, values_sql(query, source, dialect));
    values += (values.empty() ? "" : " UNION ALL ") + sql;
    for (const std::size_t place : source.places.of)
      if (source.places.by[place - 1] == Dimension::link) links = "d = " + std::to_string(place);
  }
  const std::string order = " ORDER BY d, clicks DESC, if(" + links + ", length(w), 0), w";
  TRY_ASSIGN(const std::string answer,
             server.ask("SELECT d, w, sum(c) AS clicks, sum(f) FROM (" + values +
                        ") GROUP BY d, w WITH ROLLUP" + order + " LIMIT " +
                        std::to_string(limit + 1) + " BY d FORMAT TabSeparated"));
  for (const auto& fields : parse_tsv(answer).rows) {
    TRY_ASSIGN(ValueRow row, read_value(fields));
    if (row.place > readers.size())
      return fail(ErrorCode::corrupt, "the click store answers what nobody asked");
    if (row.place > 0) readers[row.place - 1].add(std::move(row));
  }
  return {};
}

}  // namespace

Result<std::vector<Breakdown>> ClickStore::breakdowns(const StatsQuery& query,
                                                      std::span<const Dimension> by,
                                                      std::size_t limit) {
  limit = std::clamp<std::size_t>(limit, 1, kMaxBreakdownRows);
  std::vector<BreakdownReader> readers;
  for (const Dimension one : by) readers.emplace_back(one, query.traffic != TrafficFilter::bot);
  TRY_ASSIGN(auto lists, values_->find(query, by));
  if (lists) {
    for (std::size_t i = 0; i < by.size(); ++i) readers[i].add_all(std::move((*lists)[i]), limit);
  } else {
    TRY_ASSIGN(const auto sources, sources_of(*closed_, query, by));
    TRY(read_most_clicked(*server_, query, sources, limit, readers));
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
