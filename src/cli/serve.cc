// SPDX-License-Identifier: Apache-2.0
#include "cli/serve.h"

#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <ostream>
#include <thread>

#include "base/log.h"
#include "server/app.h"

namespace tally {
namespace {

// Sent by this process to itself.
constexpr int kHandOver = SIGUSR1;

// How often files that may be renewed are looked at.
constexpr timespec kLookEvery{5, 0};

// Blocked in every thread, so that only wait() takes them.
sigset_t block_signals() {
  sigset_t set;
  ::sigemptyset(&set);
  ::sigaddset(&set, SIGINT);
  ::sigaddset(&set, SIGTERM);
  ::sigaddset(&set, SIGHUP);
  ::sigaddset(&set, kHandOver);
  ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return set;
}

// As many connections as the system lets us have.
void raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) log_warn("cannot raise the descriptor limit");
}

// Blocks of this size go back to the system when they are freed. Left to itself, the allocator
// learns to keep them, for each thread that ever had one: exports left 800 MiB behind.
constexpr int kReturnedBlock = 8 << 20;

// And it keeps a heap for each of many threads, in which what exports free stays behind in pieces:
// 75 MiB became 150 after sixteen of them. No more threads run at once than there are cores.
void bound_heaps() {
  ::mallopt(M_MMAP_THRESHOLD, kReturnedBlock);
  if (const unsigned cores = std::thread::hardware_concurrency(); cores > 0)
    ::mallopt(M_ARENA_MAX, static_cast<int>(cores) + 1);
}

}  // namespace

Result<void> serve(const Settings& settings, std::ostream& out) {
  set_log_level(settings.log_level);
  const sigset_t signals = block_signals();
  raise_descriptor_limit();
  bound_heaps();
  TRY_ASSIGN(const auto app, App::start(settings, [] { ::kill(::getpid(), kHandOver); }));
  const AppAddresses& at = app->addresses();
  out << "ready links=" << at.links << " console=" << at.console << '\n';
  if (!at.setup_url.empty())
    out << "setup " << at.setup_url << "  (opens once, to make the first admin)\n";
  out.flush();
  for (;;) {
    const int signal = ::sigtimedwait(&signals, nullptr, &kLookEvery);
    if (signal == SIGINT || signal == SIGTERM) {
      log_info("stopping on signal {}", signal);
      return {};
    }
    if (signal == kHandOver) {
      TRY_ASSIGN(const bool gone, app->hand_over());
      if (!gone) continue;
      log_info("handed over");
      return {};
    }
    app->refresh(signal == SIGHUP);
  }
}

}  // namespace tally
