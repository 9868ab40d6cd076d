// SPDX-License-Identifier: Apache-2.0
//
// Every hit that a query means, in bounded questions.
//
// A page by LIMIT and the place of the last row would make the store merge all parts of the table
// in order, and read the beginning of each again for every page. So partition by partition a first
// question counts the hits of each link, and these counts are cut into stretches of the sorting key
// with about as many rows each; the hits of a stretch are then asked for by its bounds. Rows that
// arrive meanwhile may or may not be in the answer; none is in it twice, because stretches do not
// overlap.
#include <algorithm>
#include <functional>

#include "base/bytes.h"
#include "clicks/click_rows.h"
#include "clicks/click_store.h"
#include "clicks/clickhouse.h"
#include "clicks/columns.h"
#include "clicks/conditions.h"
#include "clicks/schema.h"
#include "clicks/sql_text.h"

namespace tally {
namespace {

constexpr UnixMillis kSlices = 1'000;  // of the time of one link

// Which rows are meant within a stretch.
Result<std::string> rows_within(StatsQuery query, const ExportStretch& stretch) {
  query.range = stretch.times;
  TRY_ASSIGN(const std::string from, rows_sql(query));
  TRY_ASSIGN(std::string sql, where_sql(query));
  sql = from + " WHERE " + sql + " AND link_id >= " + std::to_string(stretch.first.value) +
        " AND link_id <= " + std::to_string(stretch.last.value);
  if (query.traffic != TrafficFilter::all) sql += " AND " + asked_sql(query.traffic);
  return sql;
}

// Rows of (place, count, landings), ascending, joined until they are about `rows` rows. `begin`
// makes a stretch of the first place, `extend` makes it reach to another.
struct Cutter {
  std::function<ExportStretch(std::uint64_t place)> begin;
  std::function<void(ExportStretch&, std::uint64_t place)> extend;

  Result<std::vector<ExportStretch>> cut(const std::string& answer, std::uint64_t rows) const {
    std::vector<ExportStretch> out;
    for (const auto& row : parse_tsv(answer).rows) {
      TRY_ASSIGN(const std::uint64_t place, tsv_count(row, 0));
      TRY_ASSIGN(const std::uint64_t count, tsv_count(row, 1));
      TRY_ASSIGN(const std::uint64_t landings, tsv_count(row, 2));
      if (out.empty() || out.back().rows + count > rows) out.push_back(begin(place));
      extend(out.back(), place);
      out.back().rows += count;
      out.back().landings += landings;
    }
    return out;
  }
};

Result<ViewedScreens> viewed_screens(ClickHouse& server, const StatsQuery& query,
                                     const ExportStretch& stretch, const std::string& rows) {
  ViewedScreens out;
  if (stretch.landings == 0) return out;
  TRY_ASSIGN(
      const std::string answer,
      server.ask("SELECT click_node, click_epoch, click_shard, click_n, screen_w, screen_h, dpr"
                 " FROM " +
                 std::string(kViewTable) +
                 " WHERE workspace_id = " + std::to_string(query.workspace.value) +
                 " AND link_id >= " + std::to_string(stretch.first.value) +
                 " AND link_id <= " + std::to_string(stretch.last.value) +
                 " AND time >= " + std::to_string(stretch.times.from) + " AND time < " +
                 std::to_string(stretch.times.to) +
                 " AND (click_node, click_epoch, click_shard, click_n) IN"
                 " (SELECT node, epoch, shard, n FROM " +
                 rows + " AND outcome = 'landing') FORMAT RowBinary"));
  ByteReader bytes(answer);
  while (!bytes.at_end()) {
    ClickKey key;
    key.node = bytes.fixed<std::uint16_t>();
    key.epoch = bytes.fixed<std::uint32_t>();
    key.shard = bytes.fixed<std::uint16_t>();
    key.n = bytes.fixed<std::uint64_t>();
    ViewedScreen screen;
    screen.width = bytes.fixed<std::uint16_t>();
    screen.height = bytes.fixed<std::uint16_t>();
    screen.dpr = bytes.fixed<float>();
    out.emplace(key, screen);
  }
  if (!bytes.ok()) return fail(ErrorCode::corrupt, "a stored landing view cannot be read");
  return out;
}

}  // namespace

Result<std::vector<ExportStretch>> ClickStore::stretches(const StatsQuery& query,
                                                         const ExportStretch& whole,
                                                         std::uint64_t rows) {
  TRY_ASSIGN(const std::string within, rows_within(query, whole));
  const TimeRange times = whole.times;
  const bool by_time = whole.first == whole.last;
  const UnixMillis slice = std::max<UnixMillis>((times.to - times.from) / kSlices, 1);
  const std::string place = by_time ? "toUInt64(intDiv(time - " + std::to_string(times.from) +
                                          ", " + std::to_string(slice) + "))"
                                    : "link_id";
  TRY_ASSIGN(const std::string answer,
             server_->ask("SELECT " + place +
                          " AS place, count(), countIf(outcome = 'landing')"
                          " FROM " +
                          within + " GROUP BY place ORDER BY place FORMAT TabSeparated"));
  Cutter cutter;
  cutter.begin = [&](std::uint64_t at) {
    ExportStretch out = whole;
    out.rows = out.landings = 0;
    if (by_time) {
      out.times.from = times.from + static_cast<UnixMillis>(at) * slice;
    } else {
      out.first = LinkId{at};
    }
    return out;
  };
  cutter.extend = [&](ExportStretch& stretch, std::uint64_t at) {
    if (by_time) {
      stretch.times.to = std::min(times.to, times.from + static_cast<UnixMillis>(at + 1) * slice);
    } else {
      stretch.last = LinkId{at};
    }
  };
  return cutter.cut(answer, rows);
}

Result<ClickRows> ClickStore::rows_of(const StatsQuery& query, const ExportStretch& stretch) {
  TRY_ASSIGN(const std::string rows, rows_within(query, stretch));
  TRY_ASSIGN(ViewedScreens screens, viewed_screens(*server_, query, stretch, rows));
  TRY_ASSIGN(std::string answer,
             server_->ask("SELECT " + column_names() + " FROM " + rows + " FORMAT Native"));
  return ClickRows::read(std::move(answer), std::move(screens));
}

}  // namespace tally
