// SPDX-License-Identifier: Apache-2.0
//
// Our reading of uap-core's rules against the plainest one there is: a loop over the rules in their
// order, one RE2 each, the first that matches decides, as the specification words it. It shares
// with the code under test only the reader of YAML. The rules are the newer ones of npm, which
// come without test cases; the strings are those of all corpora.
#include <gtest/gtest.h>
#include <re2/re2.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <future>
#include <memory>
#include <numeric>
#include <random>
#include <span>

#include "enrich/agent_test_corpora.h"
#include "enrich/user_agent_rules.h"

namespace tally {
namespace {

constexpr std::size_t kAtLeast = 30'000;

using Row = std::vector<std::string>;

class ReferenceList {
 public:
  // `fields` name the replacements in order; `groups` the group of a field without one, 0 none.
  ReferenceList(const std::vector<YamlRow>& rules, Row fields, std::vector<int> groups)
      : fields_(std::move(fields)), groups_(std::move(groups)) {
    RE2::Options options;
    options.set_encoding(RE2::Options::EncodingLatin1);
    options.set_log_errors(false);
    for (const YamlRow& rule : rules) {
      options.set_case_sensitive(field_of(rule, "regex_flag") != "i");
      rules_.push_back({rule, std::make_unique<RE2>(field_of(rule, "regex"), options)});
      EXPECT_TRUE(rules_.back().regex->ok()) << field_of(rule, "regex");
    }
  }

  // Appends the answer for each text to its row. Each rule in its order looks at every text that
  // none before it has matched: the same as a loop over the rules for each text, five times as
  // quick, because one rule at a time stays in the processor's cache.
  void read(std::span<const std::string> texts, std::span<Row> rows) const {
    std::vector<std::size_t> open(texts.size());
    std::iota(open.begin(), open.end(), 0);
    for (const Rule& rule : rules_) {
      std::erase_if(open, [&](std::size_t i) {
        if (!RE2::PartialMatch(texts[i], *rule.regex)) return false;
        fill(rule, texts[i], rows[i]);
        return true;
      });
    }
    for (const std::size_t i : open) {
      rows[i].emplace_back("Other");
      rows[i].resize(rows[i].size() + fields_.size() - 1);
    }
  }

 private:
  struct Rule {
    YamlRow row;
    std::unique_ptr<RE2> regex;
  };

  void fill(const Rule& rule, const std::string& text, Row& out) const {
    re2::StringPiece groups[10];
    const int count = std::min(10, rule.regex->NumberOfCapturingGroups() + 1);
    rule.regex->Match(text, 0, text.size(), RE2::UNANCHORED, groups, count);
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      std::string value = field_of(rule.row, fields_[i]);
      if (value.empty() && groups_[i] > 0) value = "$" + std::to_string(groups_[i]);
      for (int group = 1; group <= 9; ++group) {
        const std::string mark = "$" + std::to_string(group);
        for (auto at = value.find(mark); at != std::string::npos; at = value.find(mark, at)) {
          value.replace(at, mark.size(), groups[group].data(), groups[group].size());
          at += groups[group].size();
        }
      }
      RE2::GlobalReplace(&value, R"(^\s+|\s+$)", "");
      out.push_back(std::move(value));
    }
  }

  Row fields_;
  std::vector<int> groups_;
  std::vector<Rule> rules_;
};

std::vector<Row> read(const ReferenceList& list, std::span<const std::string> texts) {
  std::vector<Row> rows(texts.size());
  list.read(texts, rows);
  return rows;
}

TEST(UserAgentReference, ALoopOverTheNewerRulesSaysTheSame) {
  const std::string yaml = corpus_text(kNpmRules);
  auto lists = read_yaml_lists(yaml);
  ASSERT_TRUE(lists) << lists.error().line();
  const ReferenceList browsers(
      (*lists)["user_agent_parsers"],
      {"family_replacement", "v1_replacement", "v2_replacement", "v3_replacement"}, {1, 2, 3, 4});
  const ReferenceList systems((*lists)["os_parsers"],
                              {"os_replacement", "os_v1_replacement", "os_v2_replacement",
                               "os_v3_replacement", "os_v4_replacement"},
                              {1, 2, 3, 4, 5});
  const ReferenceList devices((*lists)["device_parsers"],
                              {"device_replacement", "brand_replacement", "model_replacement"},
                              {1, 0, 1});
  const auto rules = UserAgentRules::parse(yaml);
  ASSERT_TRUE(rules) << rules.error().line();

  // A reference costs its time, near a millisecond a string. All strings are read with
  // TALLYMARK_TEST_FULL=1, else every fourth, and every fourth of those for the list of devices, as
  // long as the others together and asked by `explain` alone.
  const bool full = std::getenv("TALLYMARK_TEST_FULL") != nullptr;
  const std::size_t step = full ? 1 : 4 * kStep;
  std::vector<std::string> texts;
  std::size_t total = 0;
  for (const AgentCorpus& corpus : agent_corpora())
    for (const std::string& text : corpus.user_agents)
      if (total++ % step == 0) texts.push_back(text);
  ASSERT_GE(total, kAtLeast);
  const std::size_t with_device = full ? texts.size() : texts.size() / 4;
  std::ranges::shuffle(texts, std::minstd_rand(1));
  auto browser_rows = std::async(std::launch::async, read, std::cref(browsers), std::span(texts));
  const auto system_rows = read(systems, texts);
  const auto device_rows = read(devices, std::span(texts).first(with_device));

  std::size_t differ = 0;
  const auto compare = [&](const std::string& text, const Row& ours, const Row& reference) {
    if (ours != reference && ++differ <= 5) ADD_FAILURE() << text;
  };
  const auto expected = browser_rows.get();
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const RuledBrowser b = rules->browser(texts[i]);
    compare(texts[i], {b.family, b.major, b.minor, b.patch}, expected[i]);
    const RuledSystem s = rules->system(texts[i]);
    compare(texts[i], {s.family, s.major, s.minor, s.patch, s.patch_minor}, system_rows[i]);
    if (i >= with_device) continue;
    const RuledDevice d = rules->device(texts[i]);
    compare(texts[i], {d.family, d.brand, d.model}, device_rows[i]);
  }
  EXPECT_EQ(differ, 0u);
  std::cout << texts.size() << " of " << total << " distinct strings, " << with_device
            << " of them by device" << (step > 1 ? " (sampled)" : "") << ", " << differ
            << " differ\n";
}

}  // namespace
}  // namespace tally
