// SPDX-License-Identifier: Apache-2.0
#include "enrich/visitor.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "enrich/agent_reader.h"

namespace tally {

std::uint64_t visitor_of(const Salt& salt, WorkspaceId workspace, const Address& address,
                         std::string_view user_agent) {
  static_assert(sizeof(Salt) == crypto_shorthash_siphash24_KEYBYTES);
  user_agent = user_agent.substr(0, kUserAgentCap);
  // Workspace (8 bytes), address (16), user agent: fixed parts first, so no two inputs look alike.
  std::array<unsigned char, 24 + kUserAgentCap> input;
  std::fill_n(input.begin(), 24, static_cast<unsigned char>(0));
  std::memcpy(input.data(), &workspace.value, 8);
  const auto network = address.bytes.begin() + (address.is_v4() ? 16 : 8);
  std::copy(address.bytes.begin(), network, input.begin() + 8);
  if (!user_agent.empty())  // whose data() may be null
    std::memcpy(input.data() + 24, user_agent.data(), user_agent.size());
  std::uint64_t out = 0;
  ::crypto_shorthash_siphash24(reinterpret_cast<unsigned char*>(&out), input.data(),
                               24 + user_agent.size(),
                               reinterpret_cast<const unsigned char*>(salt.data()));
  return out == 0 ? 1 : out;
}

}  // namespace tally
