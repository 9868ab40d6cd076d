// SPDX-License-Identifier: Apache-2.0
#include "enrich/overlays.h"

#include <span>

#include "base/text.h"
#include "enrich/table.h"

namespace tally {
namespace {

constexpr std::int64_t kMemory = 8 << 20;

struct Fold {
  std::string_view from, to;
};
// Platform and device tell the rest.
constexpr Fold kBrowserFolds[] = {
    {"Chrome Mobile", "Chrome"},
    {"Chrome Mobile iOS", "Chrome"},
    {"Mobile Safari", "Safari"},
    {"Firefox Mobile", "Firefox"},
    {"Firefox iOS", "Firefox"},
    {"Edge Mobile", "Edge"},
    {"Opera Mobile", "Opera"},
    {"Chrome Mobile WebView", "Android WebView"},
    {"Mobile Safari UI/WKWebView", "iOS WebView"},
    {"Other", "Unknown"},
};
constexpr Fold kSystemFolds[] = {
    {"Mac OS X", "macOS"}, {"ATV OS X", "tvOS"}, {"Web0S", "webOS"}, {"Other", "Unknown"}};

std::string folded(std::string name, std::span<const Fold> folds) {
  for (const Fold& fold : folds)
    if (name == fold.from) return std::string(fold.to);
  return name.empty() ? "Unknown" : name;
}

std::string_view after(std::string_view text, std::string_view mark) {
  const auto at = text.find(mark);
  return at == std::string_view::npos ? std::string_view() : text.substr(at + mark.size());
}

std::string_view leading_digits(std::string_view text) {
  std::size_t n = 0;
  while (n < text.size() && n < 4 && is_digit(text[n])) ++n;
  return text.substr(0, n);
}

constexpr int kFirstFrozen = 26;  // the first iOS behind the frozen number
constexpr int kBuildOffset = 3;   // builds of iOS 26 begin with 23

// The number that build `15E148` or `23A341` begins with, as a version of iOS.
int version_of_build(std::string_view build) {
  const std::string_view digits = leading_digits(build);
  const bool is_build =
      digits.size() == 2 && build.size() > 2 && build[2] >= 'A' && build[2] <= 'Z';
  return is_build ? parse_number<int>(digits).value_or(0) + kBuildOffset : 0;
}

}  // namespace

std::string version_text(std::string_view major, std::string_view minor) {
  if (major.empty()) return "Unknown";
  std::string out(major);
  if (!minor.empty() && minor != "0") out.append(".").append(minor);
  return out;
}

std::string browser_name(std::string ruled) { return folded(std::move(ruled), kBrowserFolds); }
std::string system_name(std::string ruled) { return folded(std::move(ruled), kSystemFolds); }

std::optional<std::string> thawed_ios(std::string_view user_agent, std::string_view told) {
  const int frozen = parse_number<int>(leading_digits(told)).value_or(0);
  if (frozen >= kFirstFrozen) return std::nullopt;
  for (const std::string_view mark : {"FBSV/", "; iOS ", "Version/"}) {
    const std::string_view text = after(user_agent, mark);
    const std::string_view major = leading_digits(text);
    if (parse_number<int>(major).value_or(0) < kFirstFrozen) continue;
    std::string_view rest = text.substr(major.size());
    const bool has_minor = rest.starts_with(".") || rest.starts_with("_");
    return version_text(major, has_minor ? leading_digits(rest.substr(1)) : std::string_view());
  }
  const int built = version_of_build(after(user_agent, "Mobile/"));
  if (built >= kFirstFrozen) return std::to_string(built);
  return std::nullopt;
}

Result<OverlayRules> OverlayRules::load(const RuleTables& tables) {
  std::vector<RulePattern> systems, browsers;
  std::vector<std::string> system_names, browser_names;
  TRY_ASSIGN(const auto table, tables.rows({"overlays"}, 3));
  for (const TableRow& row : table) {
    const bool system = row[0] == "system";
    if (!system && row[0] != "browser")
      return row.refuse("neither system nor browser: " + std::string(row[0]));
    (system ? system_names : browser_names).push_back(spaced(row[1]));
    (system ? systems : browsers).push_back({std::string(row[2]), false, row.place()});
  }
  TRY_ASSIGN(auto system_set, RuleSet::compile(std::move(systems), kMemory));
  TRY_ASSIGN(auto browser_set, RuleSet::compile(std::move(browsers), kMemory));
  return OverlayRules({std::move(system_set), std::move(system_names)},
                      {std::move(browser_set), std::move(browser_names)});
}

std::optional<NamedVersion> OverlayRules::List::match(std::string_view user_agent) const {
  const auto row = set.first_match(user_agent);
  if (!row) return std::nullopt;
  const auto captures = set.captures(*row, user_agent);
  return NamedVersion{names[*row], version_text(captures[1], captures[2])};
}

}  // namespace tally
