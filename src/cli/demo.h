// SPDX-License-Identifier: Apache-2.0
//
// `tallymark demo`: a month of made-up traffic, a quieter one before it to compare with, and what
// came of both (demo_results.h), so that there is something to look at.
//
// Nothing of it is special-cased: made-up requests become hits, go through the enrichment that real
// ones go through, and are stored by the inserts that real ones are stored by. Only the clock is
// moved. The same seed makes the same month. With a number of links it makes a crowd instead
// (demo_crowd.h).
#pragma once

#include <cstdint>
#include <iosfwd>

#include "base/result.h"
#include "server/settings.h"

namespace tally {

struct DemoOptions {
  std::uint64_t clicks = 60'000;
  std::uint64_t links = 0;  // of a crowd; 0: the shop's own
  std::uint64_t days = 90;  // of a crowd
  std::uint64_t seed = 1;
};

// Fills the data folder, which must not hold links yet (conflict). Progress goes to `out`.
Result<void> fill_demo(const Settings& settings, const DemoOptions& options, std::ostream& out);

}  // namespace tally
