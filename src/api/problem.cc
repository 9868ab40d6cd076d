// SPDX-License-Identifier: Apache-2.0
#include "api/problem.h"

#include "base/json_writer.h"

namespace tally {
namespace {

void put_items(JsonWriter& out, const Problem& problem) {
  out.key("errors").begin_array();
  for (const ItemProblem& item : problem.items) {
    out.begin_object()
        .field("index", item.index)
        .field("code", item.code)
        .field("detail", item.detail);
    if (item.line > 0) out.field("line", item.line);
    if (!item.field.empty()) out.field("field", item.field);
    out.end_object();
  }
  out.end_array();
}

}  // namespace

int http_status(ErrorCode code) {
  switch (code) {
    case ErrorCode::not_found:
      return 404;
    case ErrorCode::invalid:
      return 422;
    case ErrorCode::malformed:
      return 400;
    case ErrorCode::conflict:
      return 409;
    case ErrorCode::unauthenticated:
      return 401;
    case ErrorCode::forbidden:
      return 403;
    case ErrorCode::too_large:
      return 413;
    case ErrorCode::too_many:
      return 429;
    case ErrorCode::unavailable:
      return 503;
    case ErrorCode::corrupt:
    case ErrorCode::internal:
      return 500;
  }
  return 500;
}

Problem to_problem(const Error& error) {
  Problem out;
  out.status = http_status(error.code);
  if (out.status == 500) {
    out.code = "internal";
    out.detail = "something went wrong here; the log has the request id";
    return out;
  }
  out.code = error.slug.empty() ? std::string(to_text(error.code)) : error.slug;
  out.detail = error.hint.empty() ? error.message : error.message + " (" + error.hint + ")";
  out.field = error.field;
  return out;
}

Response problem_response(const Problem& problem, std::string_view request_id) {
  JsonWriter out;
  out.begin_object()
      .field("type", "about:blank")
      .field("title", reason_phrase(problem.status))
      .field("status", problem.status)
      .field("detail", problem.detail)
      .field("code", problem.code);
  if (!problem.field.empty()) out.field("field", problem.field);
  if (!problem.items.empty()) put_items(out, problem);
  out.field("request_id", request_id).end_object();
  return {problem.status, {{"Content-Type", "application/problem+json"}}, out.take()};
}

}  // namespace tally
