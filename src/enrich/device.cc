// SPDX-License-Identifier: Apache-2.0
#include "enrich/device.h"

namespace tally {
namespace {

constexpr std::int64_t kMemory = 16 << 20;

}  // namespace

Result<DeviceRules> DeviceRules::load(const RuleTables& tables) {
  std::vector<RulePattern> patterns;
  std::vector<Device> devices;
  TRY_ASSIGN(const auto table, tables.rows({"devices"}, 2));
  for (const TableRow& row : table) {
    const auto device = parse_kind<Device>(kDeviceNames, row[0]);
    if (!device) return row.refuse("no device type: " + std::string(row[0]));
    devices.push_back(*device);
    patterns.push_back({std::string(row[1]), false, row.place()});
  }
  TRY_ASSIGN(auto set, RuleSet::compile(std::move(patterns), kMemory));
  return DeviceRules(std::move(set), std::move(devices));
}

Device DeviceRules::match(std::string_view user_agent) const {
  const auto row = set_.first_match(user_agent);
  return row ? devices_[*row] : Device::other;
}

Platform platform_of(std::string_view user_agent, Device device) {
  const auto has = [&](std::string_view part) {
    return user_agent.find(part) != std::string_view::npos;
  };
  if (has("Windows Phone") || has("IEMobile")) return Platform::other;  // they say iPhone as well
  if (has("iPhone") || has("iPad") || has("iPod")) return Platform::ios;
  if (has("Android")) return Platform::android;
  return device == Device::desktop ? Platform::desktop : Platform::other;
}

}  // namespace tally
