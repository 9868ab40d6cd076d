// SPDX-License-Identifier: Apache-2.0
//
// Whose request is it? The peer's, unless the peer is a proxy we were told to trust: then the
// right-most address in X-Forwarded-For that is not itself a trusted proxy. Anything further left
// was written by somebody we do not know.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/address.h"
#include "http/request_head.h"

namespace tally {

class TrustedProxies {
 public:
  TrustedProxies() = default;
  explicit TrustedProxies(std::vector<Network> networks) : networks_(std::move(networks)) {}

  bool trusts(const Address& address) const;
  // The client behind `peer`; `peer` itself when it is not trusted or says nothing usable.
  Address client(const Address& peer, const RequestHead& head) const;

 private:
  std::vector<Network> networks_;
};

}  // namespace tally
