// SPDX-License-Identifier: Apache-2.0
//
// Clicks taken of limited links since this start.
#pragma once

#include <mutex>
#include <unordered_map>

#include "model/click_limits.h"

namespace tally {

class TakenClicks final : public ClickLimits {
 public:
  bool take(LinkId link, std::uint64_t limit) override {
    const std::lock_guard lock(mutex_);
    std::uint64_t& taken = taken_[link];
    if (taken >= limit) return false;
    ++taken;
    return true;
  }
  bool used_up(LinkId link, std::uint64_t limit) const override {
    const std::lock_guard lock(mutex_);
    const auto known = taken_.find(link);
    return limit == 0 || (known != taken_.end() && known->second >= limit);
  }

 private:
  mutable std::mutex mutex_;
  std::unordered_map<LinkId, std::uint64_t> taken_;
};

}  // namespace tally
