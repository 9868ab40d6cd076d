// SPDX-License-Identifier: Apache-2.0
//
// The headers by which a receiver knows that a request is ours, whole, and new.
//
// webhook-id, -timestamp and -signature are Standard Webhooks' (https://www.standardwebhooks.com):
// "v1," and the HMAC-SHA256 of "id.timestamp.body" under the bytes of the secret, or "v1a," and the
// Ed25519 signature of the same; two while a secret is being replaced. X-Webhook-Signature is for
// receivers with five lines of code: the HMAC-SHA256 of the body under the secret's text, in hex.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "model/webhook.h"

namespace tally {

using WebhookHeaders = std::vector<std::pair<std::string, std::string>>;

// Of a request with that webhook-id, made at `now`. `event` is the name of what it tells.
WebhookHeaders signed_headers(const Webhook& webhook, std::string_view id, std::string_view event,
                              std::string_view body, UnixMillis now);

}  // namespace tally
