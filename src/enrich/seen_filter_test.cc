// SPDX-License-Identifier: Apache-2.0
#include "enrich/seen_filter.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace tally {
namespace {

std::uint64_t next(SeededRandom& random) { return 1 + random.below(UINT64_MAX - 1); }

TEST(SeenFilter, ForgetsNothing) {
  for (const std::size_t bytes : {64u, 4096u}) {
    SeenFilter filter(bytes);
    SeededRandom random(bytes);
    for (int i = 0; i < 5000; ++i) filter.add(next(random));
    SeededRandom again(bytes);
    for (int i = 0; i < 5000; ++i) EXPECT_TRUE(filter.may_hold(next(again)));
  }
}

TEST(SeenFilter, IsSeldomWrongWithTenBitsAValue) {
  constexpr int kValues = 100'000;
  SeenFilter filter(1 << 17);
  SeededRandom random(7);
  for (int i = 0; i < kValues; ++i) filter.add(next(random));
  int wrong = 0;
  for (int i = 0; i < kValues; ++i) wrong += filter.may_hold(next(random)) ? 1 : 0;
  EXPECT_LT(wrong, kValues / 40);
}

}  // namespace
}  // namespace tally
