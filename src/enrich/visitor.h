// SPDX-License-Identifier: Apache-2.0
//
// The visitor's number: SipHash-2-4 under the day's salt over workspace, address (IPv4 whole, IPv6
// the /64 that a household has) and user agent. Never 0, which stands for "not recorded".
#pragma once

#include <cstdint>
#include <string_view>

#include "enrich/salt.h"
#include "model/hit.h"

namespace tally {

std::uint64_t visitor_of(const Salt& salt, WorkspaceId workspace, const Address& address,
                         std::string_view user_agent);

}  // namespace tally
