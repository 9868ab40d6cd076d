// SPDX-License-Identifier: Apache-2.0
#include "enrich/rule_set.h"

#include <re2/filtered_re2.h>
#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <deque>
#include <mutex>

#include "base/check.h"
#include "base/text.h"

namespace tally {
namespace {

constexpr std::int64_t kOneRuleMemory = 1 << 20;
// Of one rule among all, unless that is too little to compile it.
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

// Rules by the words in them.
struct Words {
  re2::FilteredRE2 rules{kShortestWord};
  RE2::Set automaton{options_for(kWordMemory), RE2::UNANCHORED};
};

// Null when there are more words than the budget allows.
std::unique_ptr<Words> words_of(const std::vector<std::string>& patterns, std::int64_t memory) {
  auto out = std::make_unique<Words>();
  for (const std::string& pattern : patterns) {
    int id = 0;
    CHECK(out->rules.Add(piece(pattern), options_for(kRuleMemory), &id) == RE2::NoError ||
          out->rules.Add(piece(pattern), options_for(memory), &id) == RE2::NoError);
  }
  std::vector<std::string> words;
  out->rules.Compile(&words);
  for (const std::string& word : words)
    out->automaton.Add(piece(RE2::QuoteMeta(piece(word))), nullptr);
  if (!out->automaton.Compile()) return nullptr;
  return out;
}

}  // namespace

struct RuleSet::Impl {
  explicit Impl(std::int64_t budget) : memory(budget), set(options_for(budget), RE2::UNANCHORED) {}

  // The single expression of a rule, compiled when it first decides something.
  const RE2& rule(std::size_t index) {
    Single& single = singles[index];
    std::call_once(single.once, [&] {
      single.regex = std::make_unique<RE2>(patterns[index], options_for(kOneRuleMemory));
    });
    return *single.regex;
  }

  // Made when a text first needs them: a twentieth of a second that a start does not take.
  const Words* find_words() {
    std::call_once(words_once, [this] { words = words_of(patterns, memory); });
    return words.get();
  }

  struct Single {
    std::once_flag once;
    std::unique_ptr<RE2> regex;
  };
  const std::int64_t memory;
  RE2::Set set;
  std::vector<std::string> patterns;
  std::deque<Single> singles;
  std::once_flag words_once;
  std::unique_ptr<Words> words;
};

RuleSet::RuleSet(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
RuleSet::RuleSet(RuleSet&&) noexcept = default;
RuleSet& RuleSet::operator=(RuleSet&&) noexcept = default;
RuleSet::~RuleSet() = default;

Result<RuleSet> RuleSet::compile(std::vector<RulePattern> patterns, std::int64_t memory) {
  auto impl = std::make_unique<Impl>(memory);
  for (RulePattern& pattern : patterns) {
    std::string regex = (pattern.ignore_case ? "(?i)" : "") + std::move(pattern.regex);
    std::string problem;
    if (impl->set.Add(piece(regex), &problem) < 0) {
      const std::string rule = "rule " + std::to_string(impl->patterns.size());
      return fail(ErrorCode::invalid,
                  (pattern.place.empty() ? rule : pattern.place) + ": " + problem);
    }
    impl->patterns.push_back(std::move(regex));
  }
  if (!impl->set.Compile()) {
    return fail(ErrorCode::invalid, std::to_string(impl->patterns.size()) +
                                        " rules need more than " + std::to_string(memory) +
                                        " bytes");
  }
  impl->singles.resize(impl->patterns.size());
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
  const Words* words = impl_->find_words();
  RE2::Set::ErrorInfo error{};
  std::vector<int> found;
  if (words == nullptr || (!words->automaton.Match(piece(lower(text)), &found, &error) &&
                           error.kind == RE2::Set::kOutOfMemory))
    return first_match_by_trying(text);
  const int rule = words->rules.FirstMatch(piece(text), found);
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

std::size_t RuleSet::size() const { return impl_->patterns.size(); }

}  // namespace tally
