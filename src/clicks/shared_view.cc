// SPDX-License-Identifier: Apache-2.0
#include "clicks/shared_view.h"

#include <span>

#include "clicks/derived.h"
#include "clicks/schema.h"
#include "model/click.h"
#include "model/click_filter.h"

namespace tally {
namespace {

// Without the click's id, which no column holds, and with flags of the view's own at the end.
std::span<const std::string_view> shared_names() {
  const auto all = click_names();
  return all.subspan(2, all.size() - 3);
}

std::string shared_sql(std::string_view name) {
  const std::string column(name);
  const auto by = parse_kind<Dimension>(kDimensionNames, name);
  const bool text = by && is_always_told(*by) && *by != Dimension::dpr;
  return text ? "if(c." + column + " = '', 'Unknown', toString(c." + column + ")) AS " + column
              : "c." + column + " AS " + column;
}

}  // namespace

std::string shared_view_sql() {
  std::string sql = "CREATE OR REPLACE VIEW " + std::string(kSharedView) +
                    " DEFINER = CURRENT_USER SQL SECURITY DEFINER AS SELECT"
                    " CAST(c.time / 1000 AS DateTime64(3, 'UTC')) AS time";
  for (const std::string_view name : shared_names()) sql += ", " + shared_sql(name);
  // Who clicked, and what asked: kinds of rows that no other column tells in one word.
  const auto flag = [](TrafficFilter traffic, std::string_view name) {
    return ", toUInt8(c." + clicks_of_sql(traffic, Dialect::modern) + ") AS " + std::string(name);
  };
  return sql + ", c.imported AS imported" + flag(TrafficFilter::human, "is_click") +
         flag(TrafficFilter::bot, "is_bot") + " FROM " + std::string(kClickTable) + " AS c";
}

Result<void> share_clicks(ClickHouse& server) {
  TRY_ASSIGN(const Dialect dialect, server.dialect());
  if (dialect == Dialect::legacy) return {};
  TRY(server.ask("CREATE DATABASE IF NOT EXISTS stats"));
  TRY(server.ask(shared_view_sql()));
  return {};
}

}  // namespace tally
