// SPDX-License-Identifier: Apache-2.0
//
// The browsers inside apps, by name: most clicks on a social post come from one, and uap-core knows
// few of them.
//
// They are recognised before anything else, because an in-app browser is a person whatever words
// its user agent also holds. One guard: a web address in the user agent means a robot that copied
// an app's string; no app puts one there.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "enrich/rule_set.h"
#include "enrich/tables.h"

namespace tally {

struct InAppBrowser {
  std::string_view name;     // borrowed from the rules
  std::string_view version;  // major, "" when the user agent does not tell; borrowed from it
};

// Thread-safe once loaded.
class InAppRules {
 public:
  // ErrorCode::invalid names the row at fault.
  static Result<InAppRules> load(const RuleTables& tables);
  std::optional<InAppBrowser> match(std::string_view user_agent) const;

 private:
  InAppRules(RuleSet set, std::vector<std::string> names)
      : set_(std::move(set)), names_(std::move(names)) {}

  RuleSet set_;
  std::vector<std::string> names_;
};

}  // namespace tally
