// SPDX-License-Identifier: Apache-2.0
//
// Which clicks and conversions a webhook asks for. Pure.
#pragma once

#include "links/outbox.h"
#include "model/click.h"
#include "model/webhook.h"

namespace tally {

// A headline hit of its workspace, with a link, that its filter means.
bool wants(const Webhook& webhook, const Click& click);

// An event of its workspace and of a kind that it asks for. Its filter is for conversions, and does
// not mean one whose data say nothing of link, traffic and campaign.
bool wants(const Webhook& webhook, const OutboxEvent& event);

}  // namespace tally
