// SPDX-License-Identifier: Apache-2.0
#include "model/domain.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

TEST(Domain, FirstBrokenRuleIsNamed) {
  Domain domain;
  domain.host = "go.example";
  EXPECT_TRUE(validate(domain));
  Domain loud = domain;
  loud.host = "GO.example";
  EXPECT_EQ(validate(loud).error().field, "host");
  Domain lost = domain;
  lost.root_redirect = "javascript:alert(1)";
  EXPECT_EQ(validate(lost).error().field, "root_redirect");
  lost = domain;
  lost.not_found_redirect = "https://a.example/{token}";
  EXPECT_EQ(validate(lost).error().field, "not_found_redirect");
}

}  // namespace
}  // namespace tally
