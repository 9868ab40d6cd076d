// SPDX-License-Identifier: Apache-2.0
//
// Which domain a Host means.
//
// Links name their domain by its host; the edge's table gives each host a number of its own and
// keeps it for as long as the process runs, so that a packed link spends one byte on its domain and
// a lookup compares numbers. A host is numbered when a link or a domain first names it, whichever
// comes first.
//
// The default domain answers on every Host until another one is added; from then on it answers on
// its own host only, and hosts that nobody knows get nothing.
#pragma once

#include <algorithm>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "links/edge_link.h"
#include "model/domain.h"

namespace tally {

// What an instance's settings say about the default domain.
struct DefaultDomain {
  std::string host;                               // of links.base_url, lower case, without port
  WorkspaceId workspace;                          // that orphans belong to
  std::string root_redirect, not_found_redirect;  // "" for none
};

struct EdgeDomain {
  DomainNumber number = kDefaultDomain;
  WorkspaceId workspace;
  bool served = false;  // there is such a domain, not only links that name it
  std::string root_location, not_found_location;  // percent-encoded; "" for none
};

class DomainTable {
 public:
  explicit DomainTable(const DefaultDomain& settings);

  // The domain that a Host (lower case, without port) means; null when it is not ours.
  const EdgeDomain* find(std::string_view host) const {
    return any_added_ ? find_among(host) : &domains_[kDefaultDomain];
  }
  const EdgeDomain& default_domain() const { return domains_[kDefaultDomain]; }

  // The number of a host as links name it; "" is the default domain.
  DomainNumber number_of(std::string_view host) const;  // kUnknown when it has none yet
  DomainNumber number_or_new(std::string_view host);
  // These are the domains there are now, besides the default one, and the workspaces that have the
  // experiment cookie on.
  void set_domains(std::span<const Domain> domains, std::span<const WorkspaceId> with_cookie = {});

  bool has_cookie(WorkspaceId workspace) const {
    return std::ranges::find(with_cookie_, workspace) != with_cookie_.end();
  }

  static constexpr DomainNumber kUnknown = ~DomainNumber{0};

 private:
  const EdgeDomain* find_among(std::string_view host) const;

  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };
  std::string default_host_;
  std::vector<EdgeDomain> domains_;                                                   // by number
  std::unordered_map<std::string, DomainNumber, TextHash, std::equal_to<>> numbers_;  // by host
  bool any_added_ = false;
  std::vector<WorkspaceId> with_cookie_;
};

}  // namespace tally
