// SPDX-License-Identifier: Apache-2.0
//
// Clicks of the past, from a file or a piece of one: all of them or none (click_import.h).
#include <array>
#include <chrono>
#include <map>
#include <mutex>
#include <optional>

#include "api/click_import.h"
#include "api/clicks_input.h"
#include "api/handlers.h"
#include "api/parameter.h"
#include "api/problem.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "http/query_string.h"

namespace tally {
namespace {

// So long does an answer wait for first clicks to be worked out.
constexpr std::chrono::seconds kCountingWait{10};

struct ImportQuestion {
  bool check = false;  // only say whether it could be stored
  bool more = false;   // of the same file: first clicks can wait
  std::optional<std::size_t> line;
};

Result<ImportQuestion> read_question(const Request& request) {
  TRY_ASSIGN(const auto parameters, parse_query_string(request.query));
  ImportQuestion out;
  for (const auto& [name, value] : parameters) {
    if (name == "check" || name == "more") {
      if (value != "0" && value != "1") return bad_parameter(name, "'" + name + "' is 0 or 1");
      (name == "check" ? out.check : out.more) = value == "1";
    } else if (name == "line") {
      out.line = parse_number<std::uint32_t>(value);
      if (!out.line) return bad_parameter(name, "'line' is the first click's line in the file");
    } else {
      return unknown_parameter(name);
    }
  }
  return out;
}

// Links of the workspace by the names that clicks have.
class LinkNames {
 public:
  struct Found {
    LinkId id;
    bool records = true;
  };

  LinkNames(LinkStore& links, WorkspaceId workspace) : links_(links), workspace_(workspace) {}

  // Exact names before patterns; a host that is no domain of the workspace is the default one.
  Result<std::optional<Found>> find(const Click& click) {
    const auto [known, fresh] = found_.try_emplace({click.domain, click.prefix, click.token});
    if (!fresh) return known->second;
    for (const std::string& domain : {click.domain, std::string()})
      for (const std::string& token : {click.token, std::string(kPatternToken)}) {
        if (token != click.token && click.token.empty()) continue;
        TRY_ASSIGN(const auto id, links_.named(workspace_, domain, click.prefix, token));
        if (!id) continue;
        TRY_ASSIGN(const Link link, links_.get(workspace_, *id));
        return known->second = Found{*id, link.privacy != LinkPrivacy::do_not_record};
      }
    return std::nullopt;
  }

 private:
  LinkStore& links_;
  WorkspaceId workspace_;
  std::map<std::array<std::string, 3>, std::optional<Found>> found_;
};

Result<void> find_links(Api& api, WorkspaceId workspace, ClicksInput& input,
                        std::vector<ClickFault>& faults) {
  LinkNames names(api.deps.links, workspace);
  for (std::size_t i = 0; i < input.clicks.size() && faults.size() < kMaxImportFaults; ++i) {
    Click& click = input.clicks[i];
    if (click.outcome == Outcome::not_found) continue;
    TRY_ASSIGN(const auto link, names.find(click));
    if (!link) {
      faults.push_back(
          {input.lines[i],
           fail_field("prefix", "unknown_link", "there is no such link: make it first").error()});
      continue;
    }
    click.link = link->id;
    if (!link->records) click = not_recorded(std::move(click));
  }
  return {};
}

Response refuse_lines(const std::vector<ClickFault>& faults, const Call& call) {
  Problem problem{422, "invalid_items", "some lines cannot be stored: none was", "", {}};
  for (const ClickFault& fault : faults) {
    Problem of_item = to_problem(fault.error);
    problem.items.push_back({problem.items.size(), std::move(of_item.code),
                             std::move(of_item.detail), std::move(of_item.field), fault.line});
  }
  return problem_response(problem, call.request.id);
}

// A click of this server's own that is not stored yet would be there twice, once it is.
void find_own_clicks(Api& api, UnixMillis now, const ClicksInput& input,
                     std::vector<ClickFault>& faults) {
  if (!input.has_ids) return;
  std::optional<bool> stored;
  for (std::size_t i = 0; i < input.clicks.size() && faults.size() < kMaxImportFaults; ++i) {
    if (!api.deps.given_out(input.clicks[i].key)) continue;
    if (!stored) stored = api.deps.await_stored(now + 1);
    if (*stored) return;
    faults.push_back({input.lines[i],
                      fail_field("click_id", "not_stored_yet",
                                 "may be of a click that this server has not stored yet: try again "
                                 "in a moment")
                          .error()});
  }
}

}  // namespace

Result<Response> import_clicks(Api& api, const Call& call) {
  TRY_ASSIGN(const ImportQuestion question, read_question(call.request));
  const bool in_csv = equals_ignoring_case(media_type(call.request), kCsv);
  const ClicksRules rules{api.click_ids, call.workspace(), api.deps.clock.now_ms(),
                          question.line.value_or(in_csv ? 2 : 1), api.deps.place_visitor};
  std::vector<ClickFault> faults;
  TRY_ASSIGN(ClicksInput input, in_csv ? read_clicks_csv(call.request.body, rules, faults)
                                       : read_clicks_ndjson(call.request.body, rules, faults));
  TRY(find_links(api, call.workspace(), input, faults));
  find_own_clicks(api, rules.now, input, faults);
  if (!faults.empty()) return refuse_lines(faults, call);
  std::size_t added = 0;
  bool counting = false;
  if (!question.check) {
    const std::unique_lock turn(api.importing, std::try_to_lock);
    if (!turn)
      return std::unexpected(Error{
          ErrorCode::conflict, "another import runs", "try again later", {}, "import_running"});
    mark_first_clicks(input.clicks);
    TRY_ASSIGN(added,
               store_clicks(api.deps.clicks, api.deps.reclassifier, call.workspace(), input));
    counting =
        !question.more && !api.deps.reclassifier.await_counted(call.workspace(), kCountingWait);
  }
  JsonWriter out;
  out.begin_object()
      .field("clicks", input.clicks.size())
      .field("added", added)
      .field("known", question.check ? 0 : input.clicks.size() - added)
      .field("counting", counting)
      .end_object();
  return json_response(out.take());
}

Result<Response> get_import(Api& api, const Call& call) {
  const bool counted = api.deps.reclassifier.await_counted(call.workspace(), {});
  JsonWriter out;
  out.begin_object().field("counting", !counted).end_object();
  return json_response(out.take());
}

}  // namespace tally
