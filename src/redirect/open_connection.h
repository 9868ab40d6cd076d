// SPDX-License-Identifier: Apache-2.0
//
// What one process's links listener leaves to the next: its listening sockets, and its connections
// with what they had received of a request that is not answered.
#pragma once

#include <string>
#include <vector>

#include "model/hit.h"
#include "redirect/socket.h"

namespace tally {

struct OpenConnection {
  Socket socket;
  Address peer;
  std::string received;
};

struct EdgeEstate {
  std::vector<Socket> listeners;  // one per loop
  std::vector<OpenConnection> connections;
};

}  // namespace tally
