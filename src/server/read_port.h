// SPDX-License-Identifier: Apache-2.0
//
// The socket of the read port, at which guests read the embedded engine (engine/guest_request.h).
//
// It is opened here and handed to the engine child, and so to each that follows it: a port that is
// taken stops the start and not the store, and guests who come while the engine is being started
// again wait for a moment in the socket's queue.
#pragma once

#include "base/result.h"
#include "redirect/socket.h"
#include "server/settings.h"

namespace tally {

// `invalid` when the settings of the read port do not fit each other.
Result<void> check_read_port(const Settings& settings);

// An empty socket where the settings name none.
Result<Socket> open_read_port(const Settings& settings);

}  // namespace tally
