// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "enrich/referrer_url.h"

namespace tally {

// Hosts of ours, whose referrers are no referrers. Only the very hosts count: a blog beside them is
// a real referrer.
class HostSet {
 public:
  // In any case, with port or "www." as it may be.
  void add(std::string_view host) { hosts_.insert(plain_host(host_without_port(host))); }
  // `plain` is plain.
  bool contains(std::string_view plain) const { return hosts_.contains(plain); }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };
  std::unordered_set<std::string, Hash, std::equal_to<>> hosts_;
};

}  // namespace tally
