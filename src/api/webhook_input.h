// SPDX-License-Identifier: Apache-2.0
//
// Webhooks as JSON comes in. Pure; openapi.json says what each field means.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "model/webhook.h"

namespace tally {

Result<Webhook> read_webhook(std::string_view body);
// A merge-patch, of the filter too; what its requests are signed with stays.
Result<void> patch_webhook(Webhook& webhook, std::string_view body);

// How long the secret that is replaced signs as well.
Result<UnixMillis> read_webhook_rotation(std::string_view body);

// One event by its id, or the dead letters of a range of time.
struct WebhookReplay {
  std::string event_id;  // "": the range is meant
  TimeRange range;
};
Result<WebhookReplay> read_webhook_replay(std::string_view body);

}  // namespace tally
