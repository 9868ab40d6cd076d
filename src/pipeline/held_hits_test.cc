// SPDX-License-Identifier: Apache-2.0
#include "pipeline/held_hits.h"

#include <gtest/gtest.h>

#include <string>

namespace tally {
namespace {

TEST(HeldHits, KeepsPayloadsOfAnySizeInOrder) {
  HeldHits hits;
  const auto payload = [](std::uint64_t n) {
    // Some are longer than a block, one of them when nothing else is held.
    return std::string(n % 50 == 1 ? 600'000 : n % 7 * 100, static_cast<char>('a' + n % 26));
  };
  std::uint64_t pushed = 0, popped = 0;
  for (int round = 0; round < 200; ++round) {
    for (int i = 0; i < 1 + round % 9; ++i, ++pushed)
      hits.push(pushed, static_cast<UnixMillis>(pushed), payload(pushed));
    const std::size_t kept = round % 3 == 0 ? 0 : 4;
    while (hits.size() > kept) {
      ASSERT_EQ(hits[0].n, popped);
      ASSERT_EQ(hits[0].payload, payload(popped));
      hits.pop();
      ++popped;
    }
    for (std::size_t i = 0; i < hits.size(); ++i)
      ASSERT_EQ(hits[i].payload, payload(popped + i)) << i;
    ASSERT_LE(hits.blocks(), hits.size() + 1) << "what nobody needs is given back";
  }
}

}  // namespace
}  // namespace tally
