// SPDX-License-Identifier: Apache-2.0
//
// Finds the segments of earlier starts and makes each end at its last whole record.
//
// A crash leaves at most one unsealed segment per shard. Its tail is either zeros (space that was
// reserved and never used) or the torn end of a batch nobody was told about; both are cut, the
// second is reported. Sealed segments are only checked for their seal, so recovery costs what was
// written in the last minute or so, not what is kept.
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

struct RecoveredLog {
  std::vector<SegmentState> segments;   // by shard, then by number; all closed
  std::vector<CutTail> cuts;            // torn tails that held bytes
  std::vector<std::string> unreadable;  // segments whose header cannot be read: left in place
};

// The recovered segments as shards to follow, in the order of their ids. What they take is counted
// in `space` (null when nothing bounds the log).
std::vector<std::shared_ptr<Shard>> group_by_shard(std::vector<SegmentState> segments,
                                                   LogSpace* space = nullptr);

// Says in one line each what was cut or cannot be read.
void report_recovery(std::string_view log, const RecoveredLog& found,
                     const std::function<void(const std::string&)>& report);

// Reads `directory` and mends it as told above. A segment of a newer format version is an error.
Result<RecoveredLog> recover_log(Files& files, const std::filesystem::path& directory,
                                 LogKind kind);

}  // namespace tally
