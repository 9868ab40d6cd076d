// SPDX-License-Identifier: Apache-2.0
//
// Which of many regular expressions is the first to match?
//
// User-agent rules come as ordered lists of up to a thousand expressions of which the first that
// matches decides. Trying them one after the other costs 135-240 us for a browser of today.
// RE2::Set runs all of them as one automaton in one pass over the text and names every rule that
// matched; the lowest is the answer, and one ordinary RE2 then reads its captures. That is 2-3 us,
// linear in the text whatever it holds, which matters because strangers write the text.
//
// The automaton's states are made as they are needed, in a fixed budget. When a text needs more,
// RE2 says so instead of answering, and the rules are tried one by one: slower, same answer.
//
// Text is matched as Latin-1: a user agent is bytes, and half of the broken ones are not UTF-8.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tally {

struct RulePattern {
  std::string regex;  // RE2 syntax, unanchored
  bool ignore_case = false;
  // Where it is written, for errors; may be empty.
  // NOLINTNEXTLINE(readability-redundant-member-init): callers with a list leave it out
  std::string place = {};
};

// Thread-safe once compiled.
class RuleSet {
 public:
  // Captures of a match: [0] the whole, [1]..[9] the groups; empty when a group took no part.
  using Captures = std::array<std::string_view, 10>;

  // ErrorCode::invalid names the rule, by its place or counted from 0, and what RE2 says about it.
  // `memory` is the automaton's budget in bytes.
  static Result<RuleSet> compile(std::vector<RulePattern> patterns, std::int64_t memory);

  RuleSet(RuleSet&&) noexcept;
  RuleSet& operator=(RuleSet&&) noexcept;
  ~RuleSet();

  // The lowest matching rule's index.
  std::optional<std::size_t> first_match(std::string_view text) const;

  // The same answer by trying each rule in turn: the definition first_match() is tested against.
  std::optional<std::size_t> first_match_by_trying(std::string_view text) const;

  // What the rule's groups matched; all empty when the rule does not match `text`.
  Captures captures(std::size_t rule, std::string_view text) const;

  std::size_t size() const;

 private:
  struct Impl;
  explicit RuleSet(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tally
