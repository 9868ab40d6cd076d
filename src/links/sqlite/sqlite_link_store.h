// SPDX-License-Identifier: Apache-2.0
//
// LinkStore in links.db. Thread-safe.
//
// The version of link_store.h is one number in a row of its own, raised in the transaction of each
// change and written to the link that changed, or with the name of the one that went to
// removed_links. Removed and renamed names are kept there for good: they are a few dozen bytes and
// there is no telling who still follows from where.
#pragma once

#include "base/clock.h"
#include "links/link_store.h"
#include "links/sqlite/links_database.h"

namespace tally {

class SqliteLinkStore final : public LinkStore {
 public:
  SqliteLinkStore(LinksDatabase& db, const Clock& clock) : db_(db), clock_(clock) {}

  Result<Link> create(const Link& link, const Editor& by) override;
  Result<CreatedLink> create_once(const Link& link, const RequestKey& request,
                                  const Editor& by) override;
  Result<CreatedLinks> create_many(std::span<const Link> links,
                                   const std::optional<RequestKey>& request,
                                   const Editor& by) override;
  Result<Link> get(WorkspaceId workspace, LinkId id) override;
  Result<Link> update(const Link& link, const Editor& by) override;
  Result<void> remove(WorkspaceId workspace, LinkId id, const Editor& by) override;
  Result<std::size_t> expire_due(UnixMillis now) override;
  Result<std::vector<LinkEdit>> history(const LinkHistoryListing& listing) override;
  Result<void> erase_history(const Erasure& what) override;
  Result<LinkPage> list(const LinkListing& listing) override;
  Result<std::vector<Link>> find(WorkspaceId workspace, const std::vector<LinkId>& ids) override;
  Result<std::optional<LinkId>> named(WorkspaceId workspace, const std::string& domain,
                                      const std::string& prefix, const std::string& token) override;
  Result<std::vector<LinkId>> tagged(WorkspaceId workspace,
                                     const std::vector<std::string>& tags) override;
  Result<std::uint64_t> read_all(const std::function<void(const Link&)>& each) override;
  Result<void> leading_to(const std::string& host,
                          const std::function<bool(const Link&)>& each) override;
  Result<std::vector<LinkChange>> changes_since(std::uint64_t version, std::size_t limit) override;
  Result<Domain> create_domain(const Domain& domain) override;
  Result<Domain> get_domain(WorkspaceId workspace, DomainId id) override;
  Result<Domain> update_domain(const Domain& domain) override;
  Result<void> remove_domain(WorkspaceId workspace, DomainId id) override;
  Result<std::vector<Domain>> domains() override;
  Result<std::vector<WorkspaceId>> cookie_workspaces() override;
  Result<std::uint64_t> domains_version() override;

 private:
  LinksDatabase& db_;
  const Clock& clock_;
};

}  // namespace tally
