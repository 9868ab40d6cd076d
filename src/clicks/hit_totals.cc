// SPDX-License-Identifier: Apache-2.0
#include "clicks/hit_totals.h"

#include <algorithm>

#include "clicks/clickhouse.h"
#include "clicks/closed_ranges.h"
#include "clicks/conditions.h"
#include "clicks/schema.h"
#include "clicks/slots.h"
#include "clicks/sql_text.h"

namespace tally {
namespace {

// Thirty days by the hour are some 250 KB.
constexpr std::size_t kMaxKept = 16 << 20;

// Slots of closed ranges are of one length for all who ask, as far as `edges` allow it: an hour, or
// what counts are kept by where the ranges themselves do not begin on the hour.
UnixMillis common_step(const ClosedRanges::Parts& parts, UnixMillis step) {
  std::vector<UnixMillis> edges;
  for (const auto& closed : parts.closed) edges.push_back(closed.times.from);
  return std::clamp(std::min(step, step_for(edges)), kTotalsSlot, kMillisPerHour);
}

Result<HitTotal> read_total(std::span<const std::string_view> row, UnixMillis step) {
  HitTotal out;
  TRY_ASSIGN(const std::uint64_t slot, tsv_count(row, 0));
  out.slot = static_cast<UnixMillis>(slot) * step;
  TRY_ASSIGN(const std::uint64_t kind, tsv_count(row, 1));
  const auto known = parse_hit_class(kind);
  if (!known)
    return fail(ErrorCode::corrupt,
                "the click store has an outcome or traffic class that this program does not know");
  out.kind = *known;
  TRY_ASSIGN(out.hits, tsv_count(row, 2));
  TRY_ASSIGN(out.first, tsv_count(row, 3));
  TRY_ASSIGN(out.first_ws, tsv_count(row, 4));
  return out;
}

}  // namespace

HitTotals::HitTotals(ClickHouse& server, const ClosedRanges& closed)
    : server_(server), closed_(closed), kept_(kMaxKept, [](const std::vector<HitTotal>& totals) {
        return totals.size() * sizeof(HitTotal);
      }) {}

Result<std::vector<HitTotal>> HitTotals::find(const StatsQuery& query,
                                              std::span<const UnixMillis> edges) {
  const UnixMillis step = step_for(edges);
  const auto fits = [step](TimeRange) { return step % kTotalsSlot == 0; };
  const Counted parts = counted_or_kept(closed_, query, fits);
  std::vector<HitTotal> out;
  if (!parts.parts.closed.empty()) {
    const UnixMillis common = common_step(parts.parts, step);
    TRY_ASSIGN(const std::string key, key_of(query, parts));
    TRY_ASSIGN(const auto kept, kept_.get(key + " " + std::to_string(common), [&] {
      return parts.by_rows ? from_rows(query, runs_of(parts.parts), common)
                           : from_counts(query, parts, common);
    }));
    out = *kept;
  }
  if (!parts.parts.open.empty()) {
    TRY_ASSIGN(const auto open, from_rows(query, parts.parts.open, step));
    out.insert(out.end(), open.begin(), open.end());
  }
  return out;
}

Result<std::vector<HitTotal>> HitTotals::from_rows(const StatsQuery& query,
                                                   std::span<const TimeRange> ranges,
                                                   UnixMillis step) {
  TRY_ASSIGN(const std::string rows, rows_sql(query));
  TRY_ASSIGN(const std::string where, where_sql(query, ranges));
  return ask(rows + " WHERE " + where, "count(), sum(first), sum(first_ws)",
             "intDiv(time, " + std::to_string(step) + ")", step);
}

Result<std::vector<HitTotal>> HitTotals::from_counts(const StatsQuery& query,
                                                     const Counted& counted, UnixMillis step) {
  return ask(std::string(kTotalsTable) + " WHERE " + closed_sql(query, counted),
             "sum(hits), sum(first), sum(first_ws)",
             "intDiv(slot, " + std::to_string(step / kTotalsSlot) + ")", step);
}

// Numbers of 32 bits are grouped twice as fast as longer ones.
Result<std::vector<HitTotal>> HitTotals::ask(const std::string& from, const std::string& sums,
                                             const std::string& slot, UnixMillis step) {
  TRY_ASSIGN(const Dialect dialect, server_.dialect());
  const std::string s = step >= kMillisPerMinute ? "toUInt32(" + slot + ")" : slot;
  TRY_ASSIGN(const std::string answer,
             server_.ask("SELECT " + s + " AS s, " + kind_sql(dialect) + " AS k, " + sums +
                         " FROM " + from + " GROUP BY s, k FORMAT TabSeparated"));
  const TsvTable table = parse_tsv(answer);
  std::vector<HitTotal> out;
  out.reserve(table.rows.size());
  for (const auto& row : table.rows) {
    TRY_ASSIGN(const HitTotal total, read_total(row, step));
    out.push_back(total);
  }
  return out;
}

}  // namespace tally
