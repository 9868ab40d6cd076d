// SPDX-License-Identifier: Apache-2.0
//
// A run: fingerprints in a file, ascending, written once and never changed.
//
// A run is made of blocks of 4 KiB, each with a checksum that knows its place. In memory there is
// only the first fingerprint of each block (1/511 of the run), so a look-up costs one read of one
// block. Layout in docs/formats/first_clicks.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/files.h"
#include "base/result.h"

namespace tally {

// As the list of runs has it.
struct RunInfo {
  std::int64_t day = 0;  // since 1970
  std::uint64_t number = 0;
  std::uint64_t entries = 0;
  friend bool operator==(const RunInfo&, const RunInfo&) = default;
};

class FingerprintRun {
 public:
  static std::filesystem::path path_of(const std::filesystem::path& directory, const RunInfo& info);

  // Merges `fresh` (ascending) and `older` runs into a new file, durable on return; info.entries is
  // filled in. No file is left after an error. `unreadable` is set when it was an older run's.
  static Result<FingerprintRun> write(Files& files, const std::filesystem::path& directory,
                                      RunInfo info, std::span<const std::uint64_t> fresh,
                                      std::span<const FingerprintRun> older,
                                      std::optional<Error>& unreadable);

  // Reads the whole run, calling each(fingerprint). ErrorCode::corrupt when it does not check.
  static Result<FingerprintRun> open(Files& files, const std::filesystem::path& directory,
                                     const RunInfo& info,
                                     const std::function<void(std::uint64_t)>& each);

  Result<bool> contains(std::uint64_t fingerprint) const;
  const RunInfo& info() const { return info_; }

 private:
  friend class RunCursor;
  FingerprintRun(RunInfo info, std::unique_ptr<ReadFile> file)
      : info_(info), file_(std::move(file)) {}
  Result<std::vector<std::uint64_t>> block(std::uint64_t index) const;

  RunInfo info_;
  std::unique_ptr<ReadFile> file_;
  std::vector<std::uint64_t> firsts_;  // of each block
};

}  // namespace tally
