// SPDX-License-Identifier: Apache-2.0
//
// An erase, as it is kept in one small file so that a restart finishes what was begun. Layout in
// docs/formats/erase.md.
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
#include "model/erasure.h"

namespace tally {

struct EraseTag {
  static constexpr std::string_view kPrefix = "ers_";
};
using EraseId = Id<EraseTag>;

// waiting: for its turn, and for hits that were received before it began. logs: they are made to
// forget. rows: what is stored goes.
enum class EraseState : std::uint8_t { waiting, logs, rows, done, failed };
inline constexpr std::array<std::string_view, 5> kEraseStateNames = {"waiting", "logs", "rows",
                                                                     "done", "failed"};
constexpr std::string_view to_text(EraseState v) {
  return kEraseStateNames[static_cast<std::size_t>(v)];
}
constexpr bool is_over(EraseState v) { return v == EraseState::done || v == EraseState::failed; }

struct EraseJob {
  EraseId id;
  Erasure what;             // without its visitors once the job is over
  bool of_visitor = false;  // it is about a person, not about a link
  EraseState state = EraseState::waiting;
  UnixMillis created_at = 0;
  std::optional<UnixMillis> finished_at;
  bool resumed = false;  // it was cut off by a restart and went on
  std::uint64_t clicks = 0, views = 0, conversions = 0;
  std::vector<std::int64_t> days;  // UTC days that lost clicks, ascending; none once it is over
  std::string error;               // of a failed job
  friend bool operator==(const EraseJob&, const EraseJob&) = default;
};

std::string encode_erase_jobs(const std::vector<EraseJob>& jobs);  // oldest first
Result<std::vector<EraseJob>> decode_erase_jobs(std::string_view bytes);

// The jobs in `path`; none when there is no such file.
Result<std::vector<EraseJob>> load_erase_jobs(Files& files, const std::filesystem::path& path);

}  // namespace tally
