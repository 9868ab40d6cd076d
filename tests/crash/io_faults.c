/* SPDX-License-Identifier: Apache-2.0
 *
 * Makes chosen disk calls of `tallymark serve` fail. Preloaded (LD_PRELOAD) by io_errors.test.mjs, which compiles it.
 *
 * Counted is every call on a file below IO_FAULTS_FOLDER that is not the engine's or the link database's: reading,
 * writing, syncing, cutting, reserving, opening, renaming, removing. Which of them fail stands in the file
 * IO_FAULTS_CONTROL, five 32-bit numbers that the test changes while the server runs:
 *
 *   seen     calls so far              from, to   calls from <= number < to fail; 0, 0: none
 *   kind     1 EIO   2 ENOSPC          failed     how many did
 *            3 a write takes half of its bytes and says so; other calls go on
 *            4 like 3 for the first, ENOSPC after that: what a disk does when it fills up in the middle of a write
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { kEio = 1, kEnospc, kShort, kTorn };

struct control {
  atomic_int seen, from, to, kind, failed;
};

static struct control* control;
static char folder[4096];
static size_t folder_size;

/* Only the server: its engine child inherits the environment. */
__attribute__((constructor)) static void set_up(void) {
  const char* file = getenv("IO_FAULTS_CONTROL");
  const char* below = getenv("IO_FAULTS_FOLDER");
  char line[4096] = "";
  int fd = open("/proc/self/cmdline", O_RDONLY);
  if (fd < 0 || !file || !below) return;
  const ssize_t size = read(fd, line, sizeof line - 1);
  close(fd);
  if (size <= 0 || strcmp(line + strlen(line) + 1, "serve") != 0) return;
  folder_size = (size_t)snprintf(folder, sizeof folder, "%s/", below);
  fd = open(file, O_RDWR);
  if (fd < 0) return;
  void* shared = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  if (shared != MAP_FAILED) control = shared;
}

static int is_ours(const char* path) {
  if (!control || strncmp(path, folder, folder_size) != 0) return 0;
  path += folder_size;
  return strncmp(path, "engine", 6) != 0 && strncmp(path, "links", 5) != 0;
}

/* What is to happen to this call: 0 nothing, else an errno, or -1 for half a write. */
static int verdict(const char* path, int is_write) {
  if (!is_ours(path)) return 0;
  const int number = atomic_fetch_add(&control->seen, 1) + 1;
  const int from = atomic_load(&control->from);
  const int kind = atomic_load(&control->kind);
  if (number < from || number >= atomic_load(&control->to)) return 0;
  if ((kind == kShort || (kind == kTorn && number == from)) && !is_write) return 0;
  atomic_fetch_add(&control->failed, 1);
  if (kind == kShort || (kind == kTorn && number == from)) return -1;
  return kind == kEio ? EIO : ENOSPC;
}

static int verdict_of(int fd, int is_write) {
  char link[64], path[4096];
  if (!control) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  const ssize_t size = readlink(link, path, sizeof path - 1);
  if (size <= 0) return 0;
  path[size] = '\0';
  return verdict(path, is_write);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define FAIL_IF(expression)         \
  do {                              \
    const int fault = (expression); \
    if (fault > 0) {                \
      errno = fault;                \
      return -1;                    \
    }                               \
  } while (0)

ssize_t pwrite(int fd, const void* data, size_t size, off_t at) {
  const int found = verdict_of(fd, size > 1);
  if (found < 0) return REAL(pwrite)(fd, data, size / 2, at);
  FAIL_IF(found);
  return REAL(pwrite)(fd, data, size, at);
}

ssize_t pread(int fd, void* data, size_t size, off_t at) {
  FAIL_IF(verdict_of(fd, 0));
  return REAL(pread)(fd, data, size, at);
}

int fsync(int fd) {
  FAIL_IF(verdict_of(fd, 0));
  return REAL(fsync)(fd);
}

int fdatasync(int fd) {
  FAIL_IF(verdict_of(fd, 0));
  return REAL(fdatasync)(fd);
}

int ftruncate(int fd, off_t size) {
  FAIL_IF(verdict_of(fd, 0));
  return REAL(ftruncate)(fd, size);
}

int fallocate(int fd, int mode, off_t at, off_t size) {
  FAIL_IF(verdict_of(fd, 0));
  return REAL(fallocate)(fd, mode, at, size);
}

int rename(const char* from, const char* to) {
  FAIL_IF(verdict(from, 0));
  return REAL(rename)(from, to);
}

int unlink(const char* path) {
  FAIL_IF(verdict(path, 0));
  return REAL(unlink)(path);
}

int open(const char* path, int flags, ...) {
  mode_t mode = 0;
  if (flags & (O_CREAT | O_TMPFILE)) {
    va_list arguments;
    va_start(arguments, flags);
    mode = va_arg(arguments, mode_t);
    va_end(arguments);
  }
  FAIL_IF(verdict(path, 0));
  return REAL(open)(path, flags, mode);
}
