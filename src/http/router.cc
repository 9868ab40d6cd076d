// SPDX-License-Identifier: Apache-2.0
#include "http/router.h"

#include <algorithm>
#include <optional>

#include "base/check.h"
#include "base/text.h"

namespace tally {
namespace {

bool is_name(std::string_view segment) { return segment.starts_with('{'); }

std::optional<std::vector<std::string>> decode_segments(std::string_view path) {
  if (!path.starts_with('/')) return std::nullopt;
  std::vector<std::string> out;
  for (const std::string_view segment : split(path.substr(1), '/')) {
    auto text = percent_decode(segment);
    if (!text || !is_utf8(*text)) return std::nullopt;
    const bool plain = std::ranges::all_of(*text, [](char c) {
      return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f && c != '/';
    });
    if (!plain) return std::nullopt;
    out.push_back(std::move(*text));
  }
  return out;
}

// How many segments are literal where the pattern fits, nothing where it does not.
std::optional<std::size_t> fit(const std::vector<std::string>& pattern,
                               const std::vector<std::string>& path) {
  if (pattern.size() != path.size()) return std::nullopt;
  std::size_t literal = 0;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (is_name(pattern[i])) {
      if (path[i].empty()) return std::nullopt;
    } else if (pattern[i] == path[i]) {
      ++literal;
    } else {
      return std::nullopt;
    }
  }
  return literal;
}

bool serves(std::string_view route_method, std::string_view method) {
  return route_method == method || (route_method == "GET" && method == "HEAD");
}

void allow(std::string& list, std::string_view method) {
  const auto known = split(list, ',');
  if (std::ranges::any_of(known, [&](std::string_view m) { return trim(m) == method; })) return;
  if (!list.empty()) list += ", ";
  list += method;
}

}  // namespace

const std::string& RouteMatch::value(std::string_view name) const {
  const auto found = std::ranges::find(values, name, &std::pair<std::string, std::string>::first);
  CHECK(found != values.end());
  return found->second;
}

std::size_t Router::add(std::string_view method, std::string_view pattern) {
  CHECK(pattern.starts_with('/'));
  Route route{std::string(method), {}};
  for (const std::string_view segment : split(pattern.substr(1), '/'))
    route.segments.emplace_back(segment);
  routes_.push_back(std::move(route));
  return routes_.size() - 1;
}

RouteMatch Router::match(std::string_view method, std::string_view path) const {
  RouteMatch out;
  const auto segments = decode_segments(path);
  if (!segments) return out;
  std::size_t best = 0;  // literal segments of the patterns looked at, which are those with most
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    const auto literal = fit(routes_[i].segments, *segments);
    if (!literal || *literal < best) continue;
    if (*literal > best) out = RouteMatch();
    best = *literal;
    if (out.kind == RouteMatch::Kind::found) continue;
    if (serves(routes_[i].method, method)) {
      out.kind = RouteMatch::Kind::found;
      out.route = i;
      continue;
    }
    out.kind = RouteMatch::Kind::no_method;
    allow(out.allow, routes_[i].method);
    if (routes_[i].method == "GET") allow(out.allow, "HEAD");
  }
  if (out.kind != RouteMatch::Kind::found) return out;
  out.allow.clear();
  const Route& route = routes_[out.route];
  for (std::size_t i = 0; i < segments->size(); ++i) {
    const std::string& name = route.segments[i];
    if (is_name(name)) out.values.emplace_back(name.substr(1, name.size() - 2), (*segments)[i]);
  }
  return out;
}

}  // namespace tally
