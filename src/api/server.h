// SPDX-License-Identifier: Apache-2.0
//
// The console listener: the management API, the questions about clicks, health and metrics, and the
// files of the web console. src/api/openapi.json is the contract, routes.cc lists every route on
// one screen, and a test holds the two against each other.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "base/result.h"
#include "clicks/click_store.h"
#include "links/account_store.h"
#include "links/alert_store.h"
#include "links/conversion_store.h"
#include "links/experiment_store.h"
#include "links/export_store.h"
#include "links/figures_store.h"
#include "links/link_store.h"
#include "links/webhook_store.h"
#include "mail/smtp_client.h"
#include "pipeline/eraser.h"
#include "pipeline/export_runner.h"
#include "pipeline/reclassifier.h"
#include "redirect/client_address.h"

namespace tally {

struct ExportPlaces;
class BucketUploader;
class LiveHub;

// One part of the process as /readyz shows it.
struct PartState {
  std::string name;
  std::string state;   // "ok", "old" (its data is), "degraded" (works, but not fully) or "down"
  std::string detail;  // for a person; may be empty
};

// What privacy.ip and privacy.signals are set to.
struct PrivacySettings {
  std::string_view ip, signals;
};

// Everything that the API asks for. References outlive the server; functions are called from its
// handler threads, several at once.
struct ApiDeps {
  LinkStore& links;
  AccountStore& accounts;
  FiguresStore& figures;
  ConversionStore& conversions;
  ExperimentStore& experiments;
  AlertStore& alerts;
  ExportStore& exports;
  WebhookStore& webhooks;
  ClickStore& clicks;
  Reclassifier& reclassifier;
  Eraser& eraser;
  ExportRunner& export_runner;
  ExportPlaces& export_places;
  BucketUploader& buckets;
  LiveHub& live;
  const Clock& clock;
  Random& random;
  std::function<UnixMillis()> as_of;  // every hit received before is in `clicks`
  // Waits a few seconds at most for every hit received before to be in `clicks`; whether they are.
  std::function<bool(UnixMillis)> await_stored;
  // So many clicks count against the link's limit at least, from now on and for good.
  std::function<Result<void>(LinkId, std::uint64_t)> count_at_least;
  // The numbers that somebody with this address and user agent has had on the UTC days whose salts
  // are there.
  std::function<Result<std::vector<std::uint64_t>>(WorkspaceId, const Address&, std::string_view)>
      visitors_of;
  // This server may have given a click that id.
  std::function<bool(const ClickKey&)> given_out;
  // Gives an imported click its visitor's number, by what a file calls the person or by the
  // click's address, of which it leaves what is stored.
  std::function<Result<void>(Click&, std::string_view person)> place_visitor;
  std::function<std::vector<PartState>()> parts;
  std::function<std::string()> metrics_text;  // Prometheus text format
  std::function<void()> links_changed;        // after each change of a link
  std::function<void()> conversions_changed;  // after each that was told of
  std::function<void()> alerts_changed;       // after each change of what one asks
  // Sends a mail now; none where no mail server is set up.
  std::function<Result<SmtpAnswer>(const Mail&)> send_mail;
  // After each change of a webhook, and when something is to be sent again; none: nobody sends.
  std::function<void()> webhooks_changed = {};
  // Sends a webhook an event of no consequence and waits for the answer; none likewise.
  std::function<Result<WebhookDelivery>(WorkspaceId, const Webhook&)> test_webhook = {};
  std::string console_url;  // "https://stats.example", without a last '/'
  // Clicks received in this range went unrecorded.
  std::function<bool(const TimeRange&)> incomplete;
  std::function<std::string()> geo_attribution;  // "" without a geo database
  std::string links_base_url;                    // "https://go.example", without a last '/'
  // Where settings lead bare paths of the default domain: a setting's name and a URL.
  std::vector<std::pair<std::string, std::string>> default_redirects;
  std::vector<std::string> app_schemes;  // that links may open besides http and https
  std::filesystem::path web_root;        // the built console; "" or missing: API only
  std::string version;
  PrivacySettings privacy;
  std::array<unsigned char, 16> click_id_key{};
  TrustedProxies proxies;  // whose X-Forwarded-For is believed
};

struct ApiOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  // 0 picks a free one
  std::size_t handler_threads = 4;
  int listener = -1;  // a socket that listens already, to be used and owned instead
};

class ApiServer {
 public:
  // Takes the address at once, answers from start() on.
  static Result<std::unique_ptr<ApiServer>> listen(const ApiOptions& options, ApiDeps deps);
  ~ApiServer();  // stops
  ApiServer(const ApiServer&) = delete;
  ApiServer& operator=(const ApiServer&) = delete;

  std::uint16_t port() const;
  int listener() const;
  void start();
  // Lets running requests finish for a moment, then ends. Calling it again does nothing.
  void stop();

 private:
  struct Parts;
  explicit ApiServer(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace tally
