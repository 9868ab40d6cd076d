// SPDX-License-Identifier: Apache-2.0
//
// Does a browser's user agent come from a browser?
//
// Mail scanners and driven browsers copy a browser's words to the letter. What else they send gives
// them away, but no single sign does: people switch off, disguise and rewrite headers, too. So each
// sign has a weight and only their sum is a verdict, `scanner_suspect`, with the names of the signs
// as its reason ("signals:no_language+hints_platform"). The threshold takes a request without a
// language, which every browser sends, and two more contradictions; what is merely missing is never
// enough.
//
// A verdict by signals can be taken back: `suspects: release` of a reclassification judges by the
// user agent alone.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "model/click.h"
#include "model/hit.h"

namespace tally {

struct SignalRow {
  std::string_view name;
  int weight;
};
// All signs, and the sum from which on a hit is suspect.
std::span<const SignalRow> signal_rows();
inline constexpr int kSuspectFrom = 7;

// The reason for which a hit is suspect; nothing when it is not. `head_before`: the same client
// asked for the same link with HEAD a moment ago.
std::optional<std::string> suspicion(const HitView& hit, bool head_before);

// Makes a suspect of a click that its user agent holds for a person with a browser of its own,
// unless the edge has acted on its class.
void judge_by_signals(const HitView& hit, Click& click, bool head_before);

}  // namespace tally
