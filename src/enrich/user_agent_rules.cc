// SPDX-License-Identifier: Apache-2.0
#include "enrich/user_agent_rules.h"

#include <span>

#include "base/files.h"
#include "enrich/yaml_lists.h"

namespace tally {
namespace {

// The device automaton needs more than RE2's default 8 MB to compile.
constexpr std::int64_t kMemory = 32 << 20;

struct FieldName {
  std::string_view key;
  int group;
};
constexpr FieldName kBrowserFields[] = {
    {"family_replacement", 1}, {"v1_replacement", 2}, {"v2_replacement", 3}, {"v3_replacement", 4}};
constexpr FieldName kSystemFields[] = {{"os_replacement", 1},
                                       {"os_v1_replacement", 2},
                                       {"os_v2_replacement", 3},
                                       {"os_v3_replacement", 4},
                                       {"os_v4_replacement", 5}};
constexpr FieldName kDeviceFields[] = {
    {"device_replacement", 1}, {"brand_replacement", 0}, {"model_replacement", 1}};

std::string_view trim_all(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n\f\v";
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::string fill(std::string_view replacement, const RuleSet::Captures& captures) {
  std::string out;
  for (std::size_t i = 0; i < replacement.size(); ++i) {
    const bool group = replacement[i] == '$' && i + 1 < replacement.size() &&
                       replacement[i + 1] >= '1' && replacement[i + 1] <= '9';
    if (group) {
      out.append(captures[static_cast<std::size_t>(replacement[++i] - '0')]);
    } else {
      out.push_back(replacement[i]);
    }
  }
  return std::string(trim_all(out));
}

Result<RuleList> build(const YamlLists& lists, std::string_view name,
                       std::span<const FieldName> fields) {
  const auto list = lists.find(name);
  if (list == lists.end()) return fail(ErrorCode::invalid, "there is no list " + std::string(name));
  std::vector<RulePattern> patterns;
  std::vector<RuleList::Row> rows;
  for (const YamlRow& row : list->second) {
    const auto regex = row.find("regex");
    if (regex == row.end()) {
      return fail(ErrorCode::invalid,
                  std::string(name) + ": rule " + std::to_string(rows.size()) + " has no regex");
    }
    const auto flag = row.find("regex_flag");
    patterns.push_back({regex->second, flag != row.end() && flag->second == "i"});
    RuleList::Row& out = rows.emplace_back();
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const auto replacement = row.find(fields[i].key);
      out[i] = {replacement == row.end() ? std::string() : replacement->second, fields[i].group};
    }
  }
  auto set = RuleSet::compile(std::move(patterns), kMemory);
  if (!set) return std::unexpected(std::move(set).error().within(name));
  return RuleList(std::move(*set), std::move(rows));
}

}  // namespace

RuleList::Fields RuleList::match(std::string_view text) const {
  Fields out;
  const auto rule = set_.first_match(text);
  if (!rule) {
    out[0] = "Other";
    return out;
  }
  const auto captures = set_.captures(*rule, text);
  for (std::size_t i = 0; i < kMaxFields; ++i) {
    const Field& field = rows_[*rule][i];
    if (!field.replacement.empty()) {
      out[i] = fill(field.replacement, captures);
    } else if (field.group > 0) {
      out[i] = trim_all(captures[static_cast<std::size_t>(field.group)]);
    }
  }
  return out;
}

Result<UserAgentRules> UserAgentRules::load(const std::filesystem::path& path) {
  PosixFiles files;
  const auto within = [&](Error error) {
    return std::unexpected(std::move(error).within("user-agent rules " + path.string()));
  };
  auto text = files.read_all(path);
  if (!text) return within(std::move(text).error());
  auto rules = parse(*text);
  if (!rules) return within(std::move(rules).error());
  return rules;
}

Result<UserAgentRules> UserAgentRules::parse(std::string_view yaml) {
  TRY_ASSIGN(const auto lists, read_yaml_lists(yaml));
  TRY_ASSIGN(auto browsers, build(lists, "user_agent_parsers", kBrowserFields));
  TRY_ASSIGN(auto systems, build(lists, "os_parsers", kSystemFields));
  TRY_ASSIGN(auto devices, build(lists, "device_parsers", kDeviceFields));
  return UserAgentRules(std::move(browsers), std::move(systems), std::move(devices));
}

RuledBrowser UserAgentRules::browser(std::string_view user_agent) const {
  auto f = browsers_.match(user_agent);
  return {std::move(f[0]), std::move(f[1]), std::move(f[2]), std::move(f[3])};
}

RuledSystem UserAgentRules::system(std::string_view user_agent) const {
  auto f = systems_.match(user_agent);
  return {std::move(f[0]), std::move(f[1]), std::move(f[2]), std::move(f[3]), std::move(f[4])};
}

RuledDevice UserAgentRules::device(std::string_view user_agent) const {
  auto f = devices_.match(user_agent);
  return {std::move(f[0]), std::move(f[1]), std::move(f[2])};
}

}  // namespace tally
