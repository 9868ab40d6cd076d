// SPDX-License-Identifier: Apache-2.0
#include "webhooks/signing.h"

#include <gtest/gtest.h>
#include <sodium.h>

#include "base/encoding.h"
#include "base/random.h"
#include "links/webhook_secret.h"

namespace tally {
namespace {

std::string header(const WebhookHeaders& headers, std::string_view name) {
  for (const auto& [key, value] : headers)
    if (key == name) return value;
  return {};
}

// The example of the Standard Webhooks specification's test vectors.
TEST(Signing, SignsAsStandardWebhooksDoes) {
  Webhook webhook;
  webhook.secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const auto headers = signed_headers(webhook, "msg_p5jXN8AQM9LWM0D4loKWxJek", "test",
                                      R"({"test": 2432232314})", 1'614'265'330'000);
  EXPECT_EQ(header(headers, "webhook-timestamp"), "1614265330");
  EXPECT_EQ(header(headers, "webhook-signature"),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  EXPECT_EQ(header(headers, "X-Webhook-Event"), "test");
  EXPECT_EQ(header(headers, "X-Webhook-Signature").size(), 64u);
}

TEST(Signing, TwoSecretsSignWhileOneIsReplaced) {
  SeededRandom random(3);
  Webhook webhook;
  webhook.secret = make_webhook_secret(random, WebhookSignature::hmac);
  webhook.previous_secret = make_webhook_secret(random, WebhookSignature::hmac);
  webhook.previous_until = 2'000;
  const auto signatures = [&](UnixMillis now) {
    return header(signed_headers(webhook, "a", "test", "{}", now), "webhook-signature");
  };
  EXPECT_EQ(signatures(1'999).size(), 2 * signatures(2'000).size() + 1);
  EXPECT_TRUE(signatures(1'999).starts_with(signatures(1'000).substr(0, 47)));
}

TEST(Signing, Ed25519NeedsThePublicKeyOnly) {
  SeededRandom random(3);
  Webhook webhook;
  webhook.signature = WebhookSignature::ed25519;
  webhook.secret = make_webhook_secret(random, WebhookSignature::ed25519);
  const auto headers = signed_headers(webhook, "msg_1", "test", "{}", 5'000);
  EXPECT_EQ(header(headers, "X-Webhook-Signature"), "");
  const auto bytes = [](std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
  };
  const std::string text = header(headers, "webhook-signature");
  ASSERT_TRUE(text.starts_with("v1a,"));
  const auto known = from_base64(webhook_public_key(webhook.secret).substr(5));
  const auto signature = from_base64(std::string_view(text).substr(4));
  ASSERT_TRUE(known && signature);
  ASSERT_EQ(known->size(), crypto_sign_PUBLICKEYBYTES);
  ASSERT_EQ(signature->size(), crypto_sign_BYTES);
  const std::string message = "msg_1.5.{}";
  EXPECT_EQ(
      crypto_sign_verify_detached(bytes(*signature), bytes(message), message.size(), bytes(*known)),
      0);
}

}  // namespace
}  // namespace tally
