// SPDX-License-Identifier: Apache-2.0
#include "api/handlers.h"
#include "api/openapi.h"
#include "base/json_writer.h"

namespace tally {
namespace {

// The worst of the parts' states.
std::string_view overall(const std::vector<PartState>& parts) {
  std::string_view out = "ok";
  for (const PartState& part : parts) {
    if (part.state == "down") return "down";
    if (part.state == "degraded") out = "degraded";
  }
  return out;
}

}  // namespace

Response json_response(std::string body, int status) {
  return {status, {{"Content-Type", "application/json"}}, std::move(body)};
}

Result<Response> get_health(Api&, const Call&) { return json_response(R"({"status":"ok"})"); }

Result<Response> get_readiness(Api& api, const Call&) {
  const auto parts = api.deps.parts();
  const std::string_view status = overall(parts);
  JsonWriter out;
  out.begin_object().field("status", status).key("parts").begin_array();
  for (const PartState& part : parts)
    out.begin_object()
        .field("name", part.name)
        .field("state", part.state)
        .field("detail", part.detail)
        .end_object();
  out.end_array().end_object();
  return json_response(out.take(), status == "down" ? 503 : 200);
}

Result<Response> get_metrics(Api& api, const Call&) {
  return Response{
      200, {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}}, api.deps.metrics_text()};
}

// Whoever followed a link may know what is kept of it. How long, and with which cookie, is for each
// workspace to say; where there are several, nobody can tell yet whose link it was.
Result<Response> get_meta(Api& api, const Call&) {
  const auto workspaces = api.deps.accounts.workspaces();
  JsonWriter out;
  out.begin_object()
      .field("version", api.deps.version)
      .text_or_null("geo_attribution", api.deps.geo_attribution())
      .key("privacy")
      .begin_object()
      .field("ip", api.deps.privacy.ip)
      .field("signals", api.deps.privacy.signals)
      .key("workspace");
  if (workspaces && workspaces->size() == 1) {
    const Workspace& one = workspaces->front();
    out.begin_object()
        .field("retention_days", std::optional<std::uint64_t>(one.retention_days))
        .field("experiment_cookie", one.experiment_cookie)
        .end_object();
  } else {
    out.value(nullptr);
  }
  out.end_object().end_object();
  return json_response(out.take());
}

Result<Response> get_openapi(Api&, const Call&) {
  return json_response(std::string(openapi_document()));
}

}  // namespace tally
