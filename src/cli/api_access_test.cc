// SPDX-License-Identifier: Apache-2.0
#include "cli/api_access.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

TEST(ApiAccess, AsksWithItsKey) {
  const ApiAccess api{"https://stats.example//", "tmk_1"};
  EXPECT_TRUE(api.check());
  EXPECT_FALSE(ApiAccess().check());
  const HttpRequest request = api.request("POST", "/api/v1/links?limit=1");
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, "https://stats.example/api/v1/links?limit=1");
  ASSERT_EQ(request.headers.size(), 1u);
  EXPECT_EQ(request.headers[0].second, "Bearer tmk_1");
}

TEST(ApiAccess, SaysWhatAProblemSays) {
  struct Row {
    const char* body;
    const char* line;
    std::size_t items;
  };
  const Row rows[] = {
      {R"({"detail":"no such link","code":"not_found"})", "the server answered 404: no such link",
       0},
      {R"({"detail":7,"errors":{}})", "the server answered 404", 0},
      {"<html>", "the server answered 404", 0},
      {"", "the server answered 404", 0},
      {R"({"errors":[{"line":7,"field":"time","detail":"is needed"},{"line":-1},3]})",
       "the server answered 404", 2},
  };
  for (const Row& row : rows) {
    const ApiProblem problem = ApiProblem::of({404, {}, row.body});
    EXPECT_EQ(problem.error().line(), row.line) << row.body;
    EXPECT_EQ(problem.items.size(), row.items) << row.body;
  }
  const ApiProblem problem = ApiProblem::of({404, {}, rows[4].body});
  EXPECT_EQ(problem.items[0].line, 7u);
  EXPECT_EQ(problem.items[0].field, "time");
  EXPECT_EQ(problem.items[0].detail, "is needed");
  EXPECT_EQ(problem.items[1].line, 0u);
}

}  // namespace
}  // namespace tally
