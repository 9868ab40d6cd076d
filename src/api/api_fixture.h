// SPDX-License-Identifier: Apache-2.0
//
// For tests: the API over a real database in a temporary folder, called without a socket. The click
// store is one that nobody answers for; what it would say is tested with the store itself.
#pragma once

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>

#include "api/dispatcher.h"
#include "api/export_body.h"
#include "buckets/uploader.h"
#include "clicklog/enriched_log.h"
#include "http/client.h"
#include "links/sqlite/links_database.h"
#include "links/sqlite/sqlite_account_store.h"
#include "links/sqlite/sqlite_alert_store.h"
#include "links/sqlite/sqlite_conversion_store.h"
#include "links/sqlite/sqlite_experiment_store.h"
#include "links/sqlite/sqlite_export_store.h"
#include "links/sqlite/sqlite_figures_store.h"
#include "links/sqlite/sqlite_link_store.h"
#include "links/sqlite/sqlite_webhook_store.h"
#include "live/live_hub.h"

namespace tally {

class ApiFixture : public testing::Test {
 protected:
  ApiFixture()
      : folder_(std::filesystem::temp_directory_path() /
                ("tallymark-api-" + random_.text(12, "abcdefghijklmnop"))) {
    std::filesystem::create_directories(folder_);
    database_ = std::move(LinksDatabase::open(folder_ / "links.db", clock_).value());
    links_ = std::make_unique<SqliteLinkStore>(*database_, clock_);
    accounts_ = std::make_unique<SqliteAccountStore>(*database_, clock_, random_);
    figures_ = std::make_unique<SqliteFiguresStore>(*database_);
    conversions_ =
        std::make_unique<SqliteConversionStore>(*database_, clock_, random_, ClickIdCodec::Key{});
    experiments_ = std::make_unique<SqliteExperimentStore>(*database_, clock_);
    alerts_ = std::make_unique<SqliteAlertStore>(*database_, clock_);
    exports_ = std::make_unique<SqliteExportStore>(*database_, clock_);
    webhooks_ = std::make_unique<SqliteWebhookStore>(*database_, clock_);
    clicks_ = std::make_unique<ClickStore>(
        client_, ClickStoreOptions{"http://engine", (folder_ / "none.sock").string(), 1000, 1000});
    // It is never started: jobs wait.
    reclassifier_ = std::make_unique<Reclassifier>(
        Reclassifier::Deps{files_, clock_, *clicks_, [this] { return clock_.now_ms(); }, {}, {}},
        folder_ / "reclassify");
    eraser_ = std::make_unique<Eraser>(
        Eraser::Deps{files_, clock_, *clicks_, {*clicks_, *conversions_}, {}, {}, {}, {}},
        folder_ / "erase");
    // Likewise: files are written by whoever calls run_due().
    export_runner_ = std::make_unique<ExportRunner>(
        ExportRunner::Deps{
            files_, clock_, *exports_, [this] { return clock_.now_ms(); },
            [](WorkspaceId) -> Result<TimeZone> { return TimeZone::utc(); },
            [](WorkspaceId) -> Result<UnixMillis> { return 0; },
            [this](const ExportSchedule&, TimeRange, const TimeZone&) -> Result<ExportBody> {
              return ExportBody{exported_, {}, [] { return std::optional(3ul); }};
            },
            [](TimeRange) { return false; }},
        folder_ / "exports");
    // Likewise: step() by step.
    buckets_ = std::make_unique<BucketUploader>(
        BucketUploader::Deps{clock_, random_, *exports_,
                             [this](const ExportSchedule& schedule, const ExportRun& run) {
                               return export_runner_->open(schedule, run);
                             }},
        to_this_machine());
    api_ = std::make_unique<Api>(deps());
    dispatcher_ = std::make_unique<Dispatcher>(*api_, StaticFiles());
    workspace_ = accounts_->default_workspace()->id;
  }
  ~ApiFixture() override { std::filesystem::remove_all(folder_); }

  ApiDeps deps() {
    return {.links = *links_,
            .accounts = *accounts_,
            .figures = *figures_,
            .conversions = *conversions_,
            .experiments = *experiments_,
            .alerts = *alerts_,
            .exports = *exports_,
            .webhooks = *webhooks_,
            .clicks = *clicks_,
            .reclassifier = *reclassifier_,
            .eraser = *eraser_,
            .export_runner = *export_runner_,
            .export_places = export_places_,
            .buckets = *buckets_,
            .live = live_,
            .clock = clock_,
            .random = random_,
            .as_of = [this] { return clock_.now_ms(); },
            .await_stored = [this](UnixMillis) { return stored_; },
            .count_at_least = [](LinkId, std::uint64_t) { return Result<void>(); },
            .visitors_of = [](WorkspaceId, const Address&, std::string_view)
                -> Result<std::vector<std::uint64_t>> { return std::vector<std::uint64_t>{5, 6}; },
            .given_out = [](const ClickKey& key) { return key.node == 1; },
            .place_visitor = [](Click&, std::string_view) { return Result<void>(); },
            .parts = [this] { return parts_; },
            .metrics_text = [] { return std::string("tallymark_up 1\n"); },
            .links_changed = [this] { ++changes_; },
            .conversions_changed = [this] { ++told_; },
            .alerts_changed = [this] { ++alert_changes_; },
            .send_mail = [this](const Mail& mail) { return send(mail); },
            .webhooks_changed = [this] { ++webhook_changes_; },
            .test_webhook = [this](WorkspaceId, const Webhook& webhook) { return test(webhook); },
            .console_url = "https://stats.example",
            .incomplete = [](const TimeRange&) { return false; },
            .geo_attribution = [] { return std::string(); },
            .links_base_url = "https://go.example",
            .default_redirects = {{"links.root_redirect", "https://home.example/"}},
            .app_schemes = {"myapp"},
            .web_root = {},
            .version = "1.2.3",
            .privacy = {"truncated", "ignore"},
            .click_id_key = {},
            .proxies = TrustedProxies({*Network::parse("10.0.0.0/8")})};
  }

  static OutgoingOptions to_this_machine() {
    OutgoingOptions out;
    out.guard = AddressGuard::parse("127.0.0.1").value();
    return out;
  }

  std::string key(Scope scope) {
    return accounts_->create_key(workspace_, "test", Scopes::of(scope))->secret;
  }

  Result<SmtpAnswer> send(const Mail& mail) {
    mails_.push_back(mail);
    return mail_answer_;
  }

  // What a test of a webhook finds.
  virtual Result<WebhookDelivery> test(const Webhook&) { return WebhookDelivery(); }

  static Request request(std::string method, const std::string& target, std::string body = {}) {
    Request out;
    out.method = std::move(method);
    out.path = target.substr(0, target.find('?'));
    if (target.contains('?')) out.query = target.substr(target.find('?') + 1);
    out.peer = "127.0.0.1";
    out.id = "ID";
    out.fields = {{"Host", "console.example"}};
    if (!body.empty()) out.fields.push_back({"Content-Type", "application/json"});
    out.body = std::move(body);
    return out;
  }
  Response as(const std::string& secret, Request request) {
    request.fields.push_back({"Authorization", "Bearer " + secret});
    return dispatcher_->answer(request);
  }
  // The same as an admin's key.
  Response ask(std::string method, const std::string& target, std::string body = {}) {
    if (admin_.empty()) admin_ = key(Scope::admin);
    return as(admin_, request(std::move(method), target, std::move(body)));
  }

  static boost::json::value json(const Response& response) {
    return boost::json::parse(response.body);
  }
  static std::string text(const boost::json::value& value, const char* name) {
    const auto* const found = value.as_object().if_contains(name);
    if (found == nullptr || !found->is_string()) return {};
    return {found->get_string().data(), found->get_string().size()};
  }
  static std::string code(const Response& response) { return text(json(response), "code"); }
  static std::string field(const Response& response, std::string_view name) {
    for (const HeaderField& f : response.fields)
      if (f.name == name) return f.value;
    return {};
  }

  ManualClock clock_{1'800'000'000'000};
  SystemRandom random_;
  std::filesystem::path folder_;
  HttpClient client_;
  std::unique_ptr<LinksDatabase> database_;
  std::unique_ptr<LinkStore> links_;
  std::unique_ptr<AccountStore> accounts_;
  std::unique_ptr<FiguresStore> figures_;
  std::unique_ptr<ConversionStore> conversions_;
  std::unique_ptr<ExperimentStore> experiments_;
  std::unique_ptr<AlertStore> alerts_;
  std::unique_ptr<ExportStore> exports_;
  std::unique_ptr<WebhookStore> webhooks_;
  std::unique_ptr<ClickStore> clicks_;
  PosixFiles files_;
  std::unique_ptr<Reclassifier> reclassifier_;
  std::unique_ptr<Eraser> eraser_;
  std::unique_ptr<ExportRunner> export_runner_;
  ExportPlaces export_places_;
  std::unique_ptr<BucketUploader> buckets_;
  EnrichedLog log_{files_, clock_, {.directory = folder_ / "log"}};
  LiveHub live_{{log_, clock_, [](const Click&) { return std::string("{}"); }}};  // not started
  std::string exported_ = "a,b\r\n1,2\r\n";  // what is in scheduled files
  std::vector<PartState> parts_;
  bool stored_ = true;  // all hits are in the click store
  std::atomic<int> changes_ = 0;
  std::atomic<int> told_ = 0;  // conversions
  std::atomic<int> alert_changes_ = 0;
  std::atomic<int> webhook_changes_ = 0;
  std::vector<Mail> mails_;  // that were sent
  SmtpAnswer mail_answer_{250, "Ok", true, false};
  std::unique_ptr<Api> api_;
  std::unique_ptr<Dispatcher> dispatcher_;
  WorkspaceId workspace_;
  std::string admin_;
};

}  // namespace tally
