// SPDX-License-Identifier: Apache-2.0
#include "base/threads.h"

#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>

namespace tally {
namespace {

// struct sched_attr of sched_setattr(2), which glibc 2.36 does not declare; its first version.
struct SchedulingWish {
  std::uint32_t size = sizeof(SchedulingWish);
  std::uint32_t policy = 0;  // SCHED_OTHER
  std::uint64_t flags = 0;
  std::int32_t nice = 0;
  std::uint32_t priority = 0;
  std::uint64_t runtime_ns = 0;  // for SCHED_OTHER: the slice
  std::uint64_t deadline_ns = 0;
  std::uint64_t period_ns = 0;
};

constexpr std::chrono::microseconds kTurn{100};
constexpr std::uint32_t kPiecesPerLook = 16;  // reading the clock is work too
constexpr std::uint64_t kShortSliceNs = 100'000;

}  // namespace

void name_this_thread(const std::string& name) { ::prctl(PR_SET_NAME, name.c_str()); }

void stand_back() { ::setpriority(PRIO_PROCESS, 0, 5); }

void Courtesy::make_way(bool late) {
  if (++pieces_ % kPiecesPerLook != 0) return;
  const auto now = std::chrono::steady_clock::now();
  if (now - since_ < kTurn) return;
  if (!late) ::sched_yield();
  since_ = std::chrono::steady_clock::now();
}

void take_short_slices() {
  SchedulingWish wish;
  wish.nice = ::getpriority(PRIO_PROCESS, 0);
  wish.runtime_ns = kShortSliceNs;
  ::syscall(SYS_sched_setattr, 0, &wish, 0);
}

}  // namespace tally
