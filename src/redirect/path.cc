// SPDX-License-Identifier: Apache-2.0
#include "redirect/path.h"

#include <algorithm>

#include "base/text.h"

namespace tally {

LinkPath split_path(std::string_view path, std::string& scratch) {
  LinkPath out;
  const std::string_view sent = path.ends_with('/') ? path.substr(0, path.size() - 1) : path;
  out.plus = sent.ends_with('+');
  if (path.contains('%')) {
    auto decoded = percent_decode(path);
    if (!decoded) {
      out.good_escapes = false;
      return out;
    }
    out.plausible = std::ranges::count(*decoded, '/') == std::ranges::count(path, '/');
    scratch = std::move(*decoded);
    path = scratch;
  }
  if (path.starts_with('/')) path.remove_prefix(1);
  if (path.ends_with('/')) path.remove_suffix(1);
  const auto slash = path.find('/');
  out.prefix = path.substr(0, slash);
  if (slash != std::string_view::npos) {
    out.token = path.substr(slash + 1);
    if (out.token.empty() || out.token.contains('/')) out.plausible = false;
  }
  if (out.prefix.empty()) out.plausible = false;
  return out;
}

LinkPath LinkPath::without_plus() const {
  LinkPath out = *this;
  std::string_view& last = token.empty() ? out.prefix : out.token;
  last.remove_suffix(1);
  out.plus = false;
  if (last.empty()) out.plausible = false;
  return out;
}

}  // namespace tally
