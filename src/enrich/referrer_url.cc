// SPDX-License-Identifier: Apache-2.0
#include "enrich/referrer_url.h"

#include <algorithm>

#include "base/text.h"

namespace tally {
namespace {

// Hosts are at most 253 bytes in DNS; a little more is kept for what is not quite one.
constexpr std::size_t kHostCap = 255;

struct Scheme {
  std::string_view name;
  bool app;
};
constexpr Scheme kSchemes[] = {
    {"https", false}, {"http", false}, {"android-app", true}, {"ios-app", true}};

std::string without_final_dots(std::string_view host) {
  while (host.ends_with('.')) host.remove_suffix(1);
  return lower(host);
}

}  // namespace

bool is_host(std::string_view host) {
  const bool bracketed = host.starts_with('[') && host.ends_with(']');
  if (bracketed) host = host.substr(1, host.size() - 2);
  return !host.empty() && host.size() <= kHostCap && std::ranges::all_of(host, [&](char c) {
    return is_alnum(c) || static_cast<unsigned char>(c) >= 0x80 || c == '-' || c == '.' ||
           c == '_' || (bracketed && c == ':');
  });
}

std::string_view host_without_port(std::string_view host) {
  const auto colon = host.rfind(':');
  if (colon == std::string_view::npos || host.ends_with(']')) return host;
  const bool number = std::ranges::all_of(host.substr(colon + 1), is_digit);
  return number ? host.substr(0, colon) : host;
}

std::string plain_host(std::string_view host) {
  std::string out = without_final_dots(host);
  if (out.starts_with("www.") && out.size() > 4) out.erase(0, 4);
  return out;
}

bool is_this_machine(std::string_view host) {
  return host == "localhost" || host.ends_with(".localhost") || host == "[::1]" ||
         host == "0.0.0.0" ||
         (host.starts_with("127.") &&
          host.find_first_not_of("0123456789.") == std::string_view::npos);
}

std::optional<ReferrerUrl> read_referrer_url(std::string_view url) {
  url = trim(url);
  const auto colon = url.find("://");
  if (colon == std::string_view::npos) return std::nullopt;
  const auto scheme = std::ranges::find_if(kSchemes, [&](const Scheme& known) {
    return equals_ignoring_case(url.substr(0, colon), known.name);
  });
  if (scheme == std::end(kSchemes)) return std::nullopt;
  url.remove_prefix(colon + 3);
  url = url.substr(0, url.find_first_of("?#"));
  // A backslash is a slash to browsers, so what stands behind it is not the host.
  const auto slash = url.find_first_of("/\\");
  std::string_view authority = url.substr(0, slash);
  authority.remove_prefix(authority.rfind('@') + 1);  // npos + 1 is 0
  authority = host_without_port(authority);
  if (!is_host(authority)) return std::nullopt;
  ReferrerUrl out;
  out.app = scheme->app;
  out.host = out.app ? without_final_dots(authority) : plain_host(authority);
  if (out.host.empty()) return std::nullopt;
  if (slash != std::string_view::npos) out.path = url.substr(slash);
  return out;
}

}  // namespace tally
