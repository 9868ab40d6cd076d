// SPDX-License-Identifier: Apache-2.0
#include "http/router.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

TEST(Router, FindsRoutes) {
  Router router;
  enum { list, make, get, patch, bulk, root };
  ASSERT_EQ(router.add("GET", "/links"), list);
  ASSERT_EQ(router.add("POST", "/links"), make);
  ASSERT_EQ(router.add("GET", "/links/{id}"), get);
  ASSERT_EQ(router.add("PATCH", "/links/{id}"), patch);
  ASSERT_EQ(router.add("GET", "/links/bulk"), bulk);
  ASSERT_EQ(router.add("GET", "/"), root);

  struct Row {
    const char* method;
    const char* path;
    int route;  // -1: no path, -2: no method
    const char* value;
    const char* allow;
  };
  const Row rows[] = {
      {"GET", "/links", list, "", ""},
      {"HEAD", "/links", list, "", ""},
      {"POST", "/links", make, "", ""},
      {"GET", "/links/lnk_1", get, "lnk_1", ""},
      {"PATCH", "/links/lnk_1", patch, "lnk_1", ""},
      {"GET", "/links/bulk", bulk, "", ""},
      {"PATCH", "/links/bulk", -2, "", "GET, HEAD"},
      {"GET", "/links/a%20b", get, "a b", ""},
      {"GET", "/l%69nks", list, "", ""},
      {"GET", "/", root, "", ""},
      {"GET", "/links/", -1, "", ""},
      {"GET", "/links/a/b", -1, "", ""},
      {"GET", "/links/a%2fb", -1, "", ""},
      {"GET", "/links/a%00b", -1, "", ""},
      {"GET", "/links/%ff", -1, "", ""},
      {"GET", "/links/%", -1, "", ""},
      {"GET", "//links", -1, "", ""},
      {"GET", "*", -1, "", ""},
      {"DELETE", "/links", -2, "", "GET, HEAD, POST"},
      {"POST", "/links/lnk_1", -2, "", "GET, HEAD, PATCH"},
      {"get", "/links", -2, "", "GET, HEAD, POST"},
  };
  for (const Row& row : rows) {
    const RouteMatch match = router.match(row.method, row.path);
    const int got = match.kind == RouteMatch::Kind::found     ? static_cast<int>(match.route)
                    : match.kind == RouteMatch::Kind::no_path ? -1
                                                              : -2;
    EXPECT_EQ(got, row.route) << row.method << " " << row.path;
    EXPECT_EQ(match.allow, row.route == -2 ? row.allow : "") << row.method << " " << row.path;
    EXPECT_EQ(match.values.empty() ? "" : match.value("id"), row.value) << row.path;
  }
}

}  // namespace
}  // namespace tally
