// SPDX-License-Identifier: Apache-2.0
#include "webhooks/signing.h"

#include <fmt/format.h>
#include <sodium.h>

#include <array>
#include <span>

#include "base/text.h"

namespace tally {
namespace {

constexpr int kBase64 = sodium_base64_VARIANT_ORIGINAL;
constexpr std::size_t kMostKey = 512;

std::span<const unsigned char> bytes_of(std::string_view text) {
  return {reinterpret_cast<const unsigned char*>(text.data()), text.size()};
}

std::string_view text_of(std::span<const unsigned char> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

using Sum = std::array<unsigned char, crypto_auth_hmacsha256_BYTES>;

Sum hmac_sha256(std::span<const unsigned char> key, std::string_view text) {
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, key.data(), key.size());
  crypto_auth_hmacsha256_update(&state, bytes_of(text).data(), text.size());
  Sum sum{};
  crypto_auth_hmacsha256_final(&state, sum.data());
  return sum;
}

// The bytes behind "whsec_" or "whsk_".
std::vector<unsigned char> key_of(std::string_view secret) {
  secret.remove_prefix(std::min(secret.size(), secret.find('_') + 1));
  std::vector<unsigned char> key(kMostKey);
  std::size_t size = 0;
  if (sodium_base642bin(key.data(), key.size(), secret.data(), secret.size(), nullptr, &size,
                        nullptr, kBase64) != 0)
    size = 0;
  key.resize(size);
  return key;
}

// One signature, "v1,…" or "v1a,…"; "" for a secret that is none.
std::string signature(std::string_view secret, std::string_view text) {
  const std::vector<unsigned char> key = key_of(secret);
  if (secret.starts_with("whsec_")) return "v1," + base64(text_of(hmac_sha256(key, text)));
  std::array<unsigned char, crypto_sign_BYTES> signed_text{};
  if (key.size() != crypto_sign_SECRETKEYBYTES) return {};
  crypto_sign_detached(signed_text.data(), nullptr, bytes_of(text).data(), text.size(), key.data());
  return "v1a," + base64(text_of(signed_text));
}

std::string hex(std::span<const unsigned char> bytes) {
  std::string text(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
  text.pop_back();
  return text;
}

}  // namespace

WebhookHeaders signed_headers(const Webhook& webhook, std::string_view id, std::string_view event,
                              std::string_view body, UnixMillis now) {
  const std::string timestamp = std::to_string(now / kMillisPerSecond);
  const std::string text = fmt::format("{}.{}.{}", id, timestamp, body);
  std::string signatures = signature(webhook.secret, text);
  if (!webhook.previous_secret.empty() && now < webhook.previous_until)
    signatures += " " + signature(webhook.previous_secret, text);
  WebhookHeaders out = {{"Content-Type", "application/json"},
                        {"webhook-id", std::string(id)},
                        {"webhook-timestamp", timestamp},
                        {"webhook-signature", signatures},
                        {"X-Webhook-Event", std::string(event)}};
  if (webhook.signature == WebhookSignature::hmac)
    out.emplace_back("X-Webhook-Signature", hex(hmac_sha256(bytes_of(webhook.secret), body)));
  return out;
}

}  // namespace tally
