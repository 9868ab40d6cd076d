// SPDX-License-Identifier: Apache-2.0
#include "cli/export.h"

#include <boost/json.hpp>

#include <cerrno>
#include <filesystem>
#include <fstream>

#include "http/client.h"

namespace tally {
namespace {

namespace json = boost::json;

constexpr std::int64_t kTimeoutMs = 24 * 3600 * 1000;

Result<std::string> url_of(const ExportOptions& options) {
  std::string url = options.api;
  while (url.ends_with('/')) url.pop_back();
  url += "/api/v1/export." + options.format;
  char separator = '?';
  for (const std::string& parameter : options.parameters) {
    const auto equals = parameter.find('=');
    if (equals == std::string::npos)
      return fail(ErrorCode::invalid, "'" + parameter + "' is not of the form name=value");
    url.push_back(separator);
    url += percent_encode(parameter.substr(0, equals)) + "=" +
           percent_encode(parameter.substr(equals + 1));
    separator = '&';
  }
  return url;
}

// What the problem document says, or just the status.
std::unexpected<Error> refusal(const HttpResponse& response) {
  std::string message = "the server answered " + std::to_string(response.status);
  boost::system::error_code error;
  const json::value body = json::parse(response.body, error);
  const auto* const object = error ? nullptr : body.if_object();
  const auto* const detail = object ? object->if_contains("detail") : nullptr;
  if (detail != nullptr && detail->is_string())
    message.append(": ").append(detail->get_string().c_str());
  return fail(ErrorCode::invalid, std::move(message));
}

Result<void> fetch(const ExportOptions& options, std::ostream& out) {
  HttpRequest request;
  TRY_ASSIGN(request.url, url_of(options));
  request.headers = {{"Authorization", "Bearer " + options.key}};
  request.timeout_ms = kTimeoutMs;
  request.sink = [&out](std::string_view bytes) {
    return static_cast<bool>(out.write(bytes.data(), static_cast<std::streamsize>(bytes.size())));
  };
  HttpClient client;
  const auto response = client.request(request);
  if (!out.flush()) return fail(ErrorCode::unavailable, "the output cannot be written");
  if (!response) return std::unexpected(Error(response.error()).within("export"));
  if (response->status != 200) return refusal(*response);
  return {};
}

}  // namespace

Result<void> run_export(const ExportOptions& options, std::ostream& out) {
  if (options.key.empty())
    return fail(ErrorCode::invalid, "a key is needed",
                "give --key, or TALLYMARK_API_KEY in the environment");
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
