// SPDX-License-Identifier: Apache-2.0
//
// `tallymark serve`: start, say where, wait for a signal, stop.
#pragma once

#include <iosfwd>

#include "base/result.h"
#include "server/settings.h"

namespace tally {

// Prints `ready links=http://... console=http://...` on `out` when both listeners answer, and the
// one-time set-up link while there is no admin. Returns after SIGINT or SIGTERM, or when a new
// process has taken over (SIGUSR1 makes it look whether one wants to), all clicks safe. SIGHUP
// makes it read its certificate again.
Result<void> serve(const Settings& settings, std::ostream& out);

}  // namespace tally
