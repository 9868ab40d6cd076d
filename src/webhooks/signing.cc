// SPDX-License-Identifier: Apache-2.0
#include "webhooks/signing.h"

#include <fmt/format.h>
#include <sodium.h>

#include <array>
#include <span>

#include "base/encoding.h"
#include "base/text.h"

namespace tally {
namespace {

std::span<const unsigned char> bytes_of(std::string_view text) {
  return {reinterpret_cast<const unsigned char*>(text.data()), text.size()};
}

using Sum = std::array<unsigned char, crypto_auth_hmacsha256_BYTES>;

Sum hmac_sha256(std::string_view key, std::string_view text) {
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, bytes_of(key).data(), key.size());
  crypto_auth_hmacsha256_update(&state, bytes_of(text).data(), text.size());
  Sum sum{};
  crypto_auth_hmacsha256_final(&state, sum.data());
  return sum;
}

// The bytes behind "whsec_" or "whsk_".
std::string key_of(std::string_view secret) {
  secret.remove_prefix(std::min(secret.size(), secret.find('_') + 1));
  return from_base64(secret).value_or("");
}

// One signature, "v1,…" or "v1a,…"; "" for a secret that is none.
std::string signature(std::string_view secret, std::string_view text) {
  const std::string key = key_of(secret);
  if (secret.starts_with("whsec_")) return "v1," + base64(as_text(hmac_sha256(key, text)));
  std::array<unsigned char, crypto_sign_BYTES> signed_text{};
  if (key.size() != crypto_sign_SECRETKEYBYTES) return {};
  crypto_sign_detached(signed_text.data(), nullptr, bytes_of(text).data(), text.size(),
                       bytes_of(key).data());
  return "v1a," + base64(as_text(signed_text));
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
    out.emplace_back("X-Webhook-Signature", hex(as_text(hmac_sha256(webhook.secret, body))));
  return out;
}

}  // namespace tally
