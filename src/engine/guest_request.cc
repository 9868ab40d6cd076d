// SPDX-License-Identifier: Apache-2.0
#include "engine/guest_request.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "base/encoding.h"
#include "base/text.h"
#include "engine/guest_formats.h"
#include "engine/guest_statement.h"

namespace tally {
namespace {

constexpr int kSyntaxError = 62, kBadArguments = 36, kReadOnly = 164, kUnknownFormat = 73,
              kUnknownDatabase = 81, kAccessDenied = 497, kAuthenticationFailed = 516;

// The port's limits, in the order in which they are set. Guests may ask for less.
struct Limit {
  std::string_view name;
  std::uint64_t most;
};
constexpr Limit kLimits[] = {
    {"max_execution_time", 30},  // seconds
    {"max_memory_usage", 512u << 20},
    {"max_result_rows", 1'000'000},
    {"max_result_bytes", 128u << 20},
    {"max_threads", 1},
    {"max_rows_to_read", 20'000'000'000},
    {"max_query_size", 256u << 10},
    {"max_ast_depth", 500},
    {"max_ast_elements", 20'000},
    {"max_expanded_ast_elements", 100'000},
};

// A column may be called by all the statement's text, and some formats say the name in each row: no
// more rows than come to this many bytes so.
constexpr std::uint64_t kNamesOfRows = 256u << 20;

// What goes with them.
constexpr std::pair<std::string_view, std::string_view> kFixed[] = {
    {"timeout_before_checking_execution_speed", "0"},
    // Time is looked at between blocks, so a block of costly rows must not be large. Stored rows
    // come by the granule whatever is said here, and the dashboard's questions cost the same.
    {"max_block_size", "256"},
    // An answer that does not fit into memory is refused and not sorted on the disk, whose room is
    // for clicks.
    {"max_bytes_ratio_before_external_group_by", "0"},
    {"max_bytes_ratio_before_external_sort", "0"},
    {"allow_introspection_functions", "0"},
};

// Settings of which every value is harmless: how values are written, and what SQL means.
constexpr std::string_view kPassed[] = {
    "cast_keep_nullable",
    "date_time_input_format",
    "date_time_output_format",
    "empty_result_for_aggregation_by_empty_set",
    "extremes",
    "group_by_use_nulls",
    "join_use_nulls",
    "prefer_column_name_to_alias",
    "result_overflow_mode",
    "session_timezone",
    "timeout_overflow_mode",
    "transform_null_in",
    "union_default_mode",
};
constexpr std::string_view kPassedFronts[] = {"output_format_", "format_csv_", "param_"};

// Of the protocol, or without meaning for one who only reads: not even looked at.
constexpr std::string_view kIgnored[] = {
    "async_insert",
    "buffer_size",
    "cancel_http_readonly_queries_on_client_close",
    "enable_http_compression",
    "http_headers_progress_interval_ms",
    "http_response_buffer_size",
    "insert_deduplicate",
    "log_comment",
    "max_insert_block_size",
    "quota_key",
    "readonly",
    "select_sequential_consistency",
    "send_progress_in_http_headers",
    "use_client_time_zone",
    "wait_end_of_query",
    "wait_for_async_insert",
};

template <std::size_t N>
bool listed(const std::string_view (&names)[N], std::string_view name) {
  return std::ranges::find(names, name) != std::end(names);
}

std::unexpected<EngineAnswer> refuse(int code, std::string_view name, std::string_view message,
                                     unsigned status) {
  EngineAnswer answer = exception_answer(code, fmt::format("{} ({})", message, name));
  answer.status = status;
  return std::unexpected(std::move(answer));
}

using Parameters = std::vector<std::pair<std::string, std::string>>;

std::optional<Parameters> read_parameters(std::string_view target) {
  Parameters out;
  const auto mark = target.find('?');
  if (mark == std::string_view::npos) return out;
  for (const std::string_view pair : split(target.substr(mark + 1), '&')) {
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    auto name = percent_decode(pair.substr(0, equals), true);
    auto value = percent_decode(
        equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1), true);
    if (!name || !value) return std::nullopt;
    out.emplace_back(std::move(*name), std::move(*value));
  }
  return out;
}

// The first of the four ways that the request uses.
std::optional<std::string> shown_password(const EngineRequest& request,
                                          const Parameters& parameters) {
  if (const auto key = request.field("X-ClickHouse-Key"); !key.empty()) return std::string(key);
  const std::string_view authorization = request.field("Authorization");
  const auto blank = authorization.find(' ');
  const std::string_view scheme = authorization.substr(0, blank);
  const std::string_view rest =
      blank == std::string_view::npos ? std::string_view() : trim(authorization.substr(blank));
  if (equals_ignoring_case(scheme, "Bearer")) return std::string(rest);
  if (equals_ignoring_case(scheme, "Basic")) {
    const auto pair = from_base64(rest);
    const auto colon = pair ? pair->find(':') : std::string::npos;
    return colon == std::string::npos ? std::string() : pair->substr(colon + 1);
  }
  for (const auto& [name, value] : parameters)
    if (name == "password") return value;
  return std::nullopt;
}

bool is_token(std::string_view shown, std::string_view token) {
  return shown.size() == token.size() &&
         sodium_memcmp(shown.data(), token.data(), token.size()) == 0;
}

std::expected<void, EngineAnswer> check_password(const EngineRequest& request,
                                                 const Parameters& parameters,
                                                 std::string_view token) {
  const auto shown = shown_password(request, parameters);
  if (shown && is_token(*shown, token)) return {};
  auto refused =
      refuse(kAuthenticationFailed, "AUTHENTICATION_FAILED",
             shown ? "Authentication failed: the password is not the read port's token"
                   : "Authentication failed: the read port's token is needed as password",
             shown ? 403 : 401);
  if (!shown) refused.error().fields.emplace_back("WWW-Authenticate", "Basic realm=\"Tallymark\"");
  return refused;
}

bool is_setting_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) { return is_alnum(c) || c == '_'; });
}

std::expected<void, EngineAnswer> take_setting(std::string& name, std::string& value,
                                               EngineQuery& query) {
  const auto limit = std::ranges::find(kLimits, name, &Limit::name);
  if (limit != std::end(kLimits)) {
    const auto asked = parse_number<std::uint64_t>(value);
    if (!asked) return refuse(kBadArguments, "BAD_ARGUMENTS", name + " is no number", 400);
    // 0 asks for no limit at all.
    if (*asked > 0 && *asked < limit->most) query.settings.emplace_back(name, value);
    return {};
  }
  const bool passed =
      listed(kPassed, name) || std::ranges::any_of(kPassedFronts, [&](std::string_view front) {
        return name.starts_with(front);
      });
  // It names a file.
  const bool writes = name == "output_format_schema";
  if (!passed || writes || !is_setting_name(name))
    return refuse(kReadOnly, "READONLY",
                  "Cannot modify '" + make_utf8(cut_utf8(name, 64)) + "' setting at the read port",
                  403);
  query.settings.emplace_back(std::move(name), std::move(value));
  return {};
}

std::expected<void, EngineAnswer> take_parameter(std::string& name, std::string& value,
                                                 EngineQuery& query) {
  if (name == "query") {
    query.sql += value;
  } else if (name == "database") {
    // What clients say when nobody told them.
    if (!value.empty() && value != "default" && value != kGuestDatabase)
      return refuse(kUnknownDatabase, "UNKNOWN_DATABASE", "the read port has the database stats",
                    404);
  } else if (name == "default_format") {
    query.format = std::move(value);
  } else if (name == "query_id") {
    if (value.size() <= 128 &&
        std::ranges::all_of(value, [](char c) { return c > ' ' && c <= '~'; }))
      query.id = std::move(value);
  } else if (name == "client_protocol_version") {
    query.revision = parse_number<std::uint64_t>(value).value_or(0);
  } else if (name == "compress" || name == "decompress") {
    if (value != "0" && value != "false")
      return refuse(kBadArguments, "BAD_ARGUMENTS",
                    "the read port does not compress: switch " + name + " off in the client", 400);
  } else if (name != "user" && name != "password" && !listed(kIgnored, name)) {
    return take_setting(name, value, query);
  }
  return {};
}

void bound_rows(EngineQuery& query) {
  constexpr std::string_view kRows = "max_result_rows";
  const auto last = std::ranges::find(query.settings.rbegin(), query.settings.rend(), kRows,
                                      &std::pair<std::string, std::string>::first);
  const std::uint64_t most = kNamesOfRows / std::max<std::size_t>(query.sql.size(), 1);
  if (most < parse_number<std::uint64_t>(last->second).value_or(0))
    query.settings.emplace_back(kRows, std::to_string(most));
}

}  // namespace

bool is_guest_token(std::string_view token) {
  return token.size() >= kLeastGuestToken &&
         std::ranges::all_of(token, [](char c) { return c > ' ' && c <= '~'; });
}

bool is_guest(const EngineRequest& request, std::string_view token) {
  const auto parameters = read_parameters(request.target);
  return parameters && check_password(request, *parameters, token).has_value();
}

std::expected<EngineQuery, EngineAnswer> read_guest_request(const EngineRequest& request,
                                                            std::string_view token) {
  auto parameters = read_parameters(request.target);
  if (!parameters)
    return refuse(kBadArguments, "BAD_ARGUMENTS", "the URL has a broken escape", 400);
  if (auto known = check_password(request, *parameters, token); !known)
    return std::unexpected(std::move(known).error());
  EngineQuery query;
  query.guest = true;
  query.database = kGuestDatabase;
  for (const auto& [name, most] : kLimits) query.settings.emplace_back(name, std::to_string(most));
  for (const auto& [name, value] : kFixed) query.settings.emplace_back(name, value);
  for (const auto& [field, parameter] : {std::pair("X-ClickHouse-Database", "database"),
                                         std::pair("X-ClickHouse-Format", "default_format")}) {
    std::string name = parameter, value(request.field(field));
    if (value.empty()) continue;
    if (auto taken = take_parameter(name, value, query); !taken)
      return std::unexpected(std::move(taken).error());
  }
  for (auto& [name, value] : *parameters)
    if (auto taken = take_parameter(name, value, query); !taken)
      return std::unexpected(std::move(taken).error());
  query.sql += request.body;
  auto statement = read_guest_statement(query.sql);
  if (!statement) {
    const bool forbidden = statement.error().code == ErrorCode::forbidden;
    return refuse(forbidden ? kAccessDenied : kSyntaxError,
                  forbidden ? "ACCESS_DENIED" : "SYNTAX_ERROR", statement.error().message,
                  forbidden ? 403 : 400);
  }
  if (!is_guest_format(query.format))
    return refuse(kUnknownFormat, "UNKNOWN_FORMAT", "the default format is not for the read port",
                  400);
  query.sql = std::move(statement->sql);
  bound_rows(query);
  if (!statement->format.empty()) query.format = std::move(statement->format);
  return query;
}

}  // namespace tally
