// SPDX-License-Identifier: Apache-2.0
#include "enrich/bots.h"

namespace tally {
namespace {

constexpr std::int64_t kMemory = 32 << 20;

}  // namespace

Result<BotRules> BotRules::load(const RuleTables& tables) {
  std::vector<RulePattern> patterns;
  std::vector<Row> rows;
  // The order of the parts is part of the rules.
  TRY_ASSIGN(const auto table, tables.rows({"bots_ai", "bots_preview", "bots_monitor",
                                            "bots_library", "bots_crawler", "bots_generic"},
                                           3));
  for (const TableRow& row : table) {
    const auto traffic = parse_kind<Traffic>(kTrafficNames, row[0]);
    if (!traffic) return row.refuse("no traffic class: " + std::string(row[0]));
    rows.push_back({*traffic, std::string(row[1])});
    patterns.push_back({std::string(row[2]), false, row.place()});
  }
  TRY_ASSIGN(auto set, RuleSet::compile(std::move(patterns), kMemory));
  return BotRules(std::move(set), std::move(rows));
}

BotVerdict BotRules::classify(std::string_view user_agent) const {
  const auto row = set_.first_match(user_agent);
  if (!row) return {Traffic::human, "no_rule"};
  return {rows_[*row].traffic, rows_[*row].name};
}

}  // namespace tally
