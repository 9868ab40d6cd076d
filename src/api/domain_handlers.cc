// SPDX-License-Identifier: Apache-2.0
#include "api/handlers.h"
#include "api/json.h"
#include "base/json_writer.h"
#include "api/link_input.h"
#include "model/calendar.h"

namespace tally {
namespace {

void put_domain(JsonWriter& out, const Domain& domain, std::string_view base_url) {
  out.begin_object()
      .field("id", domain.id.text())
      .field("host", domain.host)
      .field("base_url", base_url_of(base_url, domain.host))
      .text_or_null("root_redirect", domain.root_redirect)
      .text_or_null("not_found_redirect", domain.not_found_redirect)
      .field("created_at", format_utc(domain.created_at))
      .field("updated_at", format_utc(domain.updated_at))
      .end_object();
}

Response domain_response(const Api& api, const Domain& domain, int status) {
  JsonWriter out;
  put_domain(out, domain, api.deps.links_base_url);
  return json_response(out.take(), status);
}

Result<DomainId> id_of(const Call& call) {
  const auto id = DomainId::parse(call.route.value("id"));
  if (!id) return fail(ErrorCode::not_found, "there is no such domain");
  return *id;
}

// A redirect to one of our own hosts could end where it began.
Result<void> check(Api& api, const Domain& domain) {
  TRY(validate(domain));
  TRY_ASSIGN(LinkRules rules, link_rules(api));
  rules.hosts.add(domain.host);
  for (const auto& [field, url] : {std::pair("root_redirect", domain.root_redirect),
                                   std::pair("not_found_redirect", domain.not_found_redirect)})
    if (!url.empty() && rules.hosts.own(url))
      return fail_field(field, "own_host",
                        "is one of this server's own short links: it would lead in circles");
  return {};
}

std::unexpected<Error> leads_here(const std::string& what) {
  return std::unexpected(Error{ErrorCode::conflict,
                               what + " leads to this host: it would lead in circles",
                               "let it lead elsewhere first", "host", "links_lead_here"});
}

Result<void> refuse_if_a_redirect_leads(Api& api, const Domain& wanted, const OwnHosts& place) {
  for (const auto& [setting, url] : api.deps.default_redirects)
    if (place.own(url)) return leads_here("the setting " + setting);
  TRY_ASSIGN(const auto domains, api.deps.links.domains());
  for (const Domain& domain : domains) {
    if (!place.own(domain.root_redirect) && !place.own(domain.not_found_redirect)) continue;
    return leads_here(domain.workspace == wanted.workspace
                          ? "a redirect of the domain " + domain.host
                          : "a redirect of another workspace's domain");
  }
  return {};
}

// What leads to a host would lead in circles once the host is ours.
Result<void> refuse_if_led_to(Api& api, const Domain& wanted) {
  OwnHosts place(base_url_of(api.deps.links_base_url, wanted.host));
  place.add(wanted.host);
  TRY(refuse_if_a_redirect_leads(api, wanted, place));
  std::string found;
  TRY(api.deps.links.leading_to(wanted.host, [&](const Link& link) {
    const auto done = refuse_loops(link, place);
    if (done) return true;
    found = link.workspace == wanted.workspace
                ? done.error().field + " of link " + link.id.text() + " (" +
                      base_url_of(api.deps.links_base_url, link.domain) + short_path(link) + ")"
                : "a link of another workspace";
    return false;
  }));
  if (!found.empty()) return leads_here(found);
  return {};
}

}  // namespace

Result<Response> list_domains(Api& api, const Call& call) {
  TRY_ASSIGN(const auto domains, api.deps.links.domains());
  JsonWriter out;
  out.begin_object().key("data").begin_array();
  for (const Domain& domain : domains)
    if (domain.workspace == call.workspace()) put_domain(out, domain, api.deps.links_base_url);
  out.end_array().field("next_cursor", nullptr).end_object();
  return json_response(out.take());
}

Result<Response> create_domain(Api& api, const Call& call) {
  TRY_ASSIGN(const JsonDocument document, JsonDocument::parse(call.request.body));
  JsonFields fields(document);
  Domain domain;
  domain.workspace = call.workspace();
  fields.require("host");
  fields.text("host", domain.host);
  fields.text_or_null("root_redirect", domain.root_redirect);
  fields.text_or_null("not_found_redirect", domain.not_found_redirect);
  TRY(fields.finish());
  TRY_ASSIGN(domain.host, canonical_host(domain.host, "host"));
  if (base_url_of(api.deps.links_base_url, domain.host) == api.deps.links_base_url)
    return std::unexpected(Error{ErrorCode::conflict,
                                 "this is the default domain: it is here already",
                                 {},
                                 "host",
                                 "host_taken"});
  TRY(check(api, domain));
  TRY(refuse_if_led_to(api, domain));
  TRY_ASSIGN(const Domain made, api.deps.links.create_domain(domain));
  api.deps.links_changed();
  Response out = domain_response(api, made, 201);
  out.fields.push_back({"Location", "/api/v1/domains/" + made.id.text()});
  return out;
}

Result<Response> get_domain(Api& api, const Call& call) {
  TRY_ASSIGN(const DomainId id, id_of(call));
  TRY_ASSIGN(const Domain domain, api.deps.links.get_domain(call.workspace(), id));
  return domain_response(api, domain, 200);
}

Result<Response> update_domain(Api& api, const Call& call) {
  TRY_ASSIGN(const DomainId id, id_of(call));
  const std::lock_guard lock(api.patching);
  TRY_ASSIGN(Domain domain, api.deps.links.get_domain(call.workspace(), id));
  TRY_ASSIGN(const JsonDocument document, JsonDocument::parse(call.request.body));
  JsonFields fields(document);
  std::string host = domain.host;
  fields.text("host", host);
  fields.text_or_null("root_redirect", domain.root_redirect);
  fields.text_or_null("not_found_redirect", domain.not_found_redirect);
  TRY(fields.finish());
  TRY_ASSIGN(host, canonical_host(host, "host"));
  if (host != domain.host)
    return fail_field("host", "fixed", "a domain keeps its host: add another domain instead");
  TRY(check(api, domain));
  TRY_ASSIGN(const Domain changed, api.deps.links.update_domain(domain));
  api.deps.links_changed();
  return domain_response(api, changed, 200);
}

Result<Response> delete_domain(Api& api, const Call& call) {
  TRY_ASSIGN(const DomainId id, id_of(call));
  TRY(api.deps.links.remove_domain(call.workspace(), id));
  api.deps.links_changed();
  return Response{204, {}, {}};
}

}  // namespace tally
