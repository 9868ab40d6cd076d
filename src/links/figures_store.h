// SPDX-License-Identifier: Apache-2.0
//
// What people know and we cannot count: how often a link was shown, and what that cost. One figure
// a link and day of the workspace's reporting zone. In the same database as links, with the same
// implementations, judged by one suite in tests/contract.
//
// Entering a figure sets it, so the same report sent twice changes nothing, and a corrected one
// replaces what was there. Figures outlive their link, as its clicks do: sums of the past stay what
// they were.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"
#include "model/day.h"
#include "model/ids.h"

namespace tally {

enum class FigureKind : std::uint8_t { impressions, costs };

struct NamedLink {
  std::string domain;  // "" is the default domain
  std::string prefix, token;
};

// To be entered: a count of impressions, or a cost in millionths of the workspace's currency.
struct FigureInput {
  std::variant<LinkId, NamedLink> link;
  Day day;
  std::int64_t value = 0;
  std::string currency;  // of a cost; "" is the workspace's
};

struct Figure {
  LinkId link;
  Day day;
  std::int64_t value = 0;
  friend bool operator==(const Figure&, const Figure&) = default;
};

// One of many that cannot be stored, and why.
struct FigureFault {
  std::size_t index = 0;
  Error error;
};

struct FigureListing {
  WorkspaceId workspace = {};
  FigureKind kind = FigureKind::impressions;
  std::optional<LinkId> link = std::nullopt;
  std::optional<Day> from = std::nullopt, to = std::nullopt;  // [from, to)
  // The last one of the page before.
  std::optional<std::pair<Day, LinkId>> after = std::nullopt;
  std::size_t limit = 100;
};

struct FigureSum {
  LinkId link;
  std::size_t period = 0;  // whole periods after the first day
  std::int64_t value = 0;  // the largest there is when it is more
  friend bool operator==(const FigureSum&, const FigureSum&) = default;
};

class FiguresStore {
 public:
  virtual ~FiguresStore() = default;

  // Sets all of them, or none and the faults of the first few that have one: invalid/"unknown_link"
  // (field "link") when the workspace has no such link, "repeated_entry" (field "day") for a link
  // and day that came before in `figures`, "wrong_currency" (field "currency"). Costs are
  // conflict/"no_currency" as long as the workspace has chosen none.
  virtual Result<std::vector<FigureFault>> put(WorkspaceId workspace, FigureKind kind,
                                               std::span<const FigureInput> figures) = 0;
  virtual Result<void> remove(WorkspaceId workspace, FigureKind kind, LinkId link, Day day) = 0;
  // By day, then by link.
  virtual Result<std::vector<Figure>> list(const FigureListing& listing) = 0;
  // Sums of each link over each `period` (at least a day) within `days`; what has no figure has no
  // row. In no order.
  virtual Result<std::vector<FigureSum>> sums(WorkspaceId workspace, FigureKind kind, DayRange days,
                                              std::chrono::days period) = 0;
};

inline constexpr std::size_t kMaxFigureFaults = 100;

}  // namespace tally
