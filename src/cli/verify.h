// SPDX-License-Identifier: Apache-2.0
//
// `tallymark verify`: reads both logs of a data folder from end to end.
#pragma once

#include <filesystem>
#include <ostream>

#include "base/result.h"

namespace tally {

struct VerifyOptions {
  std::filesystem::path data = "data";
  bool json = false;
};

// Prints a line for each segment, or one JSON object. False when damage was found.
Result<bool> verify(const VerifyOptions& options, std::ostream& out);

}  // namespace tally
