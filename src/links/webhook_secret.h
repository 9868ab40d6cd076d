// SPDX-License-Identifier: Apache-2.0
//
// What a webhook's requests are signed with, in the texts of Standard Webhooks.
//
// hmac: "whsec_" and 24 random bytes in base64, known to both sides. ed25519: "whsk_" and the 64
// bytes of a secret key, which only signs; whoever checks needs the public key, "whpk_" and its 32
// bytes. Unlike keys that are shown to us (secrets.h) these are needed as they are for each
// request, so they are stored as they are: in a file for its owner only, out of logs and listings.
#pragma once

#include <string>
#include <string_view>

#include "base/random.h"
#include "model/webhook.h"

namespace tally {

std::string make_webhook_secret(Random& random, WebhookSignature signature);

// "whpk_…" of "whsk_…"; "" for what is no such secret.
std::string webhook_public_key(std::string_view secret);

}  // namespace tally
