// SPDX-License-Identifier: Apache-2.0
//
// Parts of a data folder that more than one verb makes: `serve` for as long as it runs, `demo` to
// fill a fresh folder. They are made here from the settings, so that both mean the same files, the
// same store and the same rules.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "api/public_conversions.h"
#include "base/clock.h"
#include "clicks/click_store.h"
#include "engine/supervisor.h"
#include "enrich/enrich_data.h"
#include "enrich/enricher.h"
#include "enrich/salt.h"
#include "http/client.h"
#include "links/account_store.h"
#include "links/link_feed.h"
#include "links/link_store.h"
#include "pipeline/day_closer.h"
#include "pipeline/reclassifier.h"
#include "pipeline/retention.h"
#include "pipeline/shipper.h"
#include "redirect/tls.h"
#include "server/node.h"
#include "server/settings.h"

namespace tally {

// "localhost" of "http://localhost:8080/x".
std::string host_of(const std::string& url);

// "http://127.0.0.1:8080", "https://[::1]:8080".
std::string url_of(const std::string& address, std::uint16_t port, bool tls = false);

// What the links listener's TLS needs; null when the settings name no certificate.
Result<std::unique_ptr<TlsContext>> open_tls(const Settings& settings);

// Whether a process that answers at `running` ("LINKS CONSOLE", two URLs) answers where `settings`
// want it; port 0 wants any. `conflict` when not.
Result<void> check_same_addresses(const Settings& settings, const std::string& running);

// Where settings lead bare paths of the default domain: a setting's name and a URL.
std::vector<std::pair<std::string, std::string>> default_redirects(const Settings& settings);

// `invalid` when one of those leads back to this server.
Result<void> check_redirects(const Settings& settings, LinkStore& links);

std::filesystem::path links_file(const Settings& settings, const Node& node);

// What enrichment loads; the paths must be filled in (default_paths.h).
DataFiles data_files(const Settings& settings);

// How enrichment works; referrers on the host of `base_url` and on `domains` are our own.
EnrichSettings enrich_settings(const Settings& settings, const std::string& base_url,
                               const OwnDomains* domains = nullptr);

// Keeps `hosts` at those of the domains there are.
LinkFeed::OnDomains keep_hosts(OwnDomains& hosts);

struct ClickStoreParts {
  std::unique_ptr<EngineSupervisor> engine;  // none when the settings name a server
  std::unique_ptr<ClickStore> store;
};

// The store of the settings' URL, or the embedded engine's, which is started but not waited for.
// `clock` and `http` must outlive the parts. `read_port` is for the engine's guests; -1: none.
ClickStoreParts open_click_store(const Settings& settings, const Node& node, const Clock& clock,
                                 HttpClient& http, int read_port = -1);

// What settings must not say together, as far as it is not for the parts themselves to find out.
Result<void> check_together(Files& files, const Settings& settings);

// What judges stored clicks again. Everything it is given must outlive it.
std::unique_ptr<Reclassifier> make_reclassifier(Files& files, const Clock& clock, const Node& node,
                                                ClickStore& clicks, LinkStore& links,
                                                const EnrichData& data, const Shipper& shipper);

// What links to the console begin with.
std::string console_url(const Settings& settings);
// None for none.
std::function<Result<SmtpAnswer>(const Mail&)> mail_sender(const SmtpClient* smtp);

// What closes the days of every workspace. Everything it is given must outlive it.
std::unique_ptr<DayCloser> make_day_closer(const Clock& clock, ClickStore& clicks,
                                           AccountStore& accounts, const Shipper& shipper);

// How long every workspace keeps its clicks.
Result<std::vector<Retention::Policy>> retention_policies(AccountStore& accounts);

// The numbers of somebody with this address and user agent on the UTC days whose salts are there.
Result<std::vector<std::uint64_t>> visitors_of(SaltKeeper& salts, UnixMillis now,
                                               WorkspaceId workspace, const Address& address,
                                               std::string_view user_agent);

// The same as a function, for now. What it is given must outlive it.
std::function<Result<std::vector<std::uint64_t>>(WorkspaceId, const Address&, std::string_view)>
visitor_finder(SaltKeeper& salts, const Clock& clock);

// What gives imported clicks their visitors. Everything it is given must outlive it.
std::function<Result<void>(Click&, std::string_view person)> visitor_placer(
    SaltKeeper& salts, const Clock& clock, const Settings& settings, const Node& node);

// For pages of destinations: clicks that this node gave out.
std::unique_ptr<PublicConversions> make_page_conversions(AccountStore& accounts,
                                                         ConversionStore& conversions,
                                                         const Clock& clock, const Node& node);

// Where the first admin is made; "" when there is one.
Result<std::string> setup_url(AccountStore& accounts, const std::string& console);

}  // namespace tally
