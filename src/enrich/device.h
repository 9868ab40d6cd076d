// SPDX-License-Identifier: Apache-2.0
//
// Device type and platform by rules of our own: uap-core names models, not what kind of thing they
// are.
//
// What cannot be told is not guessed: an iPad that asks for desktop sites sends a Macintosh's user
// agent and is counted as one; a headset or glasses are worn, so they are `wearable`.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "enrich/rule_set.h"
#include "enrich/tables.h"
#include "model/kinds.h"

namespace tally {

// Thread-safe once loaded.
class DeviceRules {
 public:
  // ErrorCode::invalid names the row at fault.
  static Result<DeviceRules> load(const RuleTables& tables);
  Device match(std::string_view user_agent) const;

 private:
  DeviceRules(RuleSet set, std::vector<Device> devices)
      : set_(std::move(set)), devices_(std::move(devices)) {}

  RuleSet set_;
  std::vector<Device> devices_;
};

Platform platform_of(std::string_view user_agent, Device device);

}  // namespace tally
