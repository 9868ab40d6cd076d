// SPDX-License-Identifier: Apache-2.0
#include "server/parts.h"

#include <fmt/format.h>

#include <string_view>

#include "enrich/imported_visitors.h"
#include "enrich/visitor.h"
#include "model/url.h"
#include "server/default_paths.h"
#include "server/read_port.h"
#include "sinks/kafka_producer.h"

namespace tally {

std::string host_of(const std::string& url) {
  const auto start = url.find("//") + 2;
  const std::string authority = url.substr(start, url.find('/', start) - start);
  const auto colon = authority.rfind(':');
  const bool has_port = colon != std::string::npos && !authority.substr(colon).contains(']');
  return has_port ? authority.substr(0, colon) : authority;
}

std::string url_of(const std::string& address, std::uint16_t port, bool tls) {
  const std::string_view scheme = tls ? "https" : "http";
  return address.contains(':') ? fmt::format("{}://[{}]:{}", scheme, address, port)
                               : fmt::format("{}://{}:{}", scheme, address, port);
}

Result<void> check_same_addresses(const Settings& settings, const std::string& running) {
  const auto fits = [](const ListenAddress& wanted, std::string_view url) {
    const auto authority = [](std::string_view text) {
      return text.substr(text.find("//"), text.rfind(':') - text.find("//"));
    };
    return authority(url) == authority(url_of(wanted.address, wanted.port)) &&
           (wanted.port == 0 || url.substr(url.rfind(':') + 1) == std::to_string(wanted.port));
  };
  const auto blank = running.find(' ');
  const std::string_view all = running;
  if (blank != std::string::npos && fits(settings.links, all.substr(0, blank)) &&
      fits(settings.console, all.substr(blank + 1)))
    return {};
  return fail(ErrorCode::conflict, "the running process listens elsewhere: " + running,
              "a take-over keeps the addresses: stop it first to change them");
}

std::vector<std::pair<std::string, std::string>> default_redirects(const Settings& settings) {
  return {{"links.root_redirect", settings.root_redirect},
          {"links.not_found_redirect", settings.not_found_redirect}};
}

Result<void> check_redirects(const Settings& settings, LinkStore& links) {
  OwnHosts own(settings.links_base_url.empty() ? url_of(settings.links.address, settings.links.port)
                                               : settings.links_base_url);
  TRY_ASSIGN(const auto domains, links.domains());
  for (const Domain& domain : domains) own.add(domain.host);
  for (const auto& [name, url] : default_redirects(settings))
    if (own.own(url))
      return fail(ErrorCode::invalid,
                  fmt::format("{}: '{}' leads back to this server, in circles", name, url),
                  "name a page elsewhere, or leave it empty");
  return {};
}

Result<std::unique_ptr<TlsContext>> open_tls(const Settings& settings) {
  if (settings.tls_certificate.empty() && settings.tls_key.empty()) return nullptr;
  if (settings.tls_certificate.empty() || settings.tls_key.empty())
    return fail(ErrorCode::invalid, "links.tls_certificate and links.tls_key go together");
  return TlsContext::load({settings.tls_certificate, settings.tls_key});
}

std::filesystem::path links_file(const Settings& settings, const Node& node) {
  if (settings.links_url.empty()) return node.links_file();
  return settings.links_url.substr(std::string_view("sqlite:").size());
}

DataFiles data_files(const Settings& settings) {
  return {.user_agent_rules = settings.user_agent_rules,
          .tables = settings.rules.empty() ? settings.data / "rules" : settings.rules,
          .geo_v4 = settings.geo_v4,
          .geo_v6 = settings.geo_v6,
          .geo_fetched = settings.geo_fetched};
}

EnrichSettings enrich_settings(const Settings& settings, const std::string& base_url,
                               const OwnDomains* domains) {
  EnrichSettings out;
  out.ip = settings.ip;
  out.signals = settings.signals;
  out.own_hosts = {host_of(base_url)};
  out.own_domains = domains;
  return out;
}

LinkFeed::OnDomains keep_hosts(OwnDomains& hosts) {
  return [&hosts](std::span<const Domain> domains) {
    std::vector<std::string> now;
    for (const Domain& domain : domains) now.push_back(domain.host);
    hosts.publish(std::make_shared<const std::vector<std::string>>(std::move(now)));
  };
}

Result<void> check_together(Files& files, const Settings& settings) {
  TRY(check_smtp(settings.mail));
  TRY(check_kafka(files, settings.kafka));
  return check_read_port(settings);
}

ClickStoreParts open_click_store(const Settings& settings, const Node& node, const Clock& clock,
                                 HttpClient& http, int read_port) {
  ClickStoreParts out;
  ClickStoreOptions options;
  if (settings.clicks_url.empty()) {
    EngineSupervisor::Options child;
    child.binary = settings.engine_binary.empty() ? std::filesystem::path(this_program())
                                                  : settings.engine_binary;
    child.path = node.engine_data();
    child.socket = node.engine_socket();
    child.library = settings.engine_library;
    child.read_listener = read_port;
    child.read_token = settings.read_token;
    out.engine = std::make_unique<EngineSupervisor>(child, clock);
    out.engine->start();
    options.unix_socket = child.socket;
    options.is_silent = [engine = out.engine.get()] { return !engine->state().running; };
  } else {
    options.url = settings.clicks_url;
  }
  out.store = std::make_unique<ClickStore>(http, options);
  return out;
}

namespace {

Result<std::vector<LinkId>> limited_links(LinkStore& links, WorkspaceId workspace) {
  std::vector<LinkId> out;
  TRY(links.read_all([&](const Link& link) {
    if (link.workspace == workspace && link.click_limit) out.push_back(link.id);
  }));
  return out;
}

}  // namespace

std::unique_ptr<Reclassifier> make_reclassifier(Files& files, const Clock& clock, const Node& node,
                                                ClickStore& clicks, LinkStore& links,
                                                const EnrichData& data, const Shipper& shipper) {
  return std::make_unique<Reclassifier>(
      Reclassifier::Deps{
          files, clock, clicks, [&shipper] { return shipper.counters().as_of.load(); },
          [&data] { return data.agents().get(); },
          [&links](WorkspaceId workspace) { return limited_links(links, workspace); }},
      node.cursors() / "reclassify");
}

std::string console_url(const Settings& settings) {
  if (!settings.console_base_url.empty()) return settings.console_base_url;
  return url_of(settings.console.address, settings.console.port);
}

std::function<Result<SmtpAnswer>(const Mail&)> mail_sender(const SmtpClient* smtp) {
  if (smtp == nullptr) return {};
  return [smtp](const Mail& mail) { return smtp->send(mail); };
}

std::unique_ptr<DayCloser> make_day_closer(const Clock& clock, ClickStore& clicks,
                                           AccountStore& accounts, const Shipper& shipper) {
  const auto workspaces = [&accounts]() -> Result<std::vector<DayCloser::Workspace>> {
    TRY_ASSIGN(const auto all, accounts.workspaces());
    std::vector<DayCloser::Workspace> out;
    for (const Workspace& workspace : all) {
      TRY_ASSIGN(TimeZone zone, TimeZone::load(workspace.time_zone));
      out.push_back({workspace.id, std::move(zone)});
    }
    return out;
  };
  return std::make_unique<DayCloser>(DayCloser::Deps{
      clock, clicks, [&shipper] { return shipper.counters().as_of.load(); }, workspaces});
}

Result<std::vector<Retention::Policy>> retention_policies(AccountStore& accounts) {
  TRY_ASSIGN(const auto all, accounts.workspaces());
  std::vector<Retention::Policy> out;
  for (const Workspace& workspace : all) out.push_back({workspace.id, workspace.retention_days});
  return out;
}

Result<std::vector<std::uint64_t>> visitors_of(SaltKeeper& salts, UnixMillis now,
                                               WorkspaceId workspace, const Address& address,
                                               std::string_view user_agent) {
  std::vector<std::uint64_t> out;
  for (const UnixMillis time : {now, now - kMillisPerDay}) {
    if (!salts.knows(time / kMillisPerDay)) continue;
    TRY_ASSIGN(const Salt salt, salts.for_time(time));
    out.push_back(visitor_of(salt, workspace, address, user_agent));
  }
  return out;
}

std::function<Result<std::vector<std::uint64_t>>(WorkspaceId, const Address&, std::string_view)>
visitor_finder(SaltKeeper& salts, const Clock& clock) {
  return [&](WorkspaceId workspace, const Address& address, std::string_view agent) {
    return visitors_of(salts, clock.now_ms(), workspace, address, agent);
  };
}

std::function<Result<void>(Click&, std::string_view person)> visitor_placer(
    SaltKeeper& salts, const Clock& clock, const Settings& settings, const Node& node) {
  return [visitors = ImportedVisitors(salts, clock, settings.ip, node.click_id_key())](
             Click& click, std::string_view person) { return visitors.place(click, person); };
}

std::unique_ptr<PublicConversions> make_page_conversions(AccountStore& accounts,
                                                         ConversionStore& conversions,
                                                         const Clock& clock, const Node& node) {
  return std::make_unique<PublicConversions>(
      PublicConversions::Deps{accounts, conversions, clock, ClickIdCodec(node.click_id_key()),
                              [&node](const ClickKey& click) { return node.may_have(click); }});
}

Result<std::string> setup_url(AccountStore& accounts, const std::string& console) {
  TRY_ASSIGN(const bool needed, accounts.needs_setup());
  if (!needed) return std::string();
  TRY_ASSIGN(const std::string token, accounts.new_setup_token());
  return console + "/setup?token=" + token;
}

}  // namespace tally
