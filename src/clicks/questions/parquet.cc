// SPDX-License-Identifier: Apache-2.0
//
// All hits that a query means, as a Parquet file that the server writes.
//
// The server keeps the file until it is whole, so its size is no matter to memory on either side.
// Values are those of the other exports; what is a number or a time there has that type here. The
// click id is model/click_id.h in SQL: four Feistel rounds of SipHash-2-4, then 26 digits, two at a
// time. Its key is in the text of the question, which is therefore kept out of the server's log.
#include "base/bytes.h"
#include "clicks/click_store.h"
#include "clicks/clickhouse.h"
#include "clicks/conditions.h"
#include "clicks/schema.h"
#include "clicks/sql_text.h"
#include "http/pulled_body.h"

namespace tally {
namespace {

constexpr std::string_view kDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr int kPairs = 13;     // of digits in a click id
constexpr int kPairBits = 10;  // that two digits hold

// What an own column name and its alias could be mistaken for is renamed in the inner question.
constexpr std::string_view kColumns =
    "fromUnixTimestamp64Milli(c_time, 'UTC') AS time,"
    " concat('ws_', toString(c_workspace)) AS workspace_id,"
    " if(c_link = 0, '', concat('lnk_', toString(c_link))) AS link_id,"
    " domain, prefix, token, outcome, traffic, reason, trigger, variant,"
    " toBool(c_first) AS first, toBool(c_first_ws) AS first_ws,"
    " country, region, city, language, platform, device, os, os_version, browser, browser_version,"
    " toBool(c_in_app) AS in_app, nullIf(c_screen_w, 0) AS screen_w,"
    " nullIf(c_screen_h, 0) AS screen_h, nullIf(c_dpr, 0) AS dpr, c_screen_source AS screen_source,"
    " referrer_host, referrer_path, channel, source, medium, campaign, content, term, src,"
    " ad_click, user_agent, ip, toBool(c_imported) AS imported";
constexpr std::string_view kTexts =
    "domain, prefix, token, outcome, traffic, reason, trigger, variant, country, region, city,"
    " language, platform, device, os, os_version, browser, browser_version, referrer_host,"
    " referrer_path, channel, source, medium, campaign, content, term, src, ad_click, user_agent,"
    " ip";

// One round's value of a half.
std::string round_sql(const ClickIdCodec::Key& key, const std::string& half, int round) {
  ByteReader words({reinterpret_cast<const char*>(key.data()), key.size()});
  const auto first = words.fixed<std::uint64_t>(), second = words.fixed<std::uint64_t>();
  return "sipHash64Keyed((toUInt64(" + std::to_string(first) + "), toUInt64(" +
         std::to_string(second) + ")), concat(reinterpretAsFixedString(" + half + "), char(" +
         std::to_string(round) + ")))";
}

// WITH … : names for what the click id is made of.
std::string click_id_names(const ClickIdCodec::Key& key) {
  std::string pairs;
  for (const char first : kDigits)
    for (const char second : kDigits) pairs.append({first, second});
  const auto mixed = [&key](const std::string& left, const std::string& right, int round) {
    return "bitXor(" + left + ", " + round_sql(key, right, round) + ")";
  };
  return sql_quote(pairs) +
         " AS pairs,"
         " bitOr(bitOr(bitShiftLeft(toUInt64(node), 48), bitShiftLeft(toUInt64(epoch), 16)),"
         " toUInt64(shard)) AS half_0, toUInt64(n) AS half_1, " +
         mixed("half_0", "half_1", 0) + " AS half_2, " + mixed("half_1", "half_2", 1) +
         " AS half_3, " + mixed("half_2", "half_3", 2) + " AS half_4, " +
         mixed("half_3", "half_4", 3) +
         " AS half_5, bitOr(bitShiftLeft(toUInt128(half_4), 64), toUInt128(half_5)) AS block";
}

std::string click_id_sql() {
  std::string sql = "concat(";
  for (int pair = kPairs - 1; pair >= 0; --pair)
    sql += "substring(pairs, toUInt16(bitAnd(bitShiftRight(block, " +
           std::to_string(pair * kPairBits) + "), 1023)) * 2 + 1, 2)" + (pair == 0 ? ")" : ", ");
  return sql;
}

// The rows with the screens that views told of, if there are any.
Result<std::string> inner_sql(const StatsQuery& query, bool has_views) {
  TRY_ASSIGN(const std::string from,
             has_views ? rows_sql(query, Dimension::screen) : rows_sql(query));
  TRY_ASSIGN(std::string where, where_sql(query));
  if (query.traffic != TrafficFilter::all) where += " AND " + asked_sql(query.traffic);
  const std::string screen =
      has_views ? "if(view_w != 0, view_w, screen_w) AS c_screen_w,"
                  " if(view_w != 0, view_h, screen_h) AS c_screen_h,"
                  " if(view_w != 0, view_dpr, dpr) AS c_dpr,"
                  " if(view_w != 0, 'beacon', toString(screen_source)) AS c_screen_source"
                : "screen_w AS c_screen_w, screen_h AS c_screen_h, dpr AS c_dpr,"
                  " screen_source AS c_screen_source";
  return "SELECT node, epoch, shard, n, time AS c_time, workspace_id AS c_workspace,"
         " link_id AS c_link, first AS c_first, first_ws AS c_first_ws, in_app AS c_in_app,"
         " imported AS c_imported, " +
         screen + ", " + std::string(kTexts) + " FROM " + from + " WHERE " + where;
}

SqlSettings parquet_settings() {
  // Every reader knows Snappy.
  return {{"output_format_parquet_compression_method", "snappy"}, {"log_queries", "0"}};
}

Result<void> check_dialect(Dialect dialect) {
  if (dialect == Dialect::modern) return {};
  return std::unexpected(Error{ErrorCode::invalid,
                               "the click store is too old a ClickHouse to write Parquet",
                               "export CSV or NDJSON instead",
                               {},
                               "not_supported"});
}

}  // namespace

Result<std::unique_ptr<PulledBody>> ClickStore::parquet(const StatsQuery& query,
                                                        const ClickIdCodec::Key& key) {
  TRY_ASSIGN(const Dialect dialect, server_->dialect());
  TRY(check_dialect(dialect));
  TRY_ASSIGN(const std::string answer,
             server_->ask("SELECT count(), 0 FROM " + std::string(kViewTable) +
                          " WHERE workspace_id = " + std::to_string(query.workspace.value) +
                          " AND time >= " + std::to_string(query.range.from) + " AND time < " +
                          std::to_string(query.range.to) + " FORMAT TabSeparated"));
  const auto rows = parse_tsv(answer).rows;
  if (rows.empty()) return fail(ErrorCode::corrupt, "the click store did not count its views");
  TRY_ASSIGN(const std::uint64_t views, tsv_count(rows.front(), 0));
  TRY_ASSIGN(const std::string inner, inner_sql(query, views > 0));
  return server_->ask_long("WITH " + click_id_names(key) + " SELECT " + click_id_sql() +
                               " AS click_id, " + std::string(kColumns) + " FROM (" + inner +
                               ") FORMAT Parquet",
                           parquet_settings());
}

Result<std::unique_ptr<PulledBody>> ClickStore::parquet_of(std::string_view structure,
                                                           std::string_view tsv) {
  TRY_ASSIGN(const Dialect dialect, server_->dialect());
  TRY(check_dialect(dialect));
  SqlSettings settings = parquet_settings();
  settings.emplace_back("max_query_size", "268435456");
  // format() does not take text without a row.
  const std::string rows =
      tsv.empty() ? "null(" + sql_quote(structure) + ")"
                  : "format(TabSeparated, " + sql_quote(structure) + ", " + sql_quote(tsv) + ")";
  return server_->ask_long("SELECT * FROM " + rows + " FORMAT Parquet", settings);
}

}  // namespace tally
