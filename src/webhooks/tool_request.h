// SPDX-License-Identifier: Apache-2.0
//
// Clicks as analytics tools take them.
//
//   segment    the HTTP Tracking API's /v1/batch: "track" events
//   amplitude  the HTTP API V2
//   mixpanel   /import with strict=1
//
// An event has an id by which each of them drops what comes twice, and the properties that
// receivers of webhooks know, under the same names; what a tool has a name of its own for is there
// under that as well. Who clicked is a hash that no other webhook has, and that changes every UTC
// day as the visitor does: nobody can be followed with it for longer than with us.
//
// Events wait as a JSON array. The tool's key is put around them as they are sent, so that it is
// in no table or log, and a new one counts for what waits. Pure.
#pragma once

#include <string>
#include <string_view>

#include "http/outgoing.h"
#include "webhooks/event_body.h"

namespace tally {

// Of a webhook that is for a tool, as everywhere here.
std::string tool_click(const Webhook& webhook, const Click& click, const ClickContext& context);
// What the button "test" sends: an event of a name of its own.
std::string tool_test(const Webhook& webhook, UnixMillis now);

// `text` without the tool's key, which an answer may repeat.
std::string without_key(const Webhook& webhook, std::string text);

// Completes `request`, whose body is an array of the events above.
void address_to_tool(const Webhook& webhook, OutgoingRequest& request);

}  // namespace tally
