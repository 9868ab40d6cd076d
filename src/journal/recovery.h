// SPDX-License-Identifier: Apache-2.0
//
// Finds the segments of earlier starts and makes each end at its last whole record.
//
// A crash leaves at most one unsealed segment per shard. Its tail is either zeros (space that was
// reserved and never used) or the torn end of a batch nobody was told about; both are cut, the
// second is reported. Records behind a damaged place are kept; those that are lost in it are
// reported, and the place stays as it is. Sealed segments are only checked for their seal, so
// recovery costs what was written in the last minute or so, not what is kept.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/result.h"
#include "journal/writer.h"

namespace tally {

struct CutTail {
  std::string segment;
  std::uint64_t kept_records = 0;
  std::uint64_t cut_bytes = 0;
};

struct LostRecords {
  std::string segment;
  std::uint64_t first = 0;
  std::uint64_t count = 0;
};

struct RecoveredLog {
  std::vector<SegmentState> segments;   // by shard, then by number; all closed
  std::vector<CutTail> cuts;            // torn tails that held bytes
  std::vector<LostRecords> losses;      // inside segments whose later records are readable
  std::vector<std::string> unreadable;  // segments whose header cannot be read: left in place
};

// The recovered segments as shards to follow, in the order of their ids. What they take is counted
// in `space` (null when nothing bounds the log).
std::vector<std::shared_ptr<Shard>> group_by_shard(std::vector<SegmentState> segments,
                                                   LogSpace* space = nullptr);

// Mends one segment as told above, and adds what it finds to `out`. An error of code corrupt when
// its header does not check.
Result<void> recover_segment(Files& files, const std::filesystem::path& path, LogKind kind,
                             RecoveredLog& out);

// Says in one line each what was cut, lost or cannot be read.
void report_recovery(std::string_view log, const RecoveredLog& found,
                     const std::function<void(const std::string&)>& report);

// Reads `directory` and mends it as told above. A segment of a newer format version is an error.
Result<RecoveredLog> recover_log(Files& files, const std::filesystem::path& directory,
                                 LogKind kind);

}  // namespace tally
