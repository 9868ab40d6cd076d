// SPDX-License-Identifier: Apache-2.0
//
// A re-run of the traffic classes, as it is kept in one small file so that a restart finishes what
// was begun. Layout in docs/formats/reclassify.md.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "base/result.h"
#include "model/ids.h"
#include "model/kinds.h"
#include "model/stats_query.h"

namespace tally {

struct ReclassifyTag {
  static constexpr std::string_view kPrefix = "rcl_";
};
using ReclassifyId = Id<ReclassifyTag>;

// waiting: for hits that were received before it began. planning: reading; nothing has changed yet.
// applying: `by` is known and the store is changing rows.
enum class JobState : std::uint8_t { waiting, planning, applying, done, failed };
inline constexpr std::array<std::string_view, 5> kJobStateNames = {"waiting", "planning",
                                                                   "applying", "done", "failed"};
constexpr std::string_view to_text(JobState v) {
  return kJobStateNames[static_cast<std::size_t>(v)];
}
constexpr bool is_over(JobState v) { return v == JobState::done || v == JobState::failed; }

struct ReclassifyRequest {
  WorkspaceId workspace;
  TimeRange range;
  std::optional<LinkId> link;
  bool release_suspects = false;
  bool dry_run = false;
};

struct ReclassifyChange {
  Traffic from = Traffic::human;
  std::string from_reason;
  Traffic to = Traffic::human;
  std::string to_reason;
  std::uint64_t hits = 0;
  friend bool operator==(const ReclassifyChange&, const ReclassifyChange&) = default;
};

struct ReclassifyJob {
  ReclassifyId id;
  ReclassifyRequest request;
  JobState state = JobState::waiting;
  UnixMillis created_at = 0;
  std::optional<UnixMillis> finished_at;
  bool resumed = false;              // it was cut off by a restart and went on
  std::uint64_t examined = 0;        // hits that were judged again
  std::vector<ReclassifyChange> by;  // most hits first
  std::vector<std::int64_t> days;    // UTC days that have changes
  std::vector<LinkId> kept_links;    // while it applies: their hits stay as they are
  std::string error;                 // of a failed job

  std::uint64_t changed() const;
};

// A day whose first clicks are to be worked out once more, when it is over for good.
struct OpenDay {
  WorkspaceId workspace;
  std::int64_t day = 0;
  friend auto operator<=>(const OpenDay&, const OpenDay&) = default;
};

struct ReclassifyState {
  std::vector<ReclassifyJob> jobs;  // the last few, newest last
  std::vector<OpenDay> open_days;
};

std::string encode_reclassify_state(const ReclassifyState& state);
Result<ReclassifyState> decode_reclassify_state(std::string_view bytes);

// The state in `path`; a fresh one when there is no such file.
Result<ReclassifyState> load_reclassify_state(Files& files, const std::filesystem::path& path);

}  // namespace tally
