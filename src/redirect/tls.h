// SPDX-License-Identifier: Apache-2.0
//
// TLS on the links listener, for those who have no proxy in front: TLS 1.2 and 1.3, HTTP/1.1 by
// ALPN. Without a certificate in the settings none of this exists, and a connection has a null
// pointer to show for it.
//
// A certificate that changes on disk is taken up without a restart: connections that are open keep
// the one they began with. One that cannot be read, or whose key does not fit, is reported once and
// the old one stays; between the two renames of a renewal that is the normal course of things.
//
// TlsContext is used by all loops, a TlsSession by the loop of its connection only.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "base/result.h"

using SSL = struct ssl_st;
using SSL_CTX = struct ssl_ctx_st;

namespace tally {

struct TlsFiles {
  std::filesystem::path certificate;  // PEM, the server's first, then those it is signed by
  std::filesystem::path key;          // PEM
};

class TlsSession {
 public:
  explicit TlsSession(SSL* ssl) : ssl_(ssl) {}
  ~TlsSession();
  TlsSession(const TlsSession&) = delete;
  TlsSession& operator=(const TlsSession&) = delete;

  // As recv(2) and send(2) on a socket that does not block: EAGAIN is to be tried again whenever
  // epoll has news of the socket, whatever the direction. The handshake happens in here.
  ssize_t receive(char* to, std::size_t size);
  ssize_t transmit(std::string_view bytes);
  // Tells the peer that nothing more will be sent.
  void end();

 private:
  ssize_t outcome(int returned);
  SSL* ssl_;
  bool broken_ = false;
};

class TlsContext {
 public:
  static Result<std::unique_ptr<TlsContext>> load(TlsFiles files);
  ~TlsContext();
  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;

  // The server's side of a connection on the socket `fd`; null when memory is short.
  std::unique_ptr<TlsSession> accept(int fd) const;

  // Takes the files up again when they have changed since they were last looked at, or `anyway`.
  void refresh(bool anyway = false);

 private:
  explicit TlsContext(TlsFiles files) : files_(std::move(files)) {}
  std::string file_times() const;

  const TlsFiles files_;
  std::string seen_times_;  // refresh()'s only
  mutable std::mutex mutex_;
  SSL_CTX* context_ = nullptr;
};

}  // namespace tally
