// SPDX-License-Identifier: Apache-2.0
#include "cli/export.h"

#include <cerrno>
#include <filesystem>
#include <fstream>

namespace tally {
namespace {

constexpr std::int64_t kTimeoutMs = 24 * 3600 * 1000;

// "/api/v1/export.csv?range=30d"
Result<std::string> target_of(const ExportOptions& options) {
  std::string target = "/api/v1/export." + options.format;
  char separator = '?';
  for (const std::string& parameter : options.parameters) {
    const auto equals = parameter.find('=');
    if (equals == std::string::npos)
      return fail(ErrorCode::invalid, "'" + parameter + "' is not of the form name=value");
    target.push_back(separator);
    target += percent_encode(parameter.substr(0, equals)) + "=" +
              percent_encode(parameter.substr(equals + 1));
    separator = '&';
  }
  return target;
}

Result<void> fetch(const ExportOptions& options, std::ostream& out) {
  TRY_ASSIGN(const std::string target, target_of(options));
  HttpRequest request = options.api.request("GET", target);
  request.timeout_ms = kTimeoutMs;
  request.sink = [&out](std::string_view bytes) {
    return static_cast<bool>(out.write(bytes.data(), static_cast<std::streamsize>(bytes.size())));
  };
  HttpClient client;
  const auto response = client.request(request);
  if (!out.flush()) return fail(ErrorCode::unavailable, "the output cannot be written");
  if (!response) return std::unexpected(Error(response.error()).within("export"));
  if (response->status != 200) return std::unexpected(ApiProblem::of(*response).error());
  return {};
}

}  // namespace

Result<void> run_export(const ExportOptions& options, std::ostream& out) {
  TRY(options.api.check());
  if (options.file.empty()) return fetch(options, out);
  const std::string unfinished = options.file + ".part";
  std::error_code error;
  {
    std::ofstream file(unfinished, std::ios::binary | std::ios::trunc);
    if (!file) return fail_errno("open '" + unfinished + "'", errno);
    if (auto done = fetch(options, file); !done) {
      std::filesystem::remove(unfinished, error);
      return done;
    }
  }
  std::filesystem::rename(unfinished, options.file, error);
  if (error) return fail(ErrorCode::unavailable, "name '" + options.file + "': " + error.message());
  return {};
}

}  // namespace tally
