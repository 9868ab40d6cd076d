// SPDX-License-Identifier: Apache-2.0
//
// Alerts as JSON comes in. Pure; openapi.json says what each field means. How they go out is in
// links/alert_json.h, since events say the same.
#pragma once

#include <string_view>

#include "base/result.h"
#include "model/alert.h"

namespace tally {

Result<AlertRule> read_alert_rule(std::string_view body);
// A merge-patch; what kind of alert it is stays.
Result<void> patch_alert_rule(AlertRule& rule, std::string_view body);

}  // namespace tally
