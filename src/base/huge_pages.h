// SPDX-License-Identifier: Apache-2.0
//
// Memory for large tables that are read at random places.
//
// Of such a table nearly every access misses the processor's list of pages too, and finding a page
// of 4 KiB takes as long as the access, on a virtual machine longer. In pages of 2 MiB a table of
// 32 MiB has sixteen of them. Linux gives them to whoever asks (its default, "madvise"); where it
// does not, nothing changes.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <new>
#include <vector>

namespace tally {

template <class T>
struct HugePages {
  using value_type = T;
  HugePages() = default;
  template <class Other>
  explicit HugePages(const HugePages<Other>&) {}

  T* allocate(std::size_t count) {
    constexpr std::size_t kPage = 2 << 20;
    const std::size_t size = count * sizeof(T);
    const bool large = size >= kPage;
    const std::size_t page = large ? kPage : alignof(T) < 64 ? 64 : alignof(T);
    void* const out = std::aligned_alloc(page, (size + page - 1) / page * page);
    if (out == nullptr) throw std::bad_alloc();
    if (large) (void)::madvise(out, size, MADV_HUGEPAGE);
    return static_cast<T*>(out);
  }
  void deallocate(T* memory, std::size_t) { std::free(memory); }
  bool operator==(const HugePages&) const { return true; }
};

// In memory of its own, not for short ones.
template <class T>
using LargeTable = std::vector<T, HugePages<T>>;

}  // namespace tally
