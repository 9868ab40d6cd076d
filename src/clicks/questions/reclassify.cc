// SPDX-License-Identifier: Apache-2.0
//
// Which stored hits does a re-run of the traffic classes concern, and how are they changed?
//
// A change is a ClickHouse mutation, which both dialects know: the server notes it durably, then
// replaces part by part with a copy that has the new values, and goes on with it after a crash. No
// row is ever missing or there twice, so the shipper's reconciling counts stay right meanwhile.
// Rows that are stored later are not touched, which is as it should be: rules of today made them.
//
// A conversion carries a copy of its click and is changed by the same orders, first: an order that
// is given again because a crash came between the two finds clicks that are still to be changed.
//
// The flags of first clicks are not kept up to date by each change but worked out from the rows
// afterwards, for whole days and only where they are wrong. That makes it right to do it again
// after a crash, or when a day is over.
#include <algorithm>

#include "base/text.h"
#include "clicks/click_store.h"
#include "clicks/clickhouse.h"
#include "clicks/closed_ranges.h"
#include "clicks/conditions.h"
#include "clicks/schema.h"
#include "clicks/sql_text.h"

namespace tally {
namespace {

// A stored user agent of this length may have been cut from a longer one, whose end nobody knows.
constexpr std::size_t kMaybeCut = 509;

const std::string kTable(kClickTable);
const std::string kConversions(kConversionTable);

// A statement may hold many user agents and links.
const SqlSettings kLong = {{"max_query_size", "67108864"},
                           {"max_ast_elements", "10000000"},
                           {"max_expanded_ast_elements", "10000000"}};

std::string judged_sql(const Rejudging& what) {
  std::string sql = "workspace_id = " + std::to_string(what.workspace.value) +
                    " AND time >= " + std::to_string(what.range.from) + " AND time < " +
                    std::to_string(what.range.to);
  if (what.link) sql += " AND link_id = " + std::to_string(what.link->value);
  sql += " AND imported = 0 AND user_agent != '' AND length(user_agent) < " +
         std::to_string(kMaybeCut) + " AND traffic NOT IN ('head','prefetch'";
  sql += what.release_suspects ? ")" : ",'scanner_suspect')";
  if (what.kept_links.empty()) return sql;
  sql += " AND link_id NOT IN (";
  for (const LinkId& link : what.kept_links) {
    if (&link != &what.kept_links.front()) sql += ',';
    sql += std::to_string(link.value);
  }
  return sql + ")";
}

// Rows of a day that have a say in who came first.
std::string day_sql(WorkspaceId workspace, std::int64_t day) {
  return "workspace_id = " + std::to_string(workspace.value) +
         " AND time >= " + std::to_string(day * kMillisPerDay) + " AND time < " +
         std::to_string((day + 1) * kMillisPerDay) +
         " AND link_id != 0 AND visitor != 0 AND imported = 0";
}

std::string counts_sql() { return "(traffic = 'human' AND " + headline_sql() + ")"; }

// Visitors whose `flag` does not stand on the earliest click that counts, once for each `by`. Not a
// question about another one's answer: inside a mutation 18.16 cannot answer those.
std::string wrong_sql(const std::string& rows, const std::string& flag, const std::string& by) {
  const std::string counts = counts_sql();
  return "SELECT visitor FROM " + kTable + " WHERE " + rows + " GROUP BY " + by + " HAVING sum(" +
         flag + ") != max(" + counts + ") OR minIf(time, " + counts + ") != minIf(time, " + flag +
         " AND " + counts + ")";
}

std::string earliest_sql(const std::string& rows, const std::string& by) {
  return "(node, epoch, shard, n) IN (SELECT node, epoch, shard, n FROM " + kTable + " WHERE " +
         rows + " AND " + counts_sql() + " ORDER BY time, node, epoch, shard, n LIMIT 1 BY " + by +
         ")";
}

Result<AgentGroup> read_group(std::span<const std::string_view> row) {
  if (row.size() != 4)
    return fail(ErrorCode::corrupt, "a group of user agents has not four fields");
  const auto traffic = parse_kind<Traffic>(kTrafficNames, row[1]);
  if (!traffic) return fail(ErrorCode::corrupt, "the click store has an unknown traffic class");
  TRY_ASSIGN(const std::uint64_t hits, tsv_count(row, 3));
  return AgentGroup{tsv_unescape(row[0]), *traffic, tsv_unescape(row[2]), hits};
}

}  // namespace

Result<std::uint64_t> ClickStore::judged_hits(const Rejudging& what) {
  TRY_ASSIGN(const std::string answer, server_->ask("SELECT count(), 0 FROM " + kTable + " WHERE " +
                                                        judged_sql(what) + " FORMAT TabSeparated",
                                                    kLong));
  const TsvTable table = parse_tsv(answer);
  if (table.rows.empty()) return 0;
  return tsv_count(table.rows.front(), 0);
}

Result<std::vector<AgentGroup>> ClickStore::agent_groups(const Rejudging& what,
                                                         std::string_view after,
                                                         std::size_t limit) {
  TRY_ASSIGN(const std::string answer,
             server_->ask("SELECT user_agent, traffic, reason, count() FROM " + kTable + " WHERE " +
                              judged_sql(what) + " AND user_agent > " + sql_quote(after) +
                              " GROUP BY user_agent, traffic, reason ORDER BY user_agent LIMIT " +
                              std::to_string(limit) + " FORMAT TabSeparated",
                          kLong));
  const TsvTable table = parse_tsv(answer);
  std::vector<AgentGroup> out;
  for (const auto& row : table.rows) {
    TRY_ASSIGN(AgentGroup group, read_group(row));
    out.push_back(std::move(group));
  }
  if (out.size() < limit) return out;
  // The last user agent may have more groups than fitted: it comes with the next page.
  const std::string last = out.back().user_agent;
  if (out.front().user_agent == last)
    return fail(ErrorCode::internal, "a page of user agents is too short for one");
  std::erase_if(out, [&](const AgentGroup& group) { return group.user_agent == last; });
  return out;
}

Result<std::vector<std::int64_t>> ClickStore::days_of(const Rejudging& what,
                                                      std::span<const std::string> user_agents) {
  TRY_ASSIGN(
      const std::string answer,
      server_->ask("SELECT intDiv(time, 86400000) AS day, count() FROM " + kTable + " WHERE " +
                       judged_sql(what) + " AND user_agent IN " + sql_quote_list(user_agents) +
                       " GROUP BY day ORDER BY day FORMAT TabSeparated",
                   kLong));
  const TsvTable table = parse_tsv(answer);
  std::vector<std::int64_t> days;
  for (const auto& row : table.rows) {
    TRY_ASSIGN(const std::uint64_t day, tsv_count(row, 0));
    days.push_back(static_cast<std::int64_t>(day));
  }
  return days;
}

Result<void> ClickStore::order_traffic(const Rejudging& what,
                                       std::span<const std::string> user_agents, Traffic traffic,
                                       std::string_view reason) {
  const std::string klass = sql_quote(to_text(traffic));
  const std::string why = sql_quote(reason);
  std::string sql = " UPDATE traffic = " + klass + ", reason = " + why;
  if (traffic != Traffic::human) sql += ", first = 0, first_ws = 0";
  sql += " WHERE " + judged_sql(what) + " AND user_agent IN " + sql_quote_list(user_agents) +
         " AND NOT (traffic = " + klass + " AND reason = " + why + ")";
  const std::lock_guard lock(verdicts_);
  TRY_ASSIGN(const auto change, closed_->change(std::span(&what.workspace, 1), what.range));
  TRY(server_->order("ALTER TABLE " + kConversions + sql, kLong));
  TRY(server_->order("ALTER TABLE " + kTable + sql, kLong));
  return {};
}

Result<bool> ClickStore::order_first_clicks(WorkspaceId workspace, std::int64_t day) {
  const std::string rows = day_sql(workspace, day);
  const std::string wrong = "(visitor IN (" + wrong_sql(rows, "first", "link_id, visitor") +
                            ") OR visitor IN (" + wrong_sql(rows, "first_ws", "visitor") + "))";
  TRY_ASSIGN(const std::string answer,
             server_->ask("SELECT count(), 0 FROM " + kTable + " WHERE " + rows + " AND " + wrong +
                          " FORMAT TabSeparated"));
  const TsvTable table = parse_tsv(answer);
  if (table.rows.empty()) return false;
  TRY_ASSIGN(const std::uint64_t rows_of_them, tsv_count(table.rows.front(), 0));
  if (rows_of_them == 0) return false;
  const TimeRange times{day * kMillisPerDay, (day + 1) * kMillisPerDay};
  TRY_ASSIGN(const auto change, closed_->change(std::span(&workspace, 1), times));
  const std::string sql = " UPDATE first = " + earliest_sql(rows, "link_id, visitor") +
                          ", first_ws = " + earliest_sql(rows, "visitor") + " WHERE " + rows;
  const std::lock_guard lock(verdicts_);
  // Which clicks were wrong is not known any more once they are right.
  TRY(server_->order("ALTER TABLE " + kConversions + sql));
  // A visitor is worked on until all of its parts are right, and by then none is wrong: it does not
  // matter whether the store asks who is wrong once or anew for each part.
  TRY(server_->order("ALTER TABLE " + kTable + sql + " AND " + wrong));
  return true;
}

Result<std::unique_lock<std::mutex>> ClickStore::settled_verdicts() {
  std::unique_lock lock(verdicts_);
  TRY_ASSIGN(const bool going_on, rewriting());
  if (going_on) return fail(ErrorCode::unavailable, "stored hits are being judged again");
  return lock;
}

Result<bool> ClickStore::rewriting() {
  TRY_ASSIGN(const Dialect dialect, server_->dialect());
  const std::string why =
      dialect == Dialect::modern ? "any(latest_fail_reason)" : std::string("''");
  TRY_ASSIGN(const std::string answer,
             server_->ask("SELECT count(), " + why +
                          " FROM system.mutations WHERE database = 'tallymark'"
                          " AND is_done = 0 FORMAT TabSeparated"));
  const TsvTable table = parse_tsv(answer);
  if (table.rows.empty()) return false;
  TRY_ASSIGN(const std::uint64_t open, tsv_count(table.rows.front(), 0));
  if (open == 0) return false;
  if (table.rows.front().size() < 2 || table.rows.front()[1].empty()) return true;
  const std::string_view reason = table.rows.front()[1];
  return fail(is_passing(reason) ? ErrorCode::unavailable : ErrorCode::internal,
              "the click store cannot rewrite its rows: " + make_utf8(cut_utf8(reason, 400)));
}

}  // namespace tally
