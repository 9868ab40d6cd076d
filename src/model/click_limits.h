// SPDX-License-Identifier: Apache-2.0
//
// How many of the clicks that a link allows are gone.
//
// A link with a limit of N lets exactly N human clicks through, on however many threads they come
// and whatever crashes in between, so the count is one for the whole process and each click is
// taken before it is answered (docs/reference/semantics.md, Traffic class).
#pragma once

#include <cstdint>

#include "model/ids.h"

namespace tally {

// Thread-safe, and cheap enough for the edge.
class ClickLimits {
 public:
  virtual ~ClickLimits() = default;
  // Takes one of the `limit` clicks; false when none is left, or when it could not be recorded now.
  virtual bool take(LinkId link, std::uint64_t limit) = 0;
  // Whether take() would fail; takes nothing.
  virtual bool used_up(LinkId link, std::uint64_t limit) const = 0;
};

}  // namespace tally
