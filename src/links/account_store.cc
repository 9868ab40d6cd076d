// SPDX-License-Identifier: Apache-2.0
#include "links/account_store.h"

#include <algorithm>

namespace tally {
namespace {

constexpr std::uint32_t kAllBits = (1u << kScopeNames.size()) - 1;

}  // namespace

Scopes Scopes::of(Scope scope) {
  Scopes out;
  out.add(scope);
  return out;
}

std::optional<Scopes> Scopes::parse(const std::vector<std::string>& names) {
  Scopes out;
  for (const std::string& name : names) {
    const auto found = std::ranges::find(kScopeNames, name);
    if (found == kScopeNames.end()) return std::nullopt;
    out.add(static_cast<Scope>(found - kScopeNames.begin()));
  }
  return out;
}

bool Scopes::allow(Scope scope) const {
  if (scope == Scope::convert_public) return bits_ == bit(scope);
  if ((bits_ & bit(Scope::admin)) != 0) return true;
  if (scope == Scope::links_read && (bits_ & bit(Scope::links_write)) != 0) return true;
  return (bits_ & bit(scope)) != 0;
}

bool Scopes::mixed() const {
  const std::uint32_t open = bit(Scope::convert_public);
  return (bits_ & open) != 0 && bits_ != open;
}

std::vector<std::string_view> Scopes::names() const {
  std::vector<std::string_view> out;
  for (std::size_t i = 0; i < kScopeNames.size(); ++i)
    if ((bits_ & (1u << i)) != 0) out.push_back(kScopeNames[i]);
  return out;
}

Scopes Scopes::from_bits(std::uint32_t bits) {
  Scopes out;
  out.bits_ = bits & kAllBits;
  return out;
}

}  // namespace tally
