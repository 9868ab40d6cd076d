// SPDX-License-Identifier: Apache-2.0
#include "enrich/bots.h"

#include "enrich/table.h"

namespace tally {
namespace {

// The order of the parts is part of the rules.
// clang-format off
constexpr std::string_view kTable =
#include "enrich/data/bots_ai.inc"
#include "enrich/data/bots_preview.inc"
#include "enrich/data/bots_monitor.inc"
#include "enrich/data/bots_library.inc"
#include "enrich/data/bots_crawler.inc"
#include "enrich/data/bots_generic.inc"
    ;
// clang-format on

constexpr std::int64_t kMemory = 32 << 20;

}  // namespace

Result<BotRules> BotRules::load() { return parse(kTable); }

Result<BotRules> BotRules::parse(std::string_view table) {
  std::vector<RulePattern> patterns;
  std::vector<Row> rows;
  for (const auto& fields : read_table(table, 3)) {
    const auto traffic = parse_kind<Traffic>(kTrafficNames, fields[0]);
    if (fields.size() != 3 || !traffic)
      return fail(ErrorCode::invalid,
                  "bot rules: no class, name and expression in: " + std::string(fields[0]));
    rows.push_back({*traffic, std::string(fields[1])});
    patterns.push_back({std::string(fields[2]), false});
  }
  auto set = RuleSet::compile(std::move(patterns), kMemory);
  if (!set) return std::unexpected(std::move(set).error().within("bot rules"));
  return BotRules(std::move(*set), std::move(rows));
}

BotVerdict BotRules::classify(std::string_view user_agent) const {
  const auto row = set_.first_match(user_agent);
  if (!row) return {Traffic::human, "no_rule"};
  return {rows_[*row].traffic, rows_[*row].name};
}

}  // namespace tally
