// SPDX-License-Identifier: Apache-2.0
//
// Which route a method and a path belong to.
//
// A pattern is a path whose segments are literal or a name in braces: "/api/v1/links/{id}". Paths
// match segment by segment, in any order of adding, literal before name: where "/links/bulk" is a
// pattern, a method that it lacks is not looked for under "/links/{id}". A route for GET answers
// HEAD too. The router knows routes by the number they were added under, so that handlers and
// limits stay in the table of whoever uses it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tally {

struct RouteMatch {
  enum class Kind { found, no_path, no_method };
  Kind kind = Kind::no_path;
  std::size_t route = 0;                                    // when found
  std::vector<std::pair<std::string, std::string>> values;  // name and decoded segment
  std::string allow;                                        // when no_method: "GET, HEAD, POST"

  // The value of a name in the pattern.
  const std::string& value(std::string_view name) const;
};

class Router {
 public:
  // The new route's number: 0, 1, 2 and so on.
  std::size_t add(std::string_view method, std::string_view pattern);
  // `path` is still percent-encoded and has no query. A segment with a broken escape, an escaped
  // '/' or a control character matches nothing.
  RouteMatch match(std::string_view method, std::string_view path) const;

 private:
  struct Route {
    std::string method;
    std::vector<std::string> segments;
  };
  std::vector<Route> routes_;
};

}  // namespace tally
