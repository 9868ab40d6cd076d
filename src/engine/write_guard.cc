// SPDX-License-Identifier: Apache-2.0
#include "engine/write_guard.h"

#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <string_view>

namespace tally {
namespace {

std::atomic<bool> armed{false};

// The library's note of its own process id and start, which nobody reads.
constexpr std::string_view kUnimportant = "/status";

// Called in whatever thread and state the library was in: nothing here allocates.
void judge_failed_write(int fd, int error) {
  if (error == EINTR || error == EAGAIN || fd <= STDERR_FILENO) return;
  struct stat info{};
  if (::fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) return;
  std::array<char, 64> link{};
  std::array<char, 1024> name{};
  std::snprintf(link.data(), link.size(), "/proc/self/fd/%d", fd);
  const ssize_t size = ::readlink(link.data(), name.data(), name.size() - 1);
  const std::string_view path(name.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  if (path.ends_with(kUnimportant)) return;
  ::dprintf(STDERR_FILENO, "tallymark engine: write '%s': %s; ending, the store is as it was\n",
            name.data(), ::strerrordesc_np(error));
  ::_exit(kWriteRefusedExit);
}

}  // namespace

void arm_write_guard() {
  // A limit on the size of files (ulimit -f) is to be an error like a full disk.
  std::signal(SIGXFSZ, SIG_IGN);
  armed.store(true);
}

}  // namespace tally

// Takes the C library's place for everything in this process, and does the same as long as the
// guard is not armed. (CMakeLists.txt exports it to what is loaded later.)
extern "C" __attribute__((visibility("default"))) ssize_t write(int fd, const void* data,
                                                                size_t size) {
  const ssize_t written = ::syscall(SYS_write, fd, data, size);
  if (written < 0 && tally::armed.load(std::memory_order_relaxed)) {
    const int error = errno;
    tally::judge_failed_write(fd, error);
    errno = error;
  }
  return written;
}
