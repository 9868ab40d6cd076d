// SPDX-License-Identifier: Apache-2.0
//
// Where links live. SQLite is the first implementation (sqlite/), PostgreSQL the one past a single
// machine; tests/contract runs one suite over both.
//
// Every change, deletions included, gets the next number of one growing version. Whoever follows
// the store (the edge's link table) remembers the last version seen and asks for what came after,
// so changes made by another process (the command line, another node) arrive the same way. A rename
// is two changes: the old name is removed, then the link is there under its new one.
//
// Every change is in the link's history too, in the same transaction, with who made it: the system
// when nobody is named. A change that changes nothing is not. The history outlives its link.
//
// Domains are few and have a version of their own: whoever follows them reads all of them again
// when it has grown.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/domain.h"
#include "model/erasure.h"
#include "model/link.h"
#include "model/link_edit.h"
#include "model/stats_query.h"

namespace tally {

// What a link's switch and its dates make of it; the first that applies, from the last on.
enum class LinkState : std::uint8_t { active, expired, scheduled, disabled };
inline constexpr std::array<std::string_view, 4> kLinkStateNames = {"active", "expired",
                                                                    "scheduled", "disabled"};

struct LinkListing {
  enum class Sort { created_at, updated_at, prefix, title };
  WorkspaceId workspace;
  std::string search;    // in prefix, token, title and destination, ignoring ASCII case; "" is all
  std::string tag;       // exact; "" is all
  std::string campaign;  // exact; "" is all
  std::string domain;    // exact; "" is all
  std::optional<bool> enabled;
  std::optional<LinkState> state;
  UnixMillis now = 0;    // that `state` is of
  bool counted = false;  // says how many there are on all pages
  Sort sort = Sort::created_at;
  bool descending = true;
  std::string cursor;  // from the page before; "" is the first
  std::size_t limit = 50;
};

struct LinkPage {
  std::vector<Link> links;
  std::string next_cursor;             // "" when this was the last page
  std::optional<std::uint64_t> total;  // when it was to be counted
};

struct LinkChange {
  std::uint64_t version = 0;
  Link link;  // of a removed link only id, workspace, domain, prefix and token are set
  bool removed = false;
};

// A request that its sender may repeat: `key` names it within its workspace, `fingerprint` stands
// for what it asks for.
struct RequestKey {
  std::string key;
  std::string fingerprint;
};

inline constexpr UnixMillis kRequestKeyLife = kMillisPerDay;

struct CreatedLink {
  Link link;
  bool repeated = false;  // an earlier request with this key made it
};

// One link of many that cannot be stored, and why.
struct LinkFault {
  std::size_t index = 0;
  Error error;
};

// Either links, in the order they were given, or faults.
struct CreatedLinks {
  std::vector<Link> links;
  std::vector<LinkFault> faults;
  bool repeated = false;
};

class LinkStore {
 public:
  virtual ~LinkStore() = default;

  // Stores a new link (its id is ignored) and gives it back with id and times.
  // conflict/"slug_taken" when the name is in use, in any workspace; invalid/"unknown_domain" when
  // its domain is not one of its workspace. Whoever calls has validated the link.
  virtual Result<Link> create(const Link& link, const Editor& by = {}) = 0;
  // As create(), but at most once for a key within kRequestKeyLife: a repeat gives the link that
  // the first request made, as it is now. conflict/"idempotency_mismatch" when the repeat asks for
  // something else, not_found when that link has been removed since.
  virtual Result<CreatedLink> create_once(const Link& link, const RequestKey& request,
                                          const Editor& by = {}) = 0;
  // Stores all of them or, when one has a fault as create() has them, none. All are of one
  // workspace. With `request` at most once, as create_once().
  virtual Result<CreatedLinks> create_many(std::span<const Link> links,
                                           const std::optional<RequestKey>& request,
                                           const Editor& by = {}) = 0;
  virtual Result<Link> get(WorkspaceId workspace, LinkId id) = 0;
  // Replaces every editable field of links(workspace, id); not_found, or conflict as for create.
  virtual Result<Link> update(const Link& link, const Editor& by = {}) = 0;
  virtual Result<void> remove(WorkspaceId workspace, LinkId id, const Editor& by = {}) = 0;
  // Notes links that have expired since the last call in their histories and has webhooks told of
  // them; how many. To be called every few seconds; finds what expired while nobody called.
  virtual Result<std::size_t> expire_due(UnixMillis now) = 0;
  // A page of a link's history, newest first; not_found when there neither is nor was such a link.
  virtual Result<std::vector<LinkEdit>> history(const LinkHistoryListing& listing) = 0;
  // Erases the history of the link that is named, or of all, in the range, once the link is gone:
  // that of a link that is there tells what the link is.
  virtual Result<void> erase_history(const Erasure& what) = 0;
  virtual Result<LinkPage> list(const LinkListing& listing) = 0;
  // Names for a set of links, for labelling breakdowns; unknown ids are left out.
  virtual Result<std::vector<Link>> find(WorkspaceId workspace, const std::vector<LinkId>& ids) = 0;
  // The link with this name; "" is the default domain.
  virtual Result<std::optional<LinkId>> named(WorkspaceId workspace, const std::string& domain,
                                              const std::string& prefix,
                                              const std::string& token) = 0;
  // The ids of links that carry any of `tags`; without `tags`, of those that carry one at all.
  virtual Result<std::vector<LinkId>> tagged(WorkspaceId workspace,
                                             const std::vector<std::string>& tags) = 0;

  // Every link of every workspace, and the version that this state is.
  virtual Result<std::uint64_t> read_all(const std::function<void(const Link&)>& each) = 0;
  // Links of every workspace that lead to a host (OwnHosts::host_of), on any port, until `each`
  // wants no more.
  virtual Result<void> leading_to(const std::string& host,
                                  const std::function<bool(const Link&)>& each) = 0;
  // Changes after `version`, oldest first, at most `limit`; empty when there are none.
  virtual Result<std::vector<LinkChange>> changes_since(std::uint64_t version,
                                                        std::size_t limit) = 0;

  // Stores a new domain (its id is ignored); conflict/"host_taken" when its host is in use, in any
  // workspace. Whoever calls has validated it.
  virtual Result<Domain> create_domain(const Domain& domain) = 0;
  virtual Result<Domain> get_domain(WorkspaceId workspace, DomainId id) = 0;
  // Replaces both redirects of domains(workspace, id); the host stays, since links refer to it.
  virtual Result<Domain> update_domain(const Domain& domain) = 0;
  // conflict/"domain_in_use" while links are on it.
  virtual Result<void> remove_domain(WorkspaceId workspace, DomainId id) = 0;
  // Every domain of every workspace, by host.
  virtual Result<std::vector<Domain>> domains() = 0;
  // Workspaces that have the experiment cookie on.
  virtual Result<std::vector<WorkspaceId>> cookie_workspaces() = 0;
  // Grows with each change of what those two say. Ask for it before them: then no change is missed.
  virtual Result<std::uint64_t> domains_version() = 0;
};

// A filter as the click store takes it, which knows links and no tags: by link where it was by tag.
Result<Filter> filter_by_link(LinkStore& links, WorkspaceId workspace, const Filter& filter);

}  // namespace tally
