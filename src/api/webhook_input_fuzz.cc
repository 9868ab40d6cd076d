// SPDX-License-Identifier: Apache-2.0
// Any bytes as a webhook, a change of one, a rotation or a replay: in bounds, or refused by name.
#include <cstdint>

#include "api/webhook_input.h"
#include "base/check.h"

namespace {

void check_webhook(const tally::Webhook& webhook) {
  CHECK(!webhook.url.empty() && webhook.url.size() <= 2048 && !webhook.events.empty());
  CHECK(webhook.filter.links.size() <= tally::kMaxWebhookFilter);
  CHECK(webhook.filter.campaigns.size() <= tally::kMaxWebhookFilter);
  // A tool's key goes into a header.
  if (webhook.is_for_tool())
    CHECK(!webhook.secret.empty() && webhook.secret.find_first_of("\r\n ") == std::string::npos);
  // Campaigns are stored one a line.
  for (const std::string& campaign : webhook.filter.campaigns)
    CHECK(!campaign.empty() && campaign.find('\n') == std::string::npos);
}

void check_refusal(const tally::Error& error) {
  CHECK(!error.slug.empty());
  CHECK(error.code == tally::ErrorCode::malformed || !error.field.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto made = tally::read_webhook(text);
  made ? check_webhook(*made) : check_refusal(made.error());
  tally::Webhook patched;
  patched.name = "n";
  patched.url = "https://a.example/";
  patched.events = {tally::EventKind::link_clicked};
  const auto changed = tally::patch_webhook(patched, text);
  changed ? check_webhook(patched) : check_refusal(changed.error());
  const auto overlap = tally::read_webhook_rotation(text);
  if (overlap) CHECK(*overlap >= 0 && *overlap <= tally::kMaxWebhookSecretOverlap);
  const auto replay = tally::read_webhook_replay(text);
  if (replay)
    CHECK(!replay->event_id.empty() || replay->range.from < replay->range.to);
  else
    check_refusal(replay.error());
  return 0;
}
