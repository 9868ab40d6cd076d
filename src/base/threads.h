// SPDX-License-Identifier: Apache-2.0
//
// Threads say who they are, so that `top -H`, a debugger and the benches can tell them apart; and
// they say what may be done with them when there are fewer cores than threads: a redirect goes
// before everything that is made of it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace tally {

// Names the calling thread; the kernel keeps 15 characters.
void name_this_thread(const std::string& name);

// The calling thread, and those it starts from now on, get a quarter of a core that others want
// too, and all of one that is idle.
void stand_back();

// A thread whose work can wait for a moment only lets others have the core after every tenth of a
// millisecond, as long as it is not late. (A nice value would do for the first, but no unprivileged
// thread can take one back.)
class Courtesy {
 public:
  // To be called after every piece of work of about a microsecond.
  void make_way(bool late);

 private:
  std::uint32_t pieces_ = 0;
  std::chrono::steady_clock::time_point since_;
};

// The calling thread does little at a time and somebody waits for it: in exchange for slices of
// 0.1 ms it gets the core at once when it wakes, instead of when another thread's slice ends. Linux
// from 6.12 on (EEVDF); elsewhere nothing changes.
void take_short_slices();

}  // namespace tally
