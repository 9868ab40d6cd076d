// SPDX-License-Identifier: Apache-2.0
#include "links/webhook_secret.h"

#include <sodium.h>

#include <array>
#include <span>

#include "base/check.h"
#include "base/encoding.h"
#include "base/text.h"

namespace tally {
namespace {

constexpr std::size_t kSharedBytes = 24;
constexpr std::string_view kShared = "whsec_", kSecretKey = "whsk_", kPublicKey = "whpk_";

using SecretKey = std::array<unsigned char, crypto_sign_SECRETKEYBYTES>;
using PublicKey = std::array<unsigned char, crypto_sign_PUBLICKEYBYTES>;

std::string with_base64(std::string_view prefix, std::span<const unsigned char> bytes) {
  return std::string(prefix) + base64(as_text(bytes));
}

std::string make_secret_key(Random& random) {
  std::array<unsigned char, crypto_sign_SEEDBYTES> seed{};
  random.fill(std::as_writable_bytes(std::span(seed)));
  PublicKey known{};
  SecretKey secret{};
  CHECK(crypto_sign_seed_keypair(known.data(), secret.data(), seed.data()) == 0);
  return with_base64(kSecretKey, secret);
}

}  // namespace

std::string make_webhook_secret(Random& random, WebhookSignature signature) {
  if (signature == WebhookSignature::ed25519) return make_secret_key(random);
  std::array<unsigned char, kSharedBytes> bytes{};
  random.fill(std::as_writable_bytes(std::span(bytes)));
  return with_base64(kShared, bytes);
}

std::string webhook_public_key(std::string_view secret) {
  if (!secret.starts_with(kSecretKey)) return {};
  secret.remove_prefix(kSecretKey.size());
  const auto key = from_base64(secret);
  if (!key || key->size() != crypto_sign_SECRETKEYBYTES) return {};
  PublicKey known{};
  CHECK(crypto_sign_ed25519_sk_to_pk(known.data(),
                                     reinterpret_cast<const unsigned char*>(key->data())) == 0);
  return with_base64(kPublicKey, known);
}

}  // namespace tally
