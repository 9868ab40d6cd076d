// SPDX-License-Identifier: Apache-2.0
//
// A file that is to be written whenever an hour, day, week or month is over, and the runs that
// write it.
//
// A schedule says what an export says but for the range. A run is of one period: there is one for
// each that is due, from when it is found to be over until long after its file is gone, so that no
// period is ever written down twice.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/closed_period.h"
#include "model/export_bucket.h"
#include "model/ids.h"
#include "model/stats_query.h"

namespace tally {

using ExportId = Id<struct ExportTag>;
struct ExportTag {
  static constexpr std::string_view kPrefix = "exp_";
};
using ExportRunId = Id<struct ExportRunTag>;
struct ExportRunTag {
  static constexpr std::string_view kPrefix = "exr_";
};

// The names are the endings of files as well.
enum class ExportFormat : std::uint8_t { csv, ndjson, parquet };
inline constexpr std::array<std::string_view, 3> kExportFormatNames = {"csv", "ndjson", "parquet"};
constexpr std::string_view to_text(ExportFormat v) {
  return kExportFormatNames[static_cast<std::size_t>(v)];
}

// As Content-Type has it.
constexpr std::string_view media_type(ExportFormat format) {
  return format == ExportFormat::csv      ? "text/csv; charset=utf-8; header=present"
         : format == ExportFormat::ndjson ? "application/x-ndjson"
                                          : "application/vnd.apache.parquet";
}

// What the rows of an export are: single hits, the values of a dimension, or points in time.
struct ExportShape {
  std::optional<Dimension> by;
  bool by_time = false;              // not together with `by`
  std::optional<Interval> interval;  // when by time; none: whatever gives a readable chart
  bool raw = false;                  // cells of CSV are as they are, formulas included
  friend bool operator==(const ExportShape&, const ExportShape&) = default;
};

inline constexpr std::size_t kMaxExportName = 200;  // bytes
inline constexpr std::uint32_t kMaxExportsKept = 1'000;
// A file that waits for its upload stays beyond what is kept, but not beyond so many.
inline constexpr std::uint32_t kMaxUploadsWaiting = 1'000;

// What became of a schedule so far.
struct ExportStanding {
  std::uint64_t files = 0;      // that are there
  std::uint64_t waiting = 0;    // periods that are to be written
  std::uint64_t passed_by = 0;  // periods that were too many to make up for
  std::string error;            // of a waiting one
  UploadStanding uploads;
  friend bool operator==(const ExportStanding&, const ExportStanding&) = default;
};

struct ExportSchedule {
  ExportId id;
  WorkspaceId workspace;
  std::string name;
  ExportFormat format = ExportFormat::csv;
  PeriodKind period = PeriodKind::daily;
  TrafficFilter traffic = TrafficFilter::human;
  std::vector<Filter> filters;  // tags among them
  ExportShape shape;
  std::uint32_t keep = 30;  // so many files, the newest
  bool enabled = true;
  std::optional<ExportBucket> bucket;  // where files are put as well
  UnixMillis begins_at = 0;            // the first period is the one that this is in
  UnixMillis planned_to = 0;  // every period that ends before has its run, or was passed by
  UnixMillis created_at = 0;
  UnixMillis updated_at = 0;
  std::uint64_t version = 0;  // grows when it is changed; not when it runs
  ExportStanding standing;    // is only read

  friend bool operator==(const ExportSchedule&, const ExportSchedule&) = default;
};

// waiting: to be written. writing: being written, or it was when the process ended. ready: its file
// is there. removed: its file is gone and does not come back.
enum class ExportRunState : std::uint8_t { waiting, writing, ready, removed };
inline constexpr std::array<std::string_view, 4> kExportRunStateNames = {"waiting", "writing",
                                                                         "ready", "removed"};
constexpr std::string_view to_text(ExportRunState v) {
  return kExportRunStateNames[static_cast<std::size_t>(v)];
}

// Why a file is gone, or is made anew.
enum class ExportRemoval : std::uint8_t { none, not_kept, past_retention, erased };
inline constexpr std::array<std::string_view, 4> kExportRemovalNames = {"", "not_kept",
                                                                        "past_retention", "erased"};
constexpr std::string_view to_text(ExportRemoval v) {
  return kExportRemovalNames[static_cast<std::size_t>(v)];
}

// What a finished file is.
struct ExportedFile {
  std::string name;
  std::uint64_t bytes = 0;
  std::optional<std::uint64_t> rows;  // none where the store wrote the file
  std::string sha256;                 // hex
  bool incomplete = false;            // clicks in its range went unrecorded
  friend bool operator==(const ExportedFile&, const ExportedFile&) = default;
};

struct ExportRun {
  ExportRunId id;
  ExportId schedule;
  ClosedPeriod period;
  ExportRunState state = ExportRunState::waiting;
  ExportRemoval removal = ExportRemoval::none;  // `erased` with a run that is, or was, made anew
  std::uint32_t failures = 0;                   // since it last succeeded
  UnixMillis next_try = 0;                      // while it waits
  std::string error;                            // of the last failure
  UnixMillis started_at = 0, finished_at = 0;   // of what was tried last; 0: never
  ExportedFile file;                            // once it was ready
  ExportUpload upload;
  friend bool operator==(const ExportRun&, const ExportRun&) = default;
};

}  // namespace tally
