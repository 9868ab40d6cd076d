// SPDX-License-Identifier: Apache-2.0
//
// Which hits are to be erased: those of a workspace received in a range of time, of one link or of
// one person if it says so.
//
// A person has another number each UTC day, and a number is nothing that anybody outside has ever
// seen: whoever wants to erase a visitor names a click of theirs, or address and user agent.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "model/click.h"
#include "model/stats_query.h"

namespace tally {

struct Erasure {
  WorkspaceId workspace;
  TimeRange range;
  std::optional<LinkId> link = std::nullopt;
  std::vector<std::uint64_t> visitors = {};  // of one person; without any: everybody

  bool is_everything() const { return !link && visitors.empty(); }
  bool meets(WorkspaceId of, LinkId clicked, UnixMillis time) const {
    return of == workspace && time >= range.from && time < range.to && (!link || clicked == *link);
  }
  bool meets(std::uint64_t visitor) const {
    return visitors.empty() || std::ranges::find(visitors, visitor) != visitors.end();
  }
  bool meets(const Click& click) const {
    return meets(click.workspace, click.link, click.time) && meets(click.visitor);
  }
  friend bool operator==(const Erasure&, const Erasure&) = default;
};

}  // namespace tally
