// SPDX-License-Identifier: Apache-2.0
//
// `tallymark serve`: start, say where, wait for a signal, stop.
#pragma once

#include <iosfwd>

#include "base/result.h"
#include "server/settings.h"

namespace tally {

// Prints `ready links=http://... console=http://...` on `out` when both listeners answer, and the
// one-time set-up link while there is no admin. Returns after SIGINT or SIGTERM, all clicks safe.
Result<void> serve(const Settings& settings, std::ostream& out);

}  // namespace tally
