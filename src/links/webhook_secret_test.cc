// SPDX-License-Identifier: Apache-2.0
#include "links/webhook_secret.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

TEST(WebhookSecret, OfHmacIs24RandomBytes) {
  SystemRandom random;
  const std::string secret = make_webhook_secret(random, WebhookSignature::hmac);
  EXPECT_TRUE(secret.starts_with("whsec_"));
  EXPECT_EQ(secret.size(), 6u + 32u);
  EXPECT_NE(secret, make_webhook_secret(random, WebhookSignature::hmac));
  EXPECT_EQ(webhook_public_key(secret), "");
}

TEST(WebhookSecret, OfEd25519HasAPublicKey) {
  SystemRandom random;
  const std::string secret = make_webhook_secret(random, WebhookSignature::ed25519);
  EXPECT_TRUE(secret.starts_with("whsk_"));
  EXPECT_EQ(secret.size(), 5u + 88u);
  EXPECT_EQ(webhook_public_key(secret).size(), 5u + 44u);
  EXPECT_NE(secret, make_webhook_secret(random, WebhookSignature::ed25519));
}

TEST(WebhookSecret, ThePublicKeyIsTheOneOfItsSecret) {
  // RFC 8032, section 7.1, test 1: the seed and its public key.
  EXPECT_EQ(webhook_public_key("whsk_nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2DXWpgBgrEKt9VL/tPJ"
                               "ZAc6DuFy89qmIyWvAhpo9wdRGg=="),
            "whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
}

TEST(WebhookSecret, WhatIsNoSecretHasNone) {
  for (const char* text : {"", "whsk_", "whsk_AAAA", "whsk_!", "whsec_AAAA", "whpk_AAAA"})
    EXPECT_EQ(webhook_public_key(text), "") << text;
}

}  // namespace
}  // namespace tally
