// SPDX-License-Identifier: Apache-2.0
#include "enrich/rule_set.h"

#include <re2/filtered_re2.h>
#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>

#include "base/check.h"
#include "base/text.h"

namespace tally {
namespace {

// Of one rule, unless that is too little to compile it.
constexpr std::int64_t kRuleMemory = 256 << 10;
// Of all words together. There are no more states than the words have letters.
constexpr std::int64_t kWordMemory = 16 << 20;
constexpr int kShortestWord = 2;

RE2::Options options_for(std::int64_t memory) {
  RE2::Options options;
  options.set_encoding(RE2::Options::EncodingLatin1);
  options.set_log_errors(false);
  options.set_max_mem(memory);
  return options;
}

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

struct RuleSet::Impl {
  explicit Impl(std::int64_t memory) : set(options_for(memory), RE2::UNANCHORED) {}

  const RE2& rule(std::size_t index) const { return rules.GetRE2(static_cast<int>(index)); }

  RE2::Set set;  // all rules
  re2::FilteredRE2 rules{kShortestWord};
  RE2::Set words{options_for(kWordMemory), RE2::UNANCHORED};
};

RuleSet::RuleSet(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
RuleSet::RuleSet(RuleSet&&) noexcept = default;
RuleSet& RuleSet::operator=(RuleSet&&) noexcept = default;
RuleSet::~RuleSet() = default;

Result<RuleSet> RuleSet::compile(std::vector<RulePattern> patterns, std::int64_t memory) {
  auto impl = std::make_unique<Impl>(memory);
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    const RulePattern& pattern = patterns[i];
    const std::string regex = (pattern.ignore_case ? "(?i)" : "") + pattern.regex;
    std::string problem;
    int id = 0;
    if (impl->set.Add(piece(regex), &problem) < 0) {
      const std::string rule = "rule " + std::to_string(i);
      return fail(ErrorCode::invalid,
                  (pattern.place.empty() ? rule : pattern.place) + ": " + problem);
    }
    CHECK(impl->rules.Add(piece(regex), options_for(kRuleMemory), &id) == RE2::NoError ||
          impl->rules.Add(piece(regex), options_for(memory), &id) == RE2::NoError);
  }
  std::vector<std::string> words;
  impl->rules.Compile(&words);
  for (const std::string& word : words)
    impl->words.Add(piece(RE2::QuoteMeta(piece(word))), nullptr);
  if (!impl->set.Compile() || !impl->words.Compile())
    return fail(ErrorCode::invalid, std::to_string(patterns.size()) + " rules need more than " +
                                        std::to_string(memory) + " bytes");
  return RuleSet(std::move(impl));
}

std::optional<std::size_t> RuleSet::first_match(std::string_view text) const {
  RE2::Set::ErrorInfo error{};
  thread_local std::vector<int> matches;  // a buffer that outlives the call, and no more
  matches.clear();
  if (impl_->set.Match(piece(text), &matches, &error))
    return static_cast<std::size_t>(*std::ranges::min_element(matches));
  if (error.kind == RE2::Set::kOutOfMemory) return first_match_by_words(text);
  return std::nullopt;
}

std::optional<std::size_t> RuleSet::first_match_by_words(std::string_view text) const {
  RE2::Set::ErrorInfo error{};
  std::vector<int> words;
  if (!impl_->words.Match(piece(lower(text)), &words, &error) &&
      error.kind == RE2::Set::kOutOfMemory)
    return first_match_by_trying(text);
  const int rule = impl_->rules.FirstMatch(piece(text), words);
  if (rule < 0) return std::nullopt;
  return static_cast<std::size_t>(rule);
}

std::optional<std::size_t> RuleSet::first_match_by_trying(std::string_view text) const {
  for (std::size_t i = 0; i < size(); ++i)
    if (RE2::PartialMatch(piece(text), impl_->rule(i))) return i;
  return std::nullopt;
}

RuleSet::Captures RuleSet::captures(std::size_t rule, std::string_view text) const {
  const RE2& regex = impl_->rule(rule);
  std::array<re2::StringPiece, std::tuple_size_v<Captures>> found{};
  const int groups = std::min(regex.NumberOfCapturingGroups() + 1, static_cast<int>(found.size()));
  Captures out{};
  if (groups < 1 ||
      !regex.Match(piece(text), 0, text.size(), RE2::UNANCHORED, found.data(), groups)) {
    return out;
  }
  for (std::size_t i = 0; i < out.size(); ++i)
    if (found[i].data() != nullptr) out[i] = {found[i].data(), found[i].size()};
  return out;
}

std::size_t RuleSet::size() const { return static_cast<std::size_t>(impl_->rules.NumRegexps()); }

}  // namespace tally
