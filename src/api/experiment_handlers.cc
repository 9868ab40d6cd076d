// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "api/experiment_json.h"
#include "api/experiment_looks.h"
#include "api/handlers.h"
#include "api/parameter.h"
#include "api/stats_json.h"
#include "http/query_string.h"

namespace tally {
namespace {

constexpr std::size_t kMaxPage = 200;

Result<ExperimentId> id_of(const Call& call) {
  const auto id = ExperimentId::parse(call.route.value("id"));
  if (!id) return fail(ErrorCode::not_found, "there is no such experiment");
  return *id;
}

Result<std::string_view> sticks_for(Api& api, const Call& call) {
  TRY_ASSIGN(const Workspace workspace, api.deps.accounts.workspace(call.workspace()));
  return workspace.experiment_cookie ? "30_days" : "day";
}

Result<Response> experiment_response(Api& api, const Call& call, const ExperimentSetup& setup,
                                     int status) {
  TRY_ASSIGN(const std::string_view sticks, sticks_for(api, call));
  JsonWriter out;
  out.begin_object();
  put_experiment(out, setup, sticks, api.deps.clock.now_ms());
  return json_response(out.end_object().take(), status);
}

// The variants that the link has now, the control first.
Result<void> take_variants(Api& api, const ExperimentInput& input, ExperimentSetup& setup) {
  TRY_ASSIGN(const auto links, api.deps.links.find(setup.workspace, {input.link}));
  if (links.empty()) return fail_field("link_id", "unknown_link", "there is no such link");
  for (const Variant& variant : links.front().variants)
    setup.arms.push_back({input.link, variant.name, variant.weight});
  if (setup.arms.size() < 2)
    return fail_field("link_id", "no_variants", "this link has not two variants to compare");
  if (input.control.empty()) return {};
  const auto control = std::ranges::find(setup.arms, input.control, &ExperimentArm::variant);
  if (control == setup.arms.end())
    return fail_field("control", "bad_value", "is not a variant of this link");
  std::rotate(setup.arms.begin(), control, control + 1);
  return {};
}

Result<void> read_parameter(const QueryParameter& parameter, ExperimentListing& listing) {
  const auto& [name, value] = parameter;
  if (name == "link") {
    listing.link = LinkId::parse(value);
    if (!listing.link) return bad_parameter(name, "'link' must be a link's id, like lnk_42");
  } else if (name == "limit") {
    TRY_ASSIGN(listing.limit, read_limit(value, kMaxPage));
  } else if (name == "cursor") {
    listing.after = ExperimentId::parse(value);
    if (!listing.after) return bad_cursor();
  } else {
    return unknown_parameter(name);
  }
  return {};
}

}  // namespace

Result<Response> create_experiment(Api& api, const Call& call) {
  const UnixMillis now = api.deps.clock.now_ms();
  TRY_ASSIGN(const ExperimentInput input, read_experiment(call.request.body, now));
  ExperimentSetup setup = input.setup;
  setup.workspace = call.workspace();
  if (setup.kind == ExperimentKind::variants) TRY(take_variants(api, input, setup));
  TRY_ASSIGN(const ExperimentSetup made, api.deps.experiments.create(setup));
  TRY_ASSIGN(Response out, experiment_response(api, call, made, 201));
  out.fields.push_back({"Location", "/api/v1/experiments/" + made.id.text()});
  return out;
}

Result<Response> list_experiments(Api& api, const Call& call) {
  TRY_ASSIGN(const auto parameters, parse_query_string(call.request.query));
  ExperimentListing listing{.workspace = call.workspace()};
  for (const QueryParameter& parameter : parameters) TRY(read_parameter(parameter, listing));
  const std::size_t limit = listing.limit++;  // one more says whether there is another page
  TRY_ASSIGN(auto setups, api.deps.experiments.list(listing));
  const bool more = setups.size() > limit;
  if (more) setups.resize(limit);
  const UnixMillis now = api.deps.clock.now_ms();
  TRY_ASSIGN(const std::string_view sticks, sticks_for(api, call));
  JsonWriter out;
  out.begin_object().key("data").begin_array();
  for (const ExperimentSetup& setup : setups) {
    out.begin_object();
    put_experiment(out, setup, sticks, now);
    out.end_object();
  }
  out.end_array().text_or_null("next_cursor", more ? setups.back().id.text() : std::string());
  return json_response(out.end_object().take());
}

Result<Response> get_experiment(Api& api, const Call& call) {
  TRY_ASSIGN(const ExperimentId id, id_of(call));
  TRY_ASSIGN(const ExperimentSetup setup, api.deps.experiments.get(call.workspace(), id));
  const UnixMillis now = api.deps.clock.now_ms(), as_of = api.deps.as_of();
  TRY_ASSIGN(ExperimentLooks looks, take_looks(api, setup, now));
  const bool incomplete = api.deps.incomplete(looks.range);
  TRY_ASSIGN(const std::string_view sticks, sticks_for(api, call));
  JsonWriter out;
  out.begin_object();
  put_experiment(out, setup, sticks, now);
  put_report(out, report_on(setup, std::move(looks)));
  put_freshness(out, {as_of, incomplete});
  return json_response(out.end_object().take());
}

Result<Response> update_experiment(Api& api, const Call& call) {
  TRY_ASSIGN(const ExperimentId id, id_of(call));
  const std::lock_guard lock(api.patching);
  TRY_ASSIGN(ExperimentSetup setup, api.deps.experiments.get(call.workspace(), id));
  const UnixMillis now = api.deps.clock.now_ms();
  TRY(patch_experiment(setup, call.request.body, now));
  TRY_ASSIGN(const ExperimentSetup changed, api.deps.experiments.update(setup));
  return experiment_response(api, call, changed, 200);
}

Result<Response> delete_experiment(Api& api, const Call& call) {
  TRY_ASSIGN(const ExperimentId id, id_of(call));
  TRY(api.deps.experiments.remove(call.workspace(), id));
  return Response{204, {}, {}};
}

}  // namespace tally
