// SPDX-License-Identifier: Apache-2.0
//
// uap-core's rules: browser, operating system and device out of a user agent, to the letter of its
// specification (docs/specification.md of https://github.com/ua-parser/uap-core).
//
// Three ordered lists; in each the first rule that matches decides. `$1` to `$9` in a replacement
// stand for the rule's groups; a field without replacement takes the group of its place (browser:
// family 1, major 2, minor 3, patch 4; system: likewise and patch_minor 5; device: family 1, model
// 1, brand none). Results are trimmed, nothing left means absent, no rule at all means `Other`.
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "enrich/rule_set.h"

namespace tally {

struct RuledBrowser {
  std::string family, major, minor, patch;
};
struct RuledSystem {
  std::string family, major, minor, patch, patch_minor;
};
struct RuledDevice {
  std::string family, brand, model;
};

// One of the three lists.
class RuleList {
 public:
  static constexpr std::size_t kMaxFields = 5;
  using Fields = std::array<std::string, kMaxFields>;

  struct Field {
    std::string replacement;  // empty: the group of `group`
    int group = 0;            // 0: none
  };
  using Row = std::array<Field, kMaxFields>;

  RuleList(RuleSet set, std::vector<Row> rows) : set_(std::move(set)), rows_(std::move(rows)) {}

  Fields match(std::string_view text) const;
  RuleSet& set() { return set_; }

 private:
  RuleSet set_;
  std::vector<Row> rows_;
};

// Thread-safe once loaded.
class UserAgentRules {
 public:
  // Reads `regexes.yaml`. ErrorCode::unavailable when it cannot be read, invalid when a rule in it
  // is broken; the message names list, rule and line where known.
  static Result<UserAgentRules> load(const std::filesystem::path& path);
  static Result<UserAgentRules> parse(std::string_view yaml);

  RuledBrowser browser(std::string_view user_agent) const;
  RuledSystem system(std::string_view user_agent) const;
  RuledDevice device(std::string_view user_agent) const;

  // The three lists, for tests of the matching itself.
  std::array<RuleSet*, 3> sets() { return {&browsers_.set(), &systems_.set(), &devices_.set()}; }

 private:
  UserAgentRules(RuleList browsers, RuleList systems, RuleList devices)
      : browsers_(std::move(browsers)),
        systems_(std::move(systems)),
        devices_(std::move(devices)) {}

  RuleList browsers_, systems_, devices_;
};

}  // namespace tally
