// SPDX-License-Identifier: Apache-2.0
#include "api/login_limiter.h"

#include <algorithm>

namespace tally {
namespace {

std::string address_key(const std::string& address) { return "address " + address; }
std::string account_key(const std::string& account) { return "account " + account; }

}  // namespace

std::optional<UnixMillis> LoginLimiter::begin(const std::string& address,
                                              const std::string& account) {
  const std::lock_guard lock(mutex_);
  const UnixMillis now = clock_.now_ms();
  const UnixMillis wait =
      std::max(wait_for(address_key(address), now), wait_for(account_key(account), now));
  if (wait > 0) return wait;
  count(address_key(address), now);
  count(account_key(account), now);
  return std::nullopt;
}

void LoginLimiter::succeeded(const std::string& address, const std::string& account) {
  const std::lock_guard lock(mutex_);
  counts_.erase(account_key(account));
  const auto found = counts_.find(address_key(address));
  if (found != counts_.end() && --found->second.tries <= 0) counts_.erase(found);
}

UnixMillis LoginLimiter::wait_for(const std::string& who, UnixMillis now) const {
  const auto found = counts_.find(who);
  if (found == counts_.end() || found->second.tries < kTries) return 0;
  return std::max<UnixMillis>(0, found->second.since + kWindow - now);
}

void LoginLimiter::count(const std::string& who, UnixMillis now) {
  if (counts_.size() >= kMaxCounts && !counts_.contains(who)) {
    std::erase_if(counts_, [&](const auto& entry) { return entry.second.since + kWindow <= now; });
    if (counts_.size() >= kMaxCounts)
      counts_.erase(std::ranges::min_element(counts_, {},
                                             [](const auto& entry) { return entry.second.since; }));
  }
  Count& entry = counts_[who];
  if (entry.tries == 0 || entry.since + kWindow <= now) entry = {now, 0};
  ++entry.tries;
}

}  // namespace tally
