// SPDX-License-Identifier: Apache-2.0
//
// User-agent client hints (https://wicg.github.io/ua-client-hints/), merged over what the user
// agent said. Chromium has frozen its user agent: Windows says 10 for 11, Android says "10; K". The
// hints tell the rest where a browser sends them (over HTTPS, the detailed ones from the second
// click on).
#pragma once

#include <string>
#include <string_view>

#include "enrich/agent_reader.h"
#include "model/click.h"
#include "model/hit.h"

namespace tally {

// The device type after the hints, where the user agent alone said `told`.
Device device_with_hints(const HitView& hit, const AgentRules& rules, Platform platform,
                         Device told);

// Changes `click`'s os_version, browser, browser_version, in_app and device where a hint knows
// better. Returns what was changed, for `explain`; "" for nothing. Broken hints change nothing.
std::string merge_client_hints(const HitView& hit, const AgentRules& rules, Click& click);

}  // namespace tally
