// SPDX-License-Identifier: Apache-2.0
//
// Threads say who they are, so that `top -H`, a debugger and the benches can tell them apart; and
// those that nobody waits for stand back: a redirect goes before everything that is made of it.
#pragma once

#include <sys/prctl.h>
#include <sys/resource.h>

#include <string>

namespace tally {

// Names the calling thread; the kernel keeps 15 characters.
inline void name_this_thread(const std::string& name) { ::prctl(PR_SET_NAME, name.c_str()); }

// The calling thread, and those it starts from now on, get a tenth of a core that others want too,
// and all of one that is idle.
inline void stand_back() { ::setpriority(PRIO_PROCESS, 0, 10); }

}  // namespace tally
