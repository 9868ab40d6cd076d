// SPDX-License-Identifier: Apache-2.0
#include "base/mapping_guard.h"

#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <cstdint>
#include <mutex>

#include "base/check.h"

namespace tally {
namespace {

// What a signal handler may read: no lock, no memory of its own.
struct Range {
  std::atomic<bool> taken = false;
  std::atomic<std::uintptr_t> begin = 0, end = 0;
};
constinit std::array<Range, 32> g_ranges;
std::uintptr_t g_page = 0;

void on_bus_error(int /*signal*/, siginfo_t* info, void* /*context*/) {
  const auto address = reinterpret_cast<std::uintptr_t>(info->si_addr);
  for (const Range& range : g_ranges) {
    if (address < range.begin.load() || address >= range.end.load()) continue;
    void* page = reinterpret_cast<void*>(address & ~(g_page - 1));  // NOLINT: a place, not a number
    if (::mmap(page, g_page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == page)
      return;
  }
  // Not ours: the read happens again, and ends the process.
  ::signal(SIGBUS, SIG_DFL);
}

void install() {
  g_page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  struct sigaction action{};
  action.sa_sigaction = on_bus_error;
  action.sa_flags = SA_SIGINFO;
  CHECK(::sigaction(SIGBUS, &action, nullptr) == 0);
}

}  // namespace

MappingGuard::MappingGuard(const void* begin, std::size_t size) : slot_(g_ranges.size()) {
  static std::once_flag installed;
  std::call_once(installed, install);
  for (std::size_t i = 0; i < g_ranges.size() && slot_ == g_ranges.size(); ++i)
    if (!g_ranges[i].taken.exchange(true)) slot_ = i;
  if (slot_ == g_ranges.size()) return;
  // Whole pages: the file's last one is mapped to its end.
  const auto first = reinterpret_cast<std::uintptr_t>(begin);
  g_ranges[slot_].begin = first;
  g_ranges[slot_].end = (first + size + g_page - 1) & ~(g_page - 1);
}

MappingGuard::~MappingGuard() {
  if (slot_ == g_ranges.size()) return;
  g_ranges[slot_].end = 0;
  g_ranges[slot_].begin = 0;
  g_ranges[slot_].taken = false;
}

}  // namespace tally
