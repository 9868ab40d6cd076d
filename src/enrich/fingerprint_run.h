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
#include <string_view>
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

  // What lies there under this name, by the file's size. Nothing when that is no run's name.
  static Result<std::optional<RunInfo>> find(Files& files, const std::filesystem::path& directory,
                                             std::string_view name);

  // Reads the whole run, calling each(fingerprint). ErrorCode::corrupt when it does not check.
  static Result<FingerprintRun> open(Files& files, const std::filesystem::path& directory,
                                     const RunInfo& info,
                                     const std::function<void(std::uint64_t)>& each);

  // Whether an error of open() is for good; any other passes, or is the disk's.
  static bool is_lost(const Error& error) {
    return error.code == ErrorCode::corrupt || error.code == ErrorCode::not_found;
  }

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
