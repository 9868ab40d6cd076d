// SPDX-License-Identifier: Apache-2.0
//
// One connection of an edge loop. Ten thousand of them may sit idle, so this holds what an idle one
// needs and nothing else: answers are written into buffers that the loop lends, and a request that
// cannot be answered at once gets a PendingRequest for as long as it lasts.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>

#include "base/clock.h"
#include "redirect/pending_request.h"
#include "redirect/socket.h"
#include "redirect/tls.h"

namespace tally {

struct EdgeConnection {
  EdgeConnection(Socket s, const Address& address, std::uint32_t number)
      : socket(std::move(s)), id(number), peer(address) {}

  // As recv(2) and send(2), through TLS where there is some.
  ssize_t receive(char* to, std::size_t size);
  ssize_t transmit(std::string_view bytes);

  Socket socket;
  std::uint32_t id;  // tells connections apart that had the same descriptor one after the other
  Address peer;
  UnixMillis deadline = 0;           // when patience ends; 0: the next move is ours
  std::uint64_t ticket = 0;          // `out` may leave when the journal has committed past it
  std::unique_ptr<std::string> out;  // answers to be sent; none while there are none
  std::unique_ptr<PendingRequest> pending;
  std::unique_ptr<TlsSession> tls;
  std::uint32_t discarded = 0;  // bytes read while lingering
  bool readable = false;        // the socket may hold bytes
  bool expects_proxy = false;   // a PROXY header comes first
  bool watched = false;         // by epoll
  bool waiting = false;         // for the journal, for as long as it is in the loop's list
  bool has_ticket = false;
  bool parked = false;     // a password is being checked
  bool blocked = false;    // the peer does not take more of `out` now
  bool peer_done = false;  // it has closed its side: an end of file is still to be read
  bool close_after = false;
  bool linger = false;  // after that, let the peer read the answer before the socket goes
  bool lingering = false;
  bool dead = false;
};

}  // namespace tally
