// SPDX-License-Identifier: Apache-2.0
//
// Which hits were there, newest first?
//
// The table is sorted by link, so the newest of a workspace lie anywhere in the range. A first
// question finds which ones they are and reads only times and keys; a second fetches these rows
// whole, from the short stretch of time between the oldest and the newest of them. A page ends with
// the place of its last click, and the next one starts behind it, so clicks that arrive meanwhile
// move nothing. If any of them was shown a landing page, a third question asks for the views.
#include <algorithm>

#include "base/text.h"
#include "clicks/click_store.h"
#include "clicks/clickhouse.h"
#include "clicks/columns.h"
#include "clicks/conditions.h"
#include "clicks/schema.h"
#include "clicks/sql_text.h"

namespace tally {
namespace {

constexpr std::string_view kNewestFirst =
    " ORDER BY time DESC, node DESC, epoch DESC, shard DESC, n DESC LIMIT ";

std::string behind_sql(const ClickCursor& cursor) {
  const std::string time = std::to_string(cursor.time);
  return "(time < " + time + " OR (time = " + time + " AND (node, epoch, shard, n) < " +
         key_sql(cursor.key) + "))";
}

Result<ClickCursor> read_place(std::span<const std::string_view> row) {
  ClickCursor place;
  TRY_ASSIGN(const std::uint64_t time, tsv_count(row, 0));
  TRY_ASSIGN(const std::uint64_t node, tsv_count(row, 1));
  TRY_ASSIGN(const std::uint64_t epoch, tsv_count(row, 2));
  TRY_ASSIGN(const std::uint64_t shard, tsv_count(row, 3));
  TRY_ASSIGN(const std::uint64_t n, tsv_count(row, 4));
  place.time = static_cast<UnixMillis>(time);
  place.key = {static_cast<std::uint16_t>(node), static_cast<std::uint32_t>(epoch),
               static_cast<std::uint16_t>(shard), n};
  return place;
}

std::string key_list(std::span<const ClickCursor> places) {
  std::string keys;
  for (const ClickCursor& place : places) keys += (keys.empty() ? "" : ",") + key_sql(place.key);
  return "(" + keys + ")";
}

// The stretch of time from the last of `places` to the first.
std::string stretch_sql(WorkspaceId workspace, std::span<const ClickCursor> places) {
  return "workspace_id = " + std::to_string(workspace.value) +
         " AND time >= " + std::to_string(places.back().time) +
         " AND time <= " + std::to_string(places.front().time);
}

// Gives each click of `page` the screen of its view.
Result<void> add_views(ClickHouse& server, WorkspaceId workspace,
                       std::span<const ClickCursor> places, ClickPage& page) {
  if (std::ranges::find(page.clicks, Outcome::landing, &Click::outcome) == page.clicks.end())
    return {};
  TRY_ASSIGN(const std::string answer,
             server.ask("SELECT time, click_node, click_epoch, click_shard, click_n, screen_w,"
                        " screen_h, dpr FROM " +
                        std::string(kViewTable) + " WHERE " + stretch_sql(workspace, places) +
                        " AND (click_node, click_epoch, click_shard, click_n) IN " +
                        key_list(places) + " FORMAT TabSeparated"));
  for (const auto& row : parse_tsv(answer).rows) {
    TRY_ASSIGN(const ClickCursor place, read_place(row));
    TRY_ASSIGN(const std::uint64_t width, tsv_count(row, 5));
    TRY_ASSIGN(const std::uint64_t height, tsv_count(row, 6));
    const auto dpr = row.size() > 7 ? parse_number<float>(row[7]) : std::nullopt;
    if (!dpr) return fail(ErrorCode::corrupt, "a stored landing view has an unreadable dpr");
    const auto click = std::ranges::find(page.clicks, place.key, &Click::key);
    if (click == page.clicks.end()) continue;
    click->screen_source = ScreenSource::beacon;
    click->screen_w = static_cast<std::uint16_t>(width);
    click->screen_h = static_cast<std::uint16_t>(height);
    click->dpr = *dpr;
  }
  return {};
}

}  // namespace

Result<ClickPage> ClickStore::raw_clicks(const StatsQuery& query, std::optional<ClickCursor> after,
                                         std::size_t limit) {
  limit = std::clamp<std::size_t>(limit, 1, kMaxClickPage);
  TRY_ASSIGN(const std::string from, rows_sql(query));
  TRY_ASSIGN(std::string where, where_sql(query));
  if (query.traffic != TrafficFilter::all) where += " AND " + asked_sql(query.traffic);
  if (after) where += " AND " + behind_sql(*after);
  // One more than the page holds tells whether there is a next one.
  TRY_ASSIGN(
      const std::string places_answer,
      server_->ask("SELECT time, node, epoch, shard, n FROM " + from + " WHERE " + where +
                   std::string(kNewestFirst) + std::to_string(limit + 1) + " FORMAT TabSeparated"));
  std::vector<ClickCursor> places;
  for (const auto& row : parse_tsv(places_answer).rows) {
    TRY_ASSIGN(const ClickCursor place, read_place(row));
    places.push_back(place);
  }
  ClickPage page;
  if (places.empty()) return page;
  if (places.size() > limit) {
    places.resize(limit);
    page.next = places.back();
  }

  TRY_ASSIGN(
      const std::string rows_answer,
      server_->ask("SELECT " + column_names() + " FROM " + std::string(kClickTable) + " WHERE " +
                   stretch_sql(query.workspace, places) + " AND (node, epoch, shard, n) IN " +
                   key_list(places) + std::string(kNewestFirst) + std::to_string(limit) +
                   " FORMAT TabSeparated"));
  for (const auto& row : parse_tsv(rows_answer).rows) {
    TRY_ASSIGN(Click click, read_row(row));
    page.clicks.push_back(std::move(click));
  }
  TRY(add_views(*server_, query.workspace, places, page));
  return page;
}

}  // namespace tally
