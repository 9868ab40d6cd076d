// SPDX-License-Identifier: Apache-2.0
#include "journal/space.h"

#include <fmt/format.h>

namespace tally {

Result<void> LogSpace::take_up_to(std::uint64_t bound, std::uint64_t bytes) {
  std::uint64_t used = used_.load(std::memory_order_relaxed);
  do {
    if (used + bytes > bound)
      return fail(
          ErrorCode::unavailable,
          fmt::format("journal.max_bytes is reached: the logs take {} of {} bytes", used, max_),
          "see why clicks are not stored, or raise journal.max_bytes");
  } while (!used_.compare_exchange_weak(used, used + bytes, std::memory_order_relaxed));
  return {};
}

}  // namespace tally
