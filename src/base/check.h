// SPDX-License-Identifier: Apache-2.0
//
// CHECK states what must hold. It is on in every build: a broken invariant stops the process, and
// the journal makes stopping safe.
#pragma once

namespace tally {
[[noreturn]] void check_failed(const char* condition, const char* file, int line);
}  // namespace tally

#define CHECK(condition)                                     \
  do {                                                       \
    if (!(condition)) [[unlikely]]                           \
      ::tally::check_failed(#condition, __FILE__, __LINE__); \
  } while (false)
