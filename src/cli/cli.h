// SPDX-License-Identifier: Apache-2.0
//
// The command line: which verbs there are and what they take. Each verb's work is elsewhere.
#pragma once

namespace tally {

// The exit code: 0 done, 1 failed with one line on stderr, 2 wrong usage.
int run_cli(int argc, char** argv);

}  // namespace tally
