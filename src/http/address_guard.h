// SPDX-License-Identifier: Apache-2.0
//
// Which addresses outgoing requests may be dialled at.
//
// Whoever may name a URL that this server calls could make it call what only this server reaches:
// its own ports, the machines beside it, the metadata service of its cloud (server-side request
// forgery). A look at the URL does not help: one address has hundreds of spellings, and a name may
// lead anywhere, tomorrow elsewhere than today (rebinding). So the guard is asked where nothing can
// come in between any more: about the address that a socket is about to be connected to.
//
// It fails closed. Of IPv6 only 2000::/3, what is given out to be reached from everywhere, may be
// dialled, of IPv4 what no registry sets aside, less the parts of both that IANA's special-purpose
// registries (RFC 6890) name. An IPv4 address inside an IPv6 one (mapped, compatible, 6to4, Teredo,
// NAT64) is refused whatever it is: nobody needs these forms to be reached. What no address shows
// cannot be seen here: a network that translates a prefix of its own (RFC 6052, section 3.3) to
// IPv4 has to close it by other means.
//
// An allow-list opens single addresses and networks again, such as a receiver beside this server.
#pragma once

#include <sys/socket.h>

#include <string_view>
#include <vector>

#include "base/address.h"
#include "base/result.h"

namespace tally {

class AddressGuard {
 public:
  // Lets through what is reached from everywhere.
  AddressGuard() = default;
  // And `allowed`.
  explicit AddressGuard(std::vector<Network> allowed) : allowed_(std::move(allowed)) {}

  // From a comma list of addresses and networks, like "10.1.2.3, fd00:1::/64"; "" allows nothing
  // more. `invalid` for what is neither, and for an address inside a network ("10.1.2.3/8"), which
  // would open more than was meant.
  static Result<AddressGuard> parse(std::string_view allowed);

  // Whether `address`, `size` bytes of it, may be dialled. `forbidden` says what it is: "127.0.0.1
  // is a loopback address".
  Result<void> check(const sockaddr* address, socklen_t size) const;

 private:
  bool allows(const Address& address) const;

  std::vector<Network> allowed_;
};

}  // namespace tally
