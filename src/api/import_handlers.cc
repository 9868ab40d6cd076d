// SPDX-License-Identifier: Apache-2.0
//
// Clicks of the past, from a file or a piece of one: all of them or none.
//
// Each click has a number of its own, from its click id or from its line and where that stands, and
// what is stored already is not stored again. So there is nothing to remember about files: one that
// comes a second time, or again after a crash in its middle, adds what is missing. An insert whose
// outcome is unknown is asked about before it is repeated, and repeated under the same token, as in
// docs/decisions/0020-conversions-carry-their-clicks.md.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <optional>
#include <set>

#include "api/clicks_input.h"
#include "api/handlers.h"
#include "api/parameter.h"
#include "api/problem.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "clicks/click_batch.h"
#include "http/query_string.h"

namespace tally {
namespace {

// How often the store may end between noting a token and storing its rows.
constexpr int kMostTokens = 100;
// Keys that the store is asked about in one question.
constexpr std::size_t kKeysAtOnce = 500;

struct ImportQuestion {
  bool check = false;  // only say whether it could be stored
  std::optional<std::size_t> line;
};

Result<ImportQuestion> read_question(const Request& request) {
  TRY_ASSIGN(const auto parameters, parse_query_string(request.query));
  ImportQuestion out;
  for (const auto& [name, value] : parameters) {
    if (name == "check") {
      if (value != "0" && value != "1") return bad_parameter(name, "'check' is 0 or 1");
      out.check = value == "1";
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
  LinkNames(LinkStore& links, WorkspaceId workspace) : links_(links), workspace_(workspace) {}

  // Exact names before patterns; a host that is no domain of the workspace is the default one.
  Result<std::optional<LinkId>> find(const Click& click) {
    const auto [known, fresh] = found_.try_emplace({click.domain, click.prefix, click.token});
    if (!fresh) return known->second;
    for (const std::string& domain : {click.domain, std::string()})
      for (const std::string& token : {click.token, std::string(kPatternToken)}) {
        if (token != click.token && click.token.empty()) continue;
        TRY_ASSIGN(known->second, links_.named(workspace_, domain, click.prefix, token));
        if (known->second) return known->second;
      }
    return std::nullopt;
  }

 private:
  LinkStore& links_;
  WorkspaceId workspace_;
  std::map<std::array<std::string, 3>, std::optional<LinkId>> found_;
};

Result<void> find_links(Api& api, WorkspaceId workspace, ClicksInput& input,
                        std::vector<ClickFault>& faults) {
  LinkNames names(api.deps.links, workspace);
  for (std::size_t i = 0; i < input.clicks.size() && faults.size() < kMaxImportFaults; ++i) {
    Click& click = input.clicks[i];
    click.workspace = workspace;
    if (click.outcome == Outcome::not_found) continue;
    TRY_ASSIGN(const auto link, names.find(click));
    if (link)
      click.link = *link;
    else
      faults.push_back(
          {input.lines[i],
           fail_field("prefix", "unknown_link", "there is no such link: make it first").error()});
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

Result<std::set<ClickKey>> stored_of(ClickStore& store, WorkspaceId workspace,
                                     std::span<const ClickKey> keys) {
  std::set<ClickKey> out;
  while (!keys.empty()) {
    const auto some = keys.first(std::min(keys.size(), kKeysAtOnce));
    TRY_ASSIGN(const auto clicks, store.find_clicks({&workspace, 1}, some));
    for (const Click& click : clicks) out.insert(click.key);
    keys = keys.subspan(some.size());
  }
  return out;
}

// Stores those that are not stored; how many that were. All are of one partition.
Result<std::size_t> store_missing(ClickStore& store, WorkspaceId workspace,
                                  std::span<const Click* const> clicks) {
  std::vector<ClickKey> keys;
  keys.reserve(clicks.size());
  for (const Click* const click : clicks) keys.push_back(click->key);
  std::size_t added = 0;
  for (int tries = 0; tries < kMostTokens; ++tries) {
    TRY_ASSIGN(const auto stored, stored_of(store, workspace, keys));
    ClickBatch missing;
    for (const Click* const click : clicks)
      if (!stored.contains(click->key)) missing.add(*click);
    if (missing.empty()) return added;
    added = missing.rows();
    const ClickKey& first = keys.front();
    TRY(store.insert(missing, fmt::format("import-{}-{}-{}-{}-{}-{}", workspace.value, first.node,
                                          first.epoch, first.n, keys.size(), tries)));
  }
  return fail(ErrorCode::unavailable, "the store takes clicks for stored, and does not hold them");
}

Result<std::size_t> store_all(ClickStore& store, WorkspaceId workspace, const ClicksInput& input) {
  std::map<std::int64_t, std::vector<const Click*>> partitions;
  for (const Click& click : input.clicks)
    partitions[ClickStore::partition_of(click.time)].push_back(&click);
  std::size_t added = 0;
  for (const auto& [partition, clicks] : partitions) {
    TRY_ASSIGN(const std::size_t some, store_missing(store, workspace, clicks));
    added += some;
  }
  return added;
}

}  // namespace

Result<Response> import_clicks(Api& api, const Call& call) {
  TRY_ASSIGN(const ImportQuestion question, read_question(call.request));
  const bool in_csv = equals_ignoring_case(media_type(call.request), kCsv);
  const ClicksRules rules{api.click_ids, api.deps.clock.now_ms(),
                          question.line.value_or(in_csv ? 2 : 1)};
  std::vector<ClickFault> faults;
  TRY_ASSIGN(ClicksInput input, in_csv ? read_clicks_csv(call.request.body, rules, faults)
                                       : read_clicks_ndjson(call.request.body, rules, faults));
  TRY(find_links(api, call.workspace(), input, faults));
  if (!faults.empty()) return refuse_lines(faults, call);
  std::size_t added = 0;
  if (!question.check) {
    // Two at once could both miss the same click.
    const std::unique_lock turn(api.importing, std::try_to_lock);
    if (!turn)
      return std::unexpected(Error{
          ErrorCode::conflict, "another import runs", "try again later", {}, "import_running"});
    TRY_ASSIGN(added, store_all(api.deps.clicks, call.workspace(), input));
  }
  JsonWriter out;
  out.begin_object()
      .field("clicks", input.clicks.size())
      .field("added", added)
      .field("known", question.check ? 0 : input.clicks.size() - added)
      .end_object();
  return json_response(out.take());
}

}  // namespace tally
