// SPDX-License-Identifier: Apache-2.0
// Outgoing requests over TLS: to whoever proves to be the host that was meant, and to nobody else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <atomic>
#include <cstdio>
#include <memory>
#include <string>

#include "base/test_folder.h"
#include "http/outgoing.h"
#include "http/outgoing_fixture.h"

namespace tally {
namespace {

using testing::HasSubstr;

template <auto kFree>
struct Free {
  template <class T>
  void operator()(T* object) const {
    kFree(object);
  }
};

// A certificate for 127.0.0.1 and "receiver.example", signed by itself.
struct Identity {
  std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>> key{EVP_EC_gen("P-256")};
  std::unique_ptr<X509, Free<X509_free>> certificate{X509_new()};

  explicit Identity(long valid_for_seconds) {
    X509* const x = certificate.get();
    X509_set_version(x, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(x), 1);
    X509_gmtime_adj(X509_getm_notBefore(x), -7200);
    X509_gmtime_adj(X509_getm_notAfter(x), valid_for_seconds);
    X509_set_pubkey(x, key.get());
    X509_NAME* const name = X509_get_subject_name(x);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("receiver"), -1, -1, 0);
    X509_set_issuer_name(x, name);
    const std::unique_ptr<X509_EXTENSION, Free<X509_EXTENSION_free>> names(X509V3_EXT_conf_nid(
        nullptr, nullptr, NID_subject_alt_name, "DNS:receiver.example,IP:127.0.0.1"));
    X509_add_ext(x, names.get(), -1);
    CHECK(X509_sign(x, key.get(), EVP_sha256()) > 0);
  }
  void write(const std::filesystem::path& path) const {
    std::FILE* const file = std::fopen(path.c_str(), "w");
    CHECK(file != nullptr && PEM_write_X509(file, certificate.get()) == 1);
    std::fclose(file);
  }
};

class OutgoingTlsTest : public testing::Test {
 protected:
  void serve(long valid_for_seconds = 7200) {
    identity_ = std::make_unique<Identity>(valid_for_seconds);
    identity_->write(ca_);
    SSL_CTX_use_certificate(context_.get(), identity_->certificate.get());
    SSL_CTX_use_PrivateKey(context_.get(), identity_->key.get());
    receiver_ = std::make_unique<ReceiverFake>([this](ReceiverFake::Connection& connection) {
      const std::unique_ptr<SSL, Free<SSL_free>> tls(SSL_new(context_.get()));
      SSL_set_fd(tls.get(), connection.fd());
      if (SSL_accept(tls.get()) != 1) return;
      char request[16 << 10];
      while (SSL_read(tls.get(), request, sizeof request) > 0) {
        ++requests_;
        constexpr std::string_view kAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        SSL_write(tls.get(), kAnswer.data(), static_cast<int>(kAnswer.size()));
      }
    });
  }
  OutgoingOptions trusting() const {
    OutgoingOptions options = loopback();
    options.ca = ca_;
    options.resolve = [this] {
      const std::string there = ":" + std::to_string(receiver_->port()) + ":127.0.0.1";
      return std::vector<std::string>{"receiver.example" + there, "other.example" + there};
    };
    return options;
  }
  OutgoingRequest post_to(std::string_view host) const {
    return post("https://" + receiver_->url(host).substr(7));
  }

  TestFolder folder_;
  std::filesystem::path ca_ = folder_.path() / "ca.pem";
  std::unique_ptr<SSL_CTX, Free<SSL_CTX_free>> context_{SSL_CTX_new(TLS_server_method())};
  std::unique_ptr<Identity> identity_;
  std::atomic<int> requests_ = 0;
  std::unique_ptr<ReceiverFake> receiver_;
};

TEST_F(OutgoingTlsTest, GoesToWhoProvesToBeTheHost) {
  serve();
  Outgoing outgoing(trusting());
  for (int i = 0; i < 10; ++i) {
    for (const char* host : {"127.0.0.1", "receiver.example"}) {
      const OutgoingAnswer answer = ask(outgoing, post_to(host));
      EXPECT_EQ(answer.status, 200) << answer.error;
      EXPECT_EQ(answer.body, "ok");
    }
  }
  EXPECT_EQ(receiver_->connections(), 2);
}

TEST_F(OutgoingTlsTest, SaysNothingToAnybodyElse) {
  serve();
  Outgoing outgoing(trusting());
  const OutgoingAnswer other = ask(outgoing, post_to("other.example"));
  EXPECT_THAT(other.error, HasSubstr("SSL"));
  Outgoing of_the_system(loopback());
  const OutgoingAnswer unknown = ask(of_the_system, post_to("127.0.0.1"));
  EXPECT_THAT(unknown.error, HasSubstr("self-signed certificate"));
  EXPECT_EQ(unknown.status, 0);
  EXPECT_EQ(requests_, 0);
}

TEST_F(OutgoingTlsTest, SaysNothingToACertificateOfThePast) {
  serve(-3600);
  Outgoing outgoing(trusting());
  EXPECT_THAT(ask(outgoing, post_to("127.0.0.1")).error, HasSubstr("certificate has expired"));
  EXPECT_EQ(requests_, 0);
}

TEST_F(OutgoingTlsTest, SaysNothingOverLessThanTls12) {
  SSL_CTX_set_security_level(context_.get(), 0);
  SSL_CTX_set_max_proto_version(context_.get(), TLS1_1_VERSION);
  serve();
  Outgoing outgoing(trusting());
  EXPECT_NE(ask(outgoing, post_to("127.0.0.1")).error, "");
  EXPECT_EQ(requests_, 0);
}

TEST_F(OutgoingTlsTest, AnHttpReceiverIsNoTlsReceiver) {
  const ReceiverFake plain([](ReceiverFake::Connection& connection) {
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    connection.wait_for_close();
  });
  Outgoing outgoing(loopback());
  EXPECT_NE(ask(outgoing, post("https://" + plain.url().substr(7))).error, "");
}

}  // namespace
}  // namespace tally
