// SPDX-License-Identifier: Apache-2.0
//
// Where the files lie that the program reads but does not contain, when no setting says otherwise:
// what set-up fetched into the checkout the program was built from, and a newer geo database in the
// data folder.
#pragma once

#include <string>

#include "server/settings.h"

namespace tally {

// Fills in each path that is empty.
void fill_default_paths(Settings& settings);

// This program's own file.
std::string this_program();

}  // namespace tally
