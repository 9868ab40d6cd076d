// SPDX-License-Identifier: Apache-2.0
//
// The counts behind an experiment, day by day of the zone that the workspace reports in, from the
// stores.
//
// Variants are counted from the moment that the experiment begins to the moment that it ends.
// Links are counted in whole days, from the one it begins on to the one it ends on, because that is
// what their impressions belong to.
#pragma once

#include "api/call.h"
#include "api/experiment_report.h"

namespace tally {

// Up to `now`; a look at nothing for an experiment that has not begun.
Result<ExperimentLooks> take_looks(Api& api, const ExperimentSetup& setup, UnixMillis now);

}  // namespace tally
