// SPDX-License-Identifier: Apache-2.0
#include "clicks/clickhouse.h"

#include <algorithm>
#include <chrono>

#include "base/text.h"
#include "http/client.h"
#include "http/pulled_body.h"

namespace tally {
namespace {

constexpr std::int64_t kPingTimeoutMs = 2'000;
constexpr std::int64_t kLongTimeoutMs = 3'600'000;
// A store that was busy for a moment is not silent yet.
constexpr std::chrono::seconds kPatience{2};
constexpr std::size_t kMaxAnswer = 256u << 20;
constexpr std::size_t kMaxReason = 400;

// Exceptions that say "not now" rather than "never": ClickHouse's src/Common/ErrorCodes.cpp.
// Files that cannot be written or opened (75, 76) are a disk that is full or a want of descriptors;
// a file that is missing has a code of its own. Aborted (236) is what a shutdown does to merges.
constexpr int kUnknownTable = 60, kCannotWriteToFile = 75, kCannotOpenFile = 76,
              kUnknownDatabase = 81, kTimeoutExceeded = 159, kTooManyQueries = 202,
              kSocketTimeout = 209, kNetworkError = 210, kNoZooKeeper = 225, kAborted = 236,
              kMemoryLimit = 241, kTableIsReadOnly = 242, kNotEnoughSpace = 243,
              kTooManyParts = 252, kTooFewLiveReplicas = 285, kUnknownStatusOfInsert = 319,
              kQueryWasCancelled = 394, kKeeperException = 999;
constexpr int kPassing[] = {
    kCannotWriteToFile,  kCannotOpenFile,        kAborted,           kTimeoutExceeded,
    kTooManyQueries,     kSocketTimeout,         kNetworkError,      kNoZooKeeper,
    kMemoryLimit,        kTableIsReadOnly,       kNotEnoughSpace,    kTooManyParts,
    kTooFewLiveReplicas, kUnknownStatusOfInsert, kQueryWasCancelled, kKeeperException};

// The number in "Code: 47. DB::Exception: …" or "Code: 47, e.displayText() = …"; 0 when there is
// none.
int exception_code(std::string_view text) {
  constexpr std::string_view kMark = "Code: ";
  const auto at = text.find(kMark);
  if (at == std::string_view::npos) return 0;
  text.remove_prefix(at + kMark.size());
  const auto end = std::ranges::find_if_not(text, is_digit);
  return parse_number<int>(text.substr(0, static_cast<std::size_t>(end - text.begin())))
      .value_or(0);
}

bool is_passing_code(int code) { return std::ranges::find(kPassing, code) != std::end(kPassing); }

Error refusal(const HttpResponse& response) {
  const int code = exception_code(response.body);
  std::string_view reason = trim(response.body);
  reason = cut_utf8(reason.substr(0, reason.find('\n')), kMaxReason);
  Error error{
      ErrorCode::internal,
      "the click store answered " + std::to_string(response.status) + ": " + make_utf8(reason),
      {},
      {},
      {}};
  if (response.status == 401 || response.status == 403) {
    error.code = ErrorCode::unavailable;
    error.hint = "check the user and password in clicks.url";
  } else if (code == kUnknownTable || code == kUnknownDatabase) {
    error.code = ErrorCode::unavailable;
    error.hint = "the table is not there yet, or was dropped";
  } else if (response.status == 503 || is_passing_code(code)) {
    error.code = ErrorCode::unavailable;
  }
  return error;
}

}  // namespace

bool is_passing(std::string_view exception) { return is_passing_code(exception_code(exception)); }

ClickHouse::ClickHouse(HttpClient& http, ClickStoreOptions options)
    : http_(http), options_(std::move(options)) {}

std::string ClickHouse::address(const SqlSettings& settings, std::string_view sql) const {
  std::string url = options_.url;
  if (url.contains('?')) {
    url.push_back('&');
  } else {
    while (url.ends_with('/')) url.pop_back();
    url += "/?";
  }
  if (!sql.empty()) url += "query=" + percent_encode(sql) + "&";
  for (const auto& [name, value] : settings) url += name + "=" + percent_encode(value) + "&";
  url.pop_back();
  return url;
}

Result<void> ClickHouse::ping() {
  HttpRequest request;
  const std::string_view url(options_.url);
  request.url = std::string(url.substr(0, url.find('?')));
  while (request.url.ends_with('/')) request.url.pop_back();
  request.url += "/ping";
  request.unix_socket = options_.unix_socket;
  request.timeout_ms = kPingTimeoutMs;
  auto response = http_.request(request);
  if (!response) return std::unexpected(std::move(response).error().within("click store"));
  if (response->status != 200) return std::unexpected(refusal(*response));
  return {};
}

Result<std::string> ClickHouse::ask(std::string_view sql, const SqlSettings& settings) {
  SqlSettings all = settings;
  // The answer is held back until it is whole: an exception half-way would otherwise look like
  // rows.
  all.emplace_back("wait_end_of_query", "1");
  all.emplace_back("max_execution_time",
                   std::to_string(std::max<std::int64_t>(options_.question_timeout_ms / 1000, 1)));
  HttpRequest request;
  request.method = "POST";
  request.url = address(all, {});
  request.unix_socket = options_.unix_socket;
  request.body = sql;
  request.timeout_ms = options_.question_timeout_ms;
  request.max_response_bytes = kMaxAnswer;
  if (options_.is_silent)
    request.give_up = [this, asked = std::chrono::steady_clock::now()] {
      return std::chrono::steady_clock::now() - asked >= kPatience && options_.is_silent();
    };
  auto response = http_.request(request);
  if (!response) return std::unexpected(std::move(response).error().within("click store"));
  if (response->status != 200) return std::unexpected(refusal(*response));
  return std::move(response->body);
}

Result<void> ClickHouse::order(std::string_view sql, SqlSettings settings) {
  TRY_ASSIGN(const Dialect found, dialect());
  // Servers of 2026 wait for the end of it if they are not told otherwise; old ones never do.
  if (found == Dialect::modern) settings.emplace_back("mutations_sync", "0");
  TRY(ask(sql, settings));
  return {};
}

std::unique_ptr<PulledBody> ClickHouse::ask_long(std::string sql, const SqlSettings& settings) {
  SqlSettings all = settings;
  all.emplace_back("wait_end_of_query", "1");
  all.emplace_back("max_execution_time", std::to_string(kLongTimeoutMs / 1000));
  HttpRequest request;
  request.method = "POST";
  request.url = address(all, {});
  request.unix_socket = options_.unix_socket;
  request.timeout_ms = kLongTimeoutMs;
  if (options_.is_silent)
    request.give_up = [this, asked = std::chrono::steady_clock::now()] {
      return std::chrono::steady_clock::now() - asked >= kPatience && options_.is_silent();
    };
  return std::make_unique<PulledBody>(
      http_, std::move(request), std::move(sql),
      [](const HttpResponse& response) { return refusal(response); });
}

Result<void> ClickHouse::insert(std::string_view sql, std::string_view data,
                                const SqlSettings& settings) {
  HttpRequest request;
  request.method = "POST";
  request.url = address(settings, sql);
  request.unix_socket = options_.unix_socket;
  request.body = data;
  request.timeout_ms = options_.insert_timeout_ms;
  request.fresh_connection = true;
  auto response = http_.request(request);
  if (!response) return std::unexpected(std::move(response).error().within("click store"));
  if (response->status != 200) return std::unexpected(refusal(*response));
  return {};
}

Result<Dialect> ClickHouse::dialect() const {
  const int known = dialect_.load();
  if (known < 0) return fail(ErrorCode::unavailable, "the click store has not been reached yet");
  return static_cast<Dialect>(known);
}

Result<Dialect> ClickHouse::learn_dialect() {
  TRY_ASSIGN(const std::string version, ask("SELECT version() FORMAT TabSeparated"));
  TRY_ASSIGN(const Dialect found,
             dialect_of(trim(std::string_view(version).substr(0, version.find('\n')))));
  dialect_ = static_cast<int>(found);
  return found;
}

}  // namespace tally
