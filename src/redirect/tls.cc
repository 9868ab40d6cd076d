// SPDX-License-Identifier: Apache-2.0
#include "redirect/tls.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>

#include "base/log.h"

namespace tally {
namespace {

std::string last_error() {
  std::array<char, 256> text{};
  ERR_error_string_n(ERR_peek_last_error(), text.data(), text.size());
  ERR_clear_error();
  return text.data();
}

int choose_protocol(SSL* /*ssl*/, const unsigned char** chosen, unsigned char* size,
                    const unsigned char* offered, unsigned offered_size, void* /*unused*/) {
  constexpr std::string_view kHttp = "\x08http/1.1";
  unsigned char* out = nullptr;
  const int found =
      SSL_select_next_proto(&out, size, reinterpret_cast<const unsigned char*>(kHttp.data()),
                            static_cast<unsigned>(kHttp.size()), offered, offered_size);
  *chosen = out;
  return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

Result<SSL_CTX*> make_context(const TlsFiles& files) {
  const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> made(SSL_CTX_new(TLS_server_method()),
                                                               &SSL_CTX_free);
  SSL_CTX* const context = made.get();
  if (context == nullptr) return fail(ErrorCode::unavailable, "TLS: " + last_error());
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_options(
      context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);  // tickets need no memory here
  SSL_CTX_set_num_tickets(context, 1);
  SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
  ERR_clear_error();
  if (SSL_CTX_use_certificate_chain_file(context, files.certificate.c_str()) != 1)
    return fail(ErrorCode::invalid,
                fmt::format("links.tls_certificate '{}' is no certificate that can be read: {}",
                            files.certificate.string(), last_error()));
  if (SSL_CTX_use_PrivateKey_file(context, files.key.c_str(), SSL_FILETYPE_PEM) != 1)
    return fail(ErrorCode::invalid,
                fmt::format("links.tls_key '{}' is no key of that certificate: {}",
                            files.key.string(), last_error()));
  SSL_CTX_up_ref(context);
  return context;
}

}  // namespace

TlsSession::~TlsSession() { SSL_free(ssl_); }

ssize_t TlsSession::outcome(int returned) {
  if (returned > 0) return returned;
  switch (SSL_get_error(ssl_, returned)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
      errno = EAGAIN;
      return -1;
    case SSL_ERROR_ZERO_RETURN:
      return 0;
    default:
      broken_ = true;
      ERR_clear_error();
      errno = ECONNRESET;
      return -1;
  }
}

ssize_t TlsSession::receive(char* to, std::size_t size) {
  return outcome(SSL_read(ssl_, to, static_cast<int>(size)));
}

ssize_t TlsSession::transmit(std::string_view bytes) {
  constexpr std::size_t kMost = std::numeric_limits<int>::max();
  return outcome(SSL_write(ssl_, bytes.data(), static_cast<int>(std::min(bytes.size(), kMost))));
}

void TlsSession::end() {
  if (broken_ || SSL_in_init(ssl_) != 0) return;
  SSL_shutdown(ssl_);
  ERR_clear_error();
}

Result<std::unique_ptr<TlsContext>> TlsContext::load(TlsFiles files) {
  std::unique_ptr<TlsContext> out(new TlsContext(std::move(files)));
  out->seen_times_ = out->file_times();
  TRY_ASSIGN(out->context_, make_context(out->files_));
  return out;
}

TlsContext::~TlsContext() { SSL_CTX_free(context_); }

std::unique_ptr<TlsSession> TlsContext::accept(int fd) const {
  const std::lock_guard lock(mutex_);
  SSL* const ssl = SSL_new(context_);
  if (ssl == nullptr || SSL_set_fd(ssl, fd) != 1) {
    SSL_free(ssl);
    ERR_clear_error();
    return nullptr;
  }
  SSL_set_accept_state(ssl);
  return std::make_unique<TlsSession>(ssl);
}

std::string TlsContext::file_times() const {
  std::string out;
  for (const auto& path : {files_.certificate, files_.key}) {
    struct stat found{};
    if (::stat(path.c_str(), &found) == 0)
      out += fmt::format("{}.{} {} {};", found.st_mtim.tv_sec, found.st_mtim.tv_nsec, found.st_ino,
                         found.st_size);
  }
  return out;
}

void TlsContext::refresh(bool anyway) {
  std::string times = file_times();
  if (times == seen_times_ && !anyway) return;
  seen_times_ = std::move(times);
  const auto made = make_context(files_);
  if (!made) return log_error("the old certificate stays: {}", made.error().line());
  SSL_CTX* old = *made;
  {
    const std::lock_guard lock(mutex_);
    std::swap(old, context_);
  }
  SSL_CTX_free(old);
  log_info("a new certificate is in use");
}

}  // namespace tally
