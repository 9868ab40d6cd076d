// SPDX-License-Identifier: Apache-2.0
//
// Where the engine's listeners listen: a Unix socket, a TCP port, or a socket that whoever started
// this process has opened for it and left open ("fd:N").
#pragma once

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>

#include <string>

#include "base/result.h"

namespace tally {

struct EngineListener {
  boost::asio::basic_socket_acceptor<boost::asio::generic::stream_protocol> acceptor;
  std::string address;      // for clients, with the real port
  std::string socket_file;  // to be removed in the end; "" for none
};

// "unix:PATH", "ADDR:PORT" (port 0: any free one) or "fd:N". A socket file that nobody listens on
// is replaced.
Result<EngineListener> listen_at(boost::asio::io_context& io, const std::string& address);

}  // namespace tally
