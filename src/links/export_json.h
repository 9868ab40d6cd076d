// SPDX-License-Identifier: Apache-2.0
//
// Scheduled exports as JSON: the same names in the API and in events.
#pragma once

#include <string>

#include "base/json_writer.h"
#include "model/export_schedule.h"

namespace tally {

// What a schedule asks, as fields of an object that is open: `format`, `period`, `by`, `interval`,
// `traffic`, `filters` and `raw`.
void put_export_question(JsonWriter& out, const ExportSchedule& schedule);
// What a finished file is, likewise; nulls for none.
void put_exported_file(JsonWriter& out, const ExportedFile* file);

// All that is told of a file, as an object. `anew`: there was a file of the period before.
void put_export_event(JsonWriter& out, const ExportSchedule& schedule, const ExportRun& run,
                      const ExportedFile& file, bool anew);
// The same as the `data` of an event.
std::string export_event_data(const ExportSchedule& schedule, const ExportRun& run,
                              const ExportedFile& file, bool anew);

}  // namespace tally
