// SPDX-License-Identifier: Apache-2.0
//
// Schedules of exports as JSON comes in. Pure; openapi.json says what each field means. What they
// ask is read as the parameters of an export are.
#pragma once

#include <string_view>

#include "base/result.h"
#include "model/export_schedule.h"

namespace tally {

// `from` is read in `zone`; without it the last period that is over at `now` is the first.
Result<ExportSchedule> read_export_schedule(std::string_view body, UnixMillis now,
                                            const TimeZone& zone);
// A merge-patch; format, period and beginning stay.
Result<void> patch_export_schedule(ExportSchedule& schedule, std::string_view body);

}  // namespace tally
