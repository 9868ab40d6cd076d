// SPDX-License-Identifier: Apache-2.0
#include "enrich/in_app.h"

#include "enrich/table.h"

namespace tally {
namespace {

constexpr std::string_view kTable =
#include "enrich/data/in_app.inc"
    ;

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

Result<InAppRules> InAppRules::load() {
  std::vector<RulePattern> patterns;
  std::vector<std::string> names;
  for (const auto& fields : read_table(kTable, 2)) {
    names.push_back(spaced(fields.front()));
    patterns.push_back({std::string(fields.back()), false});
  }
  auto set = RuleSet::compile(std::move(patterns), kMemory);
  if (!set) return std::unexpected(std::move(set).error().within("in-app rules"));
  return InAppRules(std::move(*set), std::move(names));
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
