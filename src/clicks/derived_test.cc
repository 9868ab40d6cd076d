// SPDX-License-Identifier: Apache-2.0
#include "clicks/derived.h"

#include <gtest/gtest.h>

#include <set>

namespace tally {
namespace {

TEST(DerivedTest, EveryPairOfOutcomeAndClassHasANumber) {
  std::size_t known = 0;
  for (std::uint64_t number = 0; number < 1000; ++number) {
    const auto kind = parse_hit_class(number);
    if (!kind) continue;
    ++known;
    EXPECT_LT(number, 256u);
    // The number that conditions use for it.
    const std::string of_it = " " + std::to_string(number) + ",";
    const std::string clicks = clicks_of_sql(TrafficFilter::all, Dialect::modern);
    const std::string list =
        " " + clicks.substr(clicks.find('(') + 1, clicks.rfind(')') - clicks.find('(') - 1) + ",";
    EXPECT_EQ(list.contains(of_it), is_headline(kind->outcome) && !is_other_hit(kind->traffic))
        << number;
  }
  EXPECT_EQ(known, kOutcomeNames.size() * kTrafficNames.size());
}

TEST(DerivedTest, ADimensionIsCarriedOnce) {
  std::set<Dimension> seen;
  for (const Carrier& carrier : carriers())
    for (const Dimension by : carrier.dimensions)
      EXPECT_TRUE(seen.insert(by).second) << to_text(by);
}

}  // namespace
}  // namespace tally
