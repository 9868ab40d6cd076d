// SPDX-License-Identifier: Apache-2.0
//
// Threads say who they are, so that `top -H`, a debugger and the benches can tell them apart.
#pragma once

#include <sys/prctl.h>

#include <string>

namespace tally {

// Names the calling thread; the kernel keeps 15 characters.
inline void name_this_thread(const std::string& name) { ::prctl(PR_SET_NAME, name.c_str()); }

}  // namespace tally
