// SPDX-License-Identifier: Apache-2.0
//
// Is this user agent a person's browser, and if not, what is it?
//
// One ordered table: named clients first (what AI companies, previewers, monitors and libraries
// call themselves), then words that give a crawler away, then shapes that no browser has, and at
// the end what a person's browser or phone leads with. The first row that matches gives class and
// reason. The shapes matter most: names change every month, but a browser has always brought a
// product and a comment, and has never put its web address or mailbox into the user agent.
//
// What the rules get wrong is measured: docs/reference/enrichment.md has corpora and figures.
// Clients that copy a browser's user agent to the letter are not found here; the burst rule
// (burst.h) finds some of them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "enrich/rule_set.h"
#include "enrich/tables.h"
#include "model/kinds.h"

namespace tally {

struct BotVerdict {
  Traffic traffic = Traffic::human;
  std::string_view reason;  // the row's name; borrowed from the rules
};

// Thread-safe once loaded.
class BotRules {
 public:
  // ErrorCode::invalid names the row at fault.
  static Result<BotRules> load(const RuleTables& tables);

  BotVerdict classify(std::string_view user_agent) const;

 private:
  struct Row {
    Traffic traffic;
    std::string name;
  };
  BotRules(RuleSet set, std::vector<Row> rows) : set_(std::move(set)), rows_(std::move(rows)) {}

  RuleSet set_;
  std::vector<Row> rows_;
};

}  // namespace tally
