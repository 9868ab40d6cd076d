// SPDX-License-Identifier: Apache-2.0
//
// The PROXY protocol, versions 1 and 2: a proxy that passes bytes on as they are (TCP, or TLS that
// it does not open) says in front of them who the client is.
// https://www.haproxy.org/download/2.8/doc/proxy-protocol.txt
//
// Whoever may send this header can say to be anybody, so it is read from trusted proxies only, and
// from those it must come: guessing whether it is there would let their clients write one.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "model/hit.h"

namespace tally {

// More than a header with every extension in use needs.
inline constexpr std::size_t kMaxProxyHeader = 4096;

struct ProxyHeader {
  enum class State { incomplete, bad, complete };
  State state = State::incomplete;
  std::size_t size = 0;           // of the header, when it is complete
  std::optional<Address> client;  // nothing: the proxy speaks for itself, or does not know
};

// The header at the front of `bytes`.
ProxyHeader parse_proxy_header(std::string_view bytes);

}  // namespace tally
