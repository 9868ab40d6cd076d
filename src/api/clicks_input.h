// SPDX-License-Identifier: Apache-2.0
//
// Clicks of the past as a file tells them, in the names of the stored click: NDJSON as
// /api/v1/export.ndjson writes it, or CSV with its columns in any order. Pure.
//
// Only `time` and the link's name are needed; what else is left out was not known. `click_id` names
// a click for good, here too; a click without one gets its number from the file and its place in
// it, so that the same file names the same clicks each time. Links are told by name, since ids of
// another server mean nothing here: `link_id` and `workspace_id` are read over.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/click.h"
#include "model/click_id.h"

namespace tally {

inline constexpr std::size_t kMaxImportFaults = 100;
inline constexpr std::size_t kMaxImportClicks = 100'000;  // of one body

struct ClicksInput {
  std::vector<Click> clicks;  // imported; without link
  std::vector<std::size_t> lines;
  bool has_ids = false;  // there is a click whose key the file told, not its line
};

struct ClickFault {
  std::size_t line = 0;
  Error error;
};

// What a file is read against.
struct ClicksRules {
  const ClickIdCodec& click_ids;
  WorkspaceId workspace;
  UnixMillis now = 0;
  std::size_t first_line = 1;  // of the first click, in the file that this is a piece of
  // Gives a click the number of its visitor, whom the file calls `person`; "": it does not.
  std::function<Result<void>(Click&, std::string_view person)> place_visitor;
};

// Either all clicks, or `faults` says what is wrong with the first of those that have a fault.
// malformed when it is no such file at all, invalid/"too_many" when there are more than
// kMaxImportClicks.
Result<ClicksInput> read_clicks_ndjson(std::string_view body, const ClicksRules& rules,
                                       std::vector<ClickFault>& faults);
Result<ClicksInput> read_clicks_csv(std::string_view body, const ClicksRules& rules,
                                    std::vector<ClickFault>& faults);
}  // namespace tally
