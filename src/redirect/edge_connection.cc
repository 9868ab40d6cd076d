// SPDX-License-Identifier: Apache-2.0
#include "redirect/edge_connection.h"

#include <sys/socket.h>

namespace tally {

ssize_t EdgeConnection::receive(char* to, std::size_t size) {
  if (tls) [[unlikely]]
    return tls->receive(to, size);
  return ::recv(socket.get(), to, size, 0);
}

ssize_t EdgeConnection::transmit(std::string_view bytes) {
  if (tls) [[unlikely]]
    return tls->transmit(bytes);
  return ::send(socket.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

}  // namespace tally
