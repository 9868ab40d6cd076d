// SPDX-License-Identifier: Apache-2.0
//
// An export on its way into a file, piece by piece, so that memory does not depend on its size.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "base/files.h"
#include "base/worker.h"
#include "model/export_schedule.h"

namespace tally {

struct ExportBody {
  std::string first;
  // Appends the next piece and says whether there is more; none when `first` is everything.
  std::function<Result<bool>(std::string& piece)> more;
  // How many rows have been written; nothing where the store writes them.
  std::function<std::optional<std::uint64_t>()> rows;
};

// FOLDER/WORKSPACE/EXPORT/PERIOD.FORMAT.
std::filesystem::path export_file_path(const std::filesystem::path& folder,
                                       const ExportSchedule& schedule, const ExportRun& run);

// Writes a new file that is durable on return, under any name; `unavailable` when the worker is to
// end. What an error leaves behind is the caller's to remove.
Result<ExportedFile> write_export_file(Files& files, const std::filesystem::path& path,
                                       ExportBody body, const Worker& worker);

}  // namespace tally
