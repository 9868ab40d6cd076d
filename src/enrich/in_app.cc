// SPDX-License-Identifier: Apache-2.0
#include "enrich/in_app.h"

#include "enrich/table.h"

namespace tally {
namespace {

constexpr std::int64_t kMemory = 8 << 20;

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// Apple's web view is Safari without the word.
bool is_ios_web_view(std::string_view ua) {
  return ua.starts_with("Mozilla/5.0 (iP") && contains(ua, "AppleWebKit/") &&
         contains(ua, "Mobile/") && !contains(ua, "Safari");
}

bool is_android_web_view(std::string_view ua) { return contains(ua, "; wv)"); }

}  // namespace

Result<InAppRules> InAppRules::load(const RuleTables& tables) {
  std::vector<RulePattern> patterns;
  std::vector<std::string> names;
  TRY_ASSIGN(const auto table, tables.rows({"in_app"}, 2));
  for (const TableRow& row : table) {
    names.push_back(spaced(row[0]));
    patterns.push_back({std::string(row[1]), false, row.place()});
  }
  TRY_ASSIGN(auto set, RuleSet::compile(std::move(patterns), kMemory));
  return InAppRules(std::move(set), std::move(names));
}

std::optional<InAppBrowser> InAppRules::match(std::string_view user_agent) const {
  if (contains(user_agent, "://")) return std::nullopt;
  if (const auto rule = set_.first_match(user_agent))
    return InAppBrowser{names_[*rule], set_.captures(*rule, user_agent)[1]};
  if (is_android_web_view(user_agent)) return InAppBrowser{"Android WebView", {}};
  if (is_ios_web_view(user_agent)) return InAppBrowser{"iOS WebView", {}};
  return std::nullopt;
}

}  // namespace tally
