// SPDX-License-Identifier: Apache-2.0
#include "api/problem.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

TEST(Problem, CarriesTheError) {
  const Error error{ErrorCode::invalid, "must begin with https://", "see docs", "destination",
                    "bad_scheme"};
  const Response response = problem_response(to_problem(error), "ID1");
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(response.fields.at(0).value, "application/problem+json");
  EXPECT_EQ(response.body,
            R"({"type":"about:blank","title":"Unprocessable Content","status":422,)"
            R"j("detail":"must begin with https:// (see docs)","code":"bad_scheme",)j"
            R"("field":"destination","request_id":"ID1"})");
}

TEST(Problem, KeepsOurOwnFaultsForTheLog) {
  for (const ErrorCode code : {ErrorCode::internal, ErrorCode::corrupt}) {
    const Problem problem = to_problem({code, "open /secret/path: broken", {}, {}, "slug"});
    EXPECT_EQ(problem.status, 500);
    EXPECT_EQ(problem.code, "internal");
    EXPECT_EQ(problem.detail.find("secret"), std::string::npos);
  }
}

TEST(Problem, EveryCodeHasAStatusAndAName) {
  struct Row {
    ErrorCode code;
    int status;
    const char* name;
  };
  const Row rows[] = {
      {ErrorCode::not_found, 404, "not_found"},
      {ErrorCode::invalid, 422, "invalid"},
      {ErrorCode::malformed, 400, "malformed"},
      {ErrorCode::conflict, 409, "conflict"},
      {ErrorCode::unauthenticated, 401, "unauthenticated"},
      {ErrorCode::forbidden, 403, "forbidden"},
      {ErrorCode::too_large, 413, "too_large"},
      {ErrorCode::too_many, 429, "too_many"},
      {ErrorCode::unavailable, 503, "unavailable"},
  };
  for (const Row& row : rows) {
    const Problem problem = to_problem({row.code, "m", {}, {}, {}});
    EXPECT_EQ(problem.status, row.status);
    EXPECT_EQ(problem.code, row.name);
    EXPECT_NE(reason_phrase(row.status), "Status");
  }
}

}  // namespace
}  // namespace tally
