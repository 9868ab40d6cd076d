// SPDX-License-Identifier: Apache-2.0
//
// `tallymark explain`: what would this request be counted as, and why?
#pragma once

#include <iosfwd>

#include "enrich/enrich_data.h"

namespace tally {

// Reads one request a line from `in`, as JSON:
//
//   {"ip", "user_agent", "referrer", "url", "headers": {}}
//
// all optional; `headers` may hold any request header (accept-language, sec-ch-ua…, sec-purpose,
// purpose, dnt, sec-gpc, user-agent, referer), and "method" may be HEAD. Writes one line for each
// to `out`: the click as it would be stored, under its stored names without `visitor`, and `why`,
// an object with each step's reason. The code is the pipeline's own; time is 0, the link is made up
// (link_id lnk_1), the outcome `redirected`, and rules that need more than one hit are not applied.
//
// A line that is not such an object is answered in its place by {"error", "line"}; the rest goes
// on. Returns the exit code: 0, or 1 when a line was bad or the rules, an operator's included,
// cannot be loaded (said on stderr).
int run_explain(std::istream& in, std::ostream& out, const DataFiles& files);

}  // namespace tally
