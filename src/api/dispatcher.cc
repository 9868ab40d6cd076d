// SPDX-License-Identifier: Apache-2.0
#include "api/dispatcher.h"

#include <algorithm>

#include "api/problem.h"
#include "base/log.h"
#include "base/text.h"
#include "model/hit.h"

namespace tally {
namespace {

// Whatever serves data says that it is data: not to be kept, framed, or run.
constexpr std::string_view kDataPolicy = "default-src 'none'; frame-ancestors 'none'";

// What is read of a body before it is known whether the route takes as much.
constexpr std::size_t kUsualBody = 1024 * 1024;

void add_missing(Response& response, std::string_view name, std::string_view value) {
  for (const HeaderField& field : response.fields)
    if (equals_ignoring_case(field.name, name)) return;
  response.fields.push_back({std::string(name), std::string(value)});
}

void add_common_fields(Response& response) {
  add_missing(response, "Cache-Control", "no-store");
  add_missing(response, "Content-Security-Policy", kDataPolicy);
  add_missing(response, "X-Content-Type-Options", "nosniff");
  add_missing(response, "X-Frame-Options", "DENY");
  add_missing(response, "Referrer-Policy", "no-referrer");
  add_missing(response, "Cross-Origin-Opener-Policy", "same-origin");
  add_missing(response, "Cross-Origin-Resource-Policy", "same-origin");
}

std::unexpected<Error> refuse_with(ErrorCode code, std::string slug, std::string message,
                                   std::string field = {}) {
  return std::unexpected(Error{code, std::move(message), {}, std::move(field), std::move(slug)});
}

Result<void> check_query(const Request& request, const Route& route) {
  if (route.takes_query || request.query.empty()) return {};
  const std::string_view name =
      std::string_view(request.query).substr(0, request.query.find_first_of("=&"));
  return refuse_with(ErrorCode::malformed, "unknown_parameter", "this path takes no parameters",
                     std::string(cut_utf8(name, 100)));
}

bool has_body_of(const Route& route, const Request& request) {
  const std::string_view essence = media_type(request);
  return equals_ignoring_case(essence, route.body_types.first) ||
         (!essence.empty() && equals_ignoring_case(essence, route.body_types.second)) ||
         (request.method == "PATCH" &&
          equals_ignoring_case(essence, "application/merge-patch+json"));
}

std::string types_text(const BodyTypes& types) {
  const std::string out(types.first);
  return types.second.empty() ? out : out + " or " + std::string(types.second);
}

Response problem(int status, std::string code, std::string detail, const Request& request) {
  return problem_response({status, std::move(code), std::move(detail), {}}, request.id);
}

// An IPv6 user has a whole /64 to choose addresses from.
Address limited_address(Address address) {
  if (!address.is_v4()) std::fill(address.bytes.begin() + 8, address.bytes.end(), 0);
  return address;
}

}  // namespace

std::string_view media_type(const Request& request) {
  const std::string_view type = request.field("Content-Type");
  return trim(type.substr(0, type.find(';')));
}

Dispatcher::Dispatcher(Api& api, StaticFiles files) : api_(api), files_(std::move(files)) {
  for (const Route& route : api_routes()) router_.add(route.method, route.pattern);
}

Response Dispatcher::answer(const Request& request) const {
  const auto begin = api_.deps.clock.steady();
  Result<Response> result = try_answer(request);
  Response out = result ? std::move(*result) : to_response(request, result.error());
  add_common_fields(out);
  const double took =
      std::chrono::duration<double, std::milli>(api_.deps.clock.steady() - begin).count();
  const bool notable = out.status >= 400 || (request.method != "GET" && request.method != "HEAD");
  const std::string why = result ? std::string() : " " + result.error().line();
  if (out.status >= 500 && !result) {
    log_error("request {} {} {} {} {:.1f} ms{}", request.id, request.method, request.path,
              out.status, took, why);
  } else if (notable) {
    log_info("request {} {} {} {} {:.1f} ms{}", request.id, request.method, request.path,
             out.status, took, why);
  } else {
    log_debug("request {} {} {} {} {:.1f} ms", request.id, request.method, request.path, out.status,
              took);
  }
  return out;
}

std::size_t Dispatcher::body_limit(std::string_view method, std::string_view path) const {
  const RouteMatch match = router_.match(method, path);
  if (match.kind != RouteMatch::Kind::found) return kUsualBody;
  return std::max(api_routes()[match.route].max_body, kUsualBody);
}

Response Dispatcher::refuse(const Refusal& why, const std::string& request_id) const {
  Response out = problem_response({why.status, std::string(why.code), std::string(why.detail), {}},
                                  request_id);
  if (out.status == 503) out.fields.push_back({"Retry-After", "5"});
  add_common_fields(out);
  return out;
}

Result<Response> Dispatcher::try_answer(const Request& request) const {
  const RouteMatch match = router_.match(request.method, request.path);
  if (match.kind == RouteMatch::Kind::found) return call(request, match);
  return without_route(request, match);
}

Result<Response> Dispatcher::call(const Request& request, const RouteMatch& match) const {
  const Route& route = api_routes()[match.route];
  TRY_ASSIGN(auto caller, authenticate(api_, request, route.access));
  TRY(check_query(request, route));
  if (request.body.size() > route.max_body && route.max_body > 0)
    return refuse_with(ErrorCode::too_large, "too_large", "the body is too large");
  if (route.max_body > 0 && !has_body_of(route, request))
    return problem(415, "unsupported_media_type",
                   "the body must be " + types_text(route.body_types), request);
  return route.handler(api_, {request, match, std::move(caller), client_of(request)});
}

Result<Response> Dispatcher::without_route(const Request& request, const RouteMatch& match) const {
  if (match.kind == RouteMatch::Kind::no_method) {
    Response out = problem(405, "method_not_allowed", "this path answers " + match.allow, request);
    out.fields.push_back({"Allow", match.allow});
    return out;
  }
  if (request.method == "GET" || request.method == "HEAD") return files_.serve(request);
  return fail(ErrorCode::not_found, "there is nothing at this path");
}

std::string Dispatcher::client_of(const Request& request) const {
  RequestHead head;
  head.field_count = std::min(request.fields.size(), head.fields.size());
  for (std::size_t i = 0; i < head.field_count; ++i)
    head.fields[i] = {request.fields[i].name, request.fields[i].value};
  const auto peer = Address::parse(request.peer);
  if (!peer) return request.peer;
  return limited_address(api_.deps.proxies.client(*peer, head)).text();
}

Response Dispatcher::to_response(const Request& request, const Error& error) const {
  Response out = problem_response(to_problem(error), request.id);
  if (out.status == 401) out.fields.push_back({"WWW-Authenticate", "Bearer realm=\"tallymark\""});
  if (out.status == 503) out.fields.push_back({"Retry-After", "5"});
  return out;
}

}  // namespace tally
