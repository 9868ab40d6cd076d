// SPDX-License-Identifier: Apache-2.0
//
// `tallymark demo`: a month of made-up traffic, and a quieter one before it to compare with, so
// that there is something to look at.
//
// Nothing of it is special-cased: made-up requests become hits, go through the enrichment that real
// ones go through, and are stored by the inserts that real ones are stored by. Only the clock is
// moved. The same seed makes the same month.
#pragma once

#include <cstdint>
#include <iosfwd>

#include "base/result.h"
#include "server/settings.h"

namespace tally {

struct DemoOptions {
  std::uint64_t clicks = 60'000;
  std::uint64_t seed = 1;
};

// Fills the data folder, which must not hold links yet (conflict). Progress goes to `out`.
Result<void> fill_demo(const Settings& settings, const DemoOptions& options, std::ostream& out);

}  // namespace tally
