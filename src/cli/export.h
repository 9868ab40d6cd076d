// SPDX-License-Identifier: Apache-2.0
//
// `tallymark export`: clicks or counts as a file, through the API of a server that runs.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/api_access.h"

namespace tally {

struct ExportOptions {
  ApiAccess api;
  std::string format = "csv";
  std::string file;                     // "" for `out`
  std::vector<std::string> parameters;  // "name=value", as the API takes them
};

// Writes what the server sends as it comes. A file has its name only once it is whole.
Result<void> run_export(const ExportOptions& options, std::ostream& out);

}  // namespace tally
