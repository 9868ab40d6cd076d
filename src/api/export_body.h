// SPDX-License-Identifier: Apache-2.0
//
// What an export writes, for whoever takes it away: an answer over HTTP, or a scheduled file. All
// hits of a question, or all rows of a breakdown or series. Single hits are made while they are
// taken, so that memory does not depend on how many there are.
#pragma once

#include <semaphore>

#include "api/stats_query.h"
#include "clicks/click_store.h"
#include "links/link_store.h"
#include "model/click_id.h"
#include "pipeline/export_file.h"

namespace tally {

// So many exports are written at one time. One in Parquet keeps the store busy until it is written.
struct ExportPlaces {
  std::counting_semaphore<> all{4}, parquet{1};
};

struct ExportSources {
  ClickStore& clicks;
  LinkStore& links;
  ExportPlaces& places;
  ClickIdCodec::Key click_id_key{};
};

// What an export may be asked.
inline constexpr StatsAccepts kExportAccepts{
    .interval = true, .by = true, .default_limit = 0, .max_limit = 0, .raw = true};

// What to write; `query` as the store takes it.
struct ExportQuestion {
  ExportFormat format = ExportFormat::csv;
  ExportShape shape;
  StatsQuery query;
  TimeZone zone = TimeZone::utc();
};

// What the rows are, as files are named for: "clicks", "breakdown", "timeseries".
std::string_view content_of(const ExportShape& shape);

// Refused as malformed where `by` and time are asked for together.
Result<void> check_shape(const ExportShape& shape);

// The first rows are read at once, so that a store that cannot be asked is an error and not a
// cut-off file. `unavailable` when there is no place. What is named must outlive the body.
Result<ExportBody> open_export(const ExportSources& sources, const ExportQuestion& question);

// The same for a schedule's period.
Result<ExportBody> open_export(const ExportSources& sources, const ExportSchedule& schedule,
                               TimeRange range, const TimeZone& zone);

}  // namespace tally
