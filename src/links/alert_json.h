// SPDX-License-Identifier: Apache-2.0
//
// Alerts as JSON: the same names in the API and in events.
#pragma once

#include <string>

#include "base/json_writer.h"
#include "model/alert.h"

namespace tally {

// What a rule asks, as fields of an object that is open: `what`, `interval`, `filters`, and those
// of its kind, null for all others.
void put_alert_question(JsonWriter& out, const AlertRule& rule);
// An object.
void put_alert_evidence(JsonWriter& out, const AlertEvidence& evidence);

// The `data` of an event.
std::string alert_event_data(const AlertRule& rule, const AlertChange& change);

}  // namespace tally
