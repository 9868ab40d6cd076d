// SPDX-License-Identifier: Apache-2.0
#include "links/domain_table.h"

namespace tally {
namespace {

std::string location_or_none(const std::string& url) {
  return url.empty() ? std::string() : encode_location(url);
}

}  // namespace

DomainTable::DomainTable(const DefaultDomain& settings) : default_host_(settings.host) {
  domains_.push_back({kDefaultDomain, settings.workspace, true,
                      location_or_none(settings.root_redirect),
                      location_or_none(settings.not_found_redirect)});
}

const EdgeDomain* DomainTable::find_among(std::string_view host) const {
  if (host == default_host_) return &domains_[kDefaultDomain];
  const auto known = numbers_.find(host);
  if (known == numbers_.end() || !domains_[known->second].served) return nullptr;
  return &domains_[known->second];
}

DomainNumber DomainTable::number_of(std::string_view host) const {
  if (host.empty()) return kDefaultDomain;
  const auto known = numbers_.find(host);
  return known == numbers_.end() ? kUnknown : known->second;
}

DomainNumber DomainTable::number_or_new(std::string_view host) {
  if (const DomainNumber known = number_of(host); known != kUnknown) return known;
  const auto number = static_cast<DomainNumber>(domains_.size());
  domains_.push_back({number, {}, false, {}, {}});
  numbers_.emplace(host, number);
  return number;
}

void DomainTable::set_domains(std::span<const Domain> domains,
                              std::span<const WorkspaceId> with_cookie) {
  for (std::size_t number = 1; number < domains_.size(); ++number) domains_[number].served = false;
  for (const Domain& domain : domains) {
    EdgeDomain& edge = domains_[number_or_new(domain.host)];
    edge.workspace = domain.workspace;
    edge.served = true;
    edge.root_location = location_or_none(domain.root_redirect);
    edge.not_found_location = location_or_none(domain.not_found_redirect);
  }
  any_added_ = !domains.empty();
  with_cookie_.assign(with_cookie.begin(), with_cookie.end());
}

}  // namespace tally
