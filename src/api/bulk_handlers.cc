// SPDX-License-Identifier: Apache-2.0
//
// Many links in one request: all of them or none. Every item is judged before anything is stored,
// so that one answer names everything that is wrong with a list.
#include "api/handlers.h"
#include "api/link_input.h"
#include "api/problem.h"
#include "base/json_writer.h"

namespace tally {
namespace {

constexpr std::size_t kMaxLinks = 10'000;
constexpr std::size_t kMaxPasswords = 100;  // each takes tens of milliseconds to hash
constexpr std::size_t kMaxShownFaults = 100;

struct Batch {
  std::vector<Link> links;
  std::vector<bool> unnamed;  // has a random name
  std::vector<LinkFault> faults;
};

Response refuse_items(const std::vector<LinkFault>& faults, const Call& call) {
  Problem problem{422,
                  "invalid_items",
                  std::to_string(faults.size()) + " of the links cannot be stored: none was",
                  "links",
                  {}};
  for (const LinkFault& fault : faults) {
    if (problem.items.size() == kMaxShownFaults) break;
    Problem of_item = to_problem(fault.error);
    problem.items.push_back({fault.index, std::move(of_item.code), std::move(of_item.detail),
                             std::move(of_item.field)});
  }
  return problem_response(problem, call.request.id);
}

Result<Batch> read_batch(Api& api, const Call& call) {
  TRY_ASSIGN(const JsonDocument document, JsonDocument::parse(call.request.body));
  JsonFields fields(document);
  std::vector<JsonFields> items = fields.items("links");
  TRY(fields.finish());
  if (items.empty() || items.size() > kMaxLinks)
    return fail_field("links", items.empty() ? "required" : "too_many", "must be 1 to 10000 links");
  TRY_ASSIGN(const LinkRules rules, link_rules(api));
  Batch out;
  std::size_t passwords = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    Link blank;
    blank.workspace = call.workspace();
    auto input = apply_link_json(std::move(blank), items[i], rules);
    if (input && input->password && ++passwords > kMaxPasswords)
      return fail_field("links", "too_many_passwords",
                        "must be at most 100 links with a password at once");
    // Once something is wrong nothing will be stored, so nothing needs hashing.
    if (input && out.faults.empty()) {
      TRY_ASSIGN(Link link, hashed(std::move(*input)));
      out.unnamed.push_back(link.prefix.empty());
      if (link.prefix.empty()) link.prefix = random_slug(api);
      out.links.push_back(std::move(link));
    }
    if (!input) out.faults.push_back({i, std::move(input).error()});
  }
  return out;
}

// Gives the unnamed links among the faults another name; false when a fault is of another kind.
bool rename(Api& api, Batch& batch, const std::vector<LinkFault>& faults) {
  for (const LinkFault& fault : faults) {
    if (fault.error.slug != "slug_taken" || !batch.unnamed[fault.index]) return false;
    batch.links[fault.index].prefix = random_slug(api);
  }
  return true;
}

Result<CreatedLinks> store(Api& api, Batch& batch, const std::optional<RequestKey>& key,
                           const Editor& by) {
  for (int i = 1;; ++i) {
    TRY_ASSIGN(CreatedLinks made, api.deps.links.create_many(batch.links, key, by));
    if (made.faults.empty() || i == kSlugTries || !rename(api, batch, made.faults)) return made;
  }
}

}  // namespace

Result<Response> create_links(Api& api, const Call& call) {
  TRY_ASSIGN(const auto key, request_key(api, call.request));
  TRY_ASSIGN(Batch batch, read_batch(api, call));
  if (!batch.faults.empty()) return refuse_items(batch.faults, call);
  TRY_ASSIGN(const CreatedLinks made, store(api, batch, key, call.editor()));
  if (!made.faults.empty()) return refuse_items(made.faults, call);
  api.deps.links_changed();
  JsonWriter out;
  out.begin_object().key("data").begin_array();
  for (const Link& link : made.links) put_link(out, link, api.deps.links_base_url);
  out.end_array().end_object();
  Response response = json_response(out.take(), 201);
  if (made.repeated) response.fields.push_back({"Idempotency-Replayed", "true"});
  return response;
}

}  // namespace tally
