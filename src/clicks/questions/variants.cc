// SPDX-License-Identifier: Apache-2.0
//
// How do the variants of one link do?
//
// A unique click is a visitor's first click on a link in a UTC day; it converted when any click of
// that visitor on that link that day led to a conversion. So a person who comes back to buy counts
// for the variant that was seen first, and there are never more converted ones than unique clicks.
// Converted visitors are few: they are the set that the clicks are looked up in, not the other way
// round.
#include "base/check.h"
#include "clicks/click_store.h"
#include "clicks/clickhouse.h"
#include "clicks/conditions.h"
#include "clicks/schema.h"
#include "clicks/slots.h"
#include "clicks/sql_text.h"

namespace tally {

Result<std::map<std::string, std::vector<VariantCount>>> ClickStore::variants(
    WorkspaceId workspace, LinkId link, TimeRange range, std::span<const UnixMillis> starts) {
  CHECK(std::ranges::is_sorted(starts));
  StatsQuery query;
  query.workspace = workspace;
  query.range = range;
  query.filters = {{Dimension::link, false, {link.text()}}};
  TRY_ASSIGN(const std::string where, where_sql(query));
  const UnixMillis step = step_for(starts);
  const std::string visitor = "(intDiv(time, " + std::to_string(kMillisPerDay) + "), visitor)";
  const std::string converted = "SELECT intDiv(time, " + std::to_string(kMillisPerDay) +
                                "), visitor FROM " + std::string(kConversionTable) + " WHERE " +
                                where + " AND visitor != 0 AND traffic = 'human' AND " +
                                headline_sql();
  TRY_ASSIGN(const std::string answer,
             server_->ask("SELECT CAST(variant AS String) AS v, intDiv(time, " +
                          std::to_string(step) + ") AS s, count(), sum(" + visitor + " IN (" +
                          converted + ")) FROM " + std::string(kClickTable) + " WHERE " + where +
                          " AND first = 1 GROUP BY v, s FORMAT TabSeparated"));
  std::map<std::string, std::vector<VariantCount>> out;
  for (const auto& row : parse_tsv(answer).rows) {
    TRY_ASSIGN(const std::uint64_t slot, tsv_count(row, 1));
    TRY_ASSIGN(const std::uint64_t unique_clicks, tsv_count(row, 2));
    TRY_ASSIGN(const std::uint64_t of_them, tsv_count(row, 3));
    const auto bucket = bucket_of(starts, slot, step);
    if (!bucket) continue;
    auto& counts = out[tsv_unescape(row[0])];
    counts.resize(starts.size());
    counts[*bucket].unique_clicks += unique_clicks;
    counts[*bucket].converted += of_them;
  }
  return out;
}

}  // namespace tally
