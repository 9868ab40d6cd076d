// SPDX-License-Identifier: Apache-2.0
//
// Reads a log's segments from end to end and says what is there and what is damaged.
//
// Every byte of a segment is accounted for: the header, each record and the seal by their
// checksums, and everything behind the last record by having to be zero. So a bit that flips
// anywhere in a segment is found. What no segment can tell of itself: that a whole file is gone, or
// that an unsealed one was cut exactly between two records.
//
// The logs may be in use meanwhile. A segment that is being written is read again when something
// looks damaged in it: a write that was under way has then ended. One that goes away was done with.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/result.h"
#include "journal/format.h"

namespace tally {

struct Damage {
  std::uint64_t offset = 0;  // in the file
  std::string what;
};

struct SegmentReport {
  std::string name;
  SegmentId id;  // as the name says
  std::uint64_t bytes = 0;
  std::uint64_t records = 0;
  std::uint64_t first = 0,
                last = 0;  // numbers of the first and last record; both 0 when there is none
  bool sealed = false;
  bool blank = false;  // reserved, and nothing written yet
  std::vector<Damage> damage;
};

// One segment, read once. not_found when it is gone; other errors are the disk's.
Result<SegmentReport> verify_segment(Files& files, const std::filesystem::path& path, LogKind kind);

// All segments of a folder, by name. Errors are the disk's, or of a folder that cannot be listed.
Result<std::vector<SegmentReport>> verify_log(Files& files, const std::filesystem::path& directory,
                                              LogKind kind);

}  // namespace tally
