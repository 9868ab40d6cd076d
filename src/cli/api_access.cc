// SPDX-License-Identifier: Apache-2.0
#include "cli/api_access.h"

#include <boost/json.hpp>

namespace tally {
namespace {

namespace json = boost::json;

std::string text_of(const json::object& object, std::string_view name) {
  const json::value* const found = object.if_contains(name);
  if (found == nullptr || !found->is_string()) return {};
  return {found->get_string().data(), found->get_string().size()};
}

std::size_t number_of(const json::object& object, std::string_view name) {
  const json::value* const found = object.if_contains(name);
  if (found == nullptr || !found->is_int64() || found->get_int64() < 0) return 0;
  return static_cast<std::size_t>(found->get_int64());
}

}  // namespace

Result<void> ApiAccess::check() const {
  if (!key.empty()) return {};
  return fail(ErrorCode::invalid, "a key is needed",
              "give --key, or TALLYMARK_API_KEY in the environment");
}

HttpRequest ApiAccess::request(std::string method, std::string_view target) const {
  HttpRequest out;
  out.method = std::move(method);
  out.url = server;
  while (out.url.ends_with('/')) out.url.pop_back();
  out.url += target;
  out.headers = {{"Authorization", "Bearer " + key}};
  return out;
}

ApiProblem ApiProblem::of(const HttpResponse& response) {
  ApiProblem out;
  out.status = response.status;
  boost::system::error_code error;
  const json::value body = json::parse(response.body, error);
  const json::object* const object = error ? nullptr : body.if_object();
  if (object == nullptr) return out;
  out.code = text_of(*object, "code");
  out.detail = text_of(*object, "detail");
  const json::value* const items = object->if_contains("errors");
  if (items == nullptr || !items->is_array()) return out;
  for (const json::value& item : items->get_array())
    if (const json::object* const one = item.if_object())
      out.items.push_back(
          {number_of(*one, "line"), text_of(*one, "field"), text_of(*one, "detail")});
  return out;
}

Error ApiProblem::error() const {
  std::string message = "the server answered " + std::to_string(status);
  if (!detail.empty()) message += ": " + detail;
  return {ErrorCode::invalid, std::move(message), {}, {}, {}};
}

}  // namespace tally
