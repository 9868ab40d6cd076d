// SPDX-License-Identifier: Apache-2.0
#include "enrich/device.h"

#include "enrich/table.h"

namespace tally {
namespace {

constexpr std::string_view kTable =
#include "enrich/data/devices.inc"
    ;

constexpr std::int64_t kMemory = 16 << 20;

}  // namespace

Result<DeviceRules> DeviceRules::load() {
  std::vector<RulePattern> patterns;
  std::vector<Device> devices;
  for (const auto& fields : read_table(kTable, 2)) {
    const auto device = parse_kind<Device>(kDeviceNames, fields.front());
    if (!device)
      return fail(ErrorCode::invalid, "device rules: no type " + std::string(fields.front()));
    devices.push_back(*device);
    patterns.push_back({std::string(fields.back()), false});
  }
  auto set = RuleSet::compile(std::move(patterns), kMemory);
  if (!set) return std::unexpected(std::move(set).error().within("device rules"));
  return DeviceRules(std::move(*set), std::move(devices));
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
