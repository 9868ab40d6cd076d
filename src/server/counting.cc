// SPDX-License-Identifier: Apache-2.0
#include "server/counting.h"

#include "base/log.h"
#include "clicklog/click_json.h"
#include "server/edge_parts.h"
#include "server/read_port.h"
#include "server/version.h"

namespace tally {
namespace {

constexpr std::chrono::seconds kEngineStartLimit{15};

// How receivers that others name are called.
OutgoingOptions outgoing_options(const Settings& settings) {
  OutgoingOptions out;
  out.guard = settings.webhook_guard;
  out.ca = settings.webhook_ca;
  return out;
}

// The zone that a workspace reports in.
auto zone_in(AccountStore& accounts) {
  return [&accounts](WorkspaceId id) -> Result<TimeZone> {
    TRY_ASSIGN(const Workspace workspace, accounts.workspace(id));
    return TimeZone::load(workspace.time_zone);
  };
}

}  // namespace

Result<std::unique_ptr<Counting>> Counting::open(const Deps& deps) {
  std::unique_ptr<Counting> out(new Counting);
  TRY(out->open_store(deps));
  TRY(out->open_pipeline(deps));
  TRY(out->start(deps));
  return out;
}

Result<void> Counting::open_store(const Deps& deps) {
  auto port = open_read_port(deps.settings);
  if (!port && !deps.goes_on) return std::unexpected(std::move(port).error());
  if (port)
    read_port_ = std::move(*port);
  else
    log_error("guests are not served until the next start: {}", port.error().line());
  store_ = open_click_store(deps.settings, deps.node, deps.clock, http_, read_port_.get());
  if (!store_.engine) return {};
  // Links answer already; only numbers would have to wait longer than this.
  if (const auto ready = store_.engine->wait_ready(kEngineStartLimit); !ready)
    log_error("the embedded engine is not up yet: {}", ready.error().line());
  return {};
}

Result<void> Counting::open_pipeline(const Deps& deps) {
  TRY(deps.data.ready());
  enricher_ = std::make_unique<Enricher>(
      deps.data, enrich_settings(deps.settings, deps.base_url, &deps.our_hosts));
  enriched_ = std::make_unique<EnrichedLog>(
      deps.files, deps.clock, enriched_log_options(deps.settings, deps.node, deps.log_space));
  TRY(enriched_->open(deps.report));
  TRY_ASSIGN(const JournalPositions positions, enriched_->last_positions());
  std::vector<std::shared_ptr<Shard>> shards(deps.left_over.begin(), deps.left_over.end());
  for (const auto& shard : deps.edge.shards()) shards.push_back(shard);
  enrichment_ = std::make_unique<EnrichStage>(
      EnrichStage::Deps{deps.files, deps.clock, *enricher_, deps.salts, *enriched_, deps.limits,
                        deps.node.visitors(), deps.node.epoch(), deps.bell,
                        [&edge = deps.edge] { return edge.committed_through(); }},
      shards, positions);
  shipper_ = std::make_unique<Shipper>(Shipper::Deps{deps.files, deps.clock, *enriched_, clicks()},
                                       deps.node.cursors() / "clicks");
  live_ = std::make_unique<LiveHub>(LiveHub::Deps{
      *enriched_, deps.clock, [ids = ClickIdCodec(deps.node.click_id_key())](const Click& click) {
        return click_json(click, ids);
      }});
  open_webhooks(deps);
  TRY(open_kafka(deps));
  reclassifier_ = make_reclassifier(deps.files, deps.clock, deps.node, clicks(), deps.links,
                                    deps.data, *shipper_);
  closer_ = make_day_closer(deps.clock, clicks(), deps.accounts, *shipper_);
  joiner_ = std::make_unique<ConversionJoiner>(
      ConversionJoiner::Deps{deps.clock, deps.conversions, clicks(),
                             [this] { return shipper_->counters().as_of.load(); }});
  open_alerts(deps);
  open_exports(deps);
  open_erasing(deps, std::move(shards));
  return {};
}

void Counting::open_webhooks(const Deps& deps) {
  webhooks_ = std::make_unique<Courier>(
      Courier::Deps{deps.clock, deps.random, *enriched_, deps.webhooks, deps.outbox, deps.links,
                    ClickIdCodec(deps.node.click_id_key()), deps.base_url,
                    std::string("Tallymark/") + kVersion},
      outgoing_options(deps.settings));
}

Result<void> Counting::open_kafka(const Deps& deps) {
  if (deps.settings.kafka.brokers.empty()) return {};
  kafka_ = std::make_unique<KafkaFeed>(
      KafkaFeed::Deps{deps.files, deps.clock, *enriched_, ClickIdCodec(deps.node.click_id_key()),
                      deps.node.cursors() / "kafka"},
      deps.settings.kafka, KafkaFeed::Waits{});
  return kafka_->open(deps.report);
}

void Counting::open_alerts(const Deps& deps) {
  const auto zone = zone_in(deps.accounts);
  mail_ = std::make_unique<MailCourier>(MailCourier::Deps{deps.clock, deps.outbox, deps.alerts,
                                                          deps.links, zone, deps.console_url,
                                                          mail_sender(deps.smtp)});
  alerts_ = std::make_unique<AlertEvaluator>(AlertEvaluator::Deps{
      deps.clock, deps.alerts, [this] { return shipper_->counters().as_of.load(); }, zone,
      [this, &links = deps.links](const AlertRule& rule, TimeRange bucket, const TimeZone& in) {
        return ask_alert_numbers(clicks(), links, rule, bucket, in);
      },
      deps.incomplete, [this] { mail_->wake(); }});
}

void Counting::open_exports(const Deps& deps) {
  const auto kept = [&accounts = deps.accounts,
                     &clock = deps.clock](WorkspaceId id) -> Result<UnixMillis> {
    TRY_ASSIGN(const Workspace workspace, accounts.workspace(id));
    return kept_since(clock.now_ms(), workspace.retention_days);
  };
  buckets_ = std::make_unique<BucketUploader>(
      BucketUploader::Deps{deps.clock, deps.random, deps.exports,
                           [&files = deps.files, folder = deps.settings.exports](
                               const ExportSchedule& schedule, const ExportRun& run) {
                             return files.open(export_file_path(folder, schedule, run));
                           }},
      outgoing_options(deps.settings));
  const ExportSources sources{clicks(), deps.links, export_places_, deps.node.click_id_key()};
  exports_ = std::make_unique<ExportRunner>(
      ExportRunner::Deps{
          deps.files, deps.clock, deps.exports,
          [this] { return shipper_->counters().as_of.load(); }, zone_in(deps.accounts), kept,
          [sources](const ExportSchedule& schedule, TimeRange range, const TimeZone& zone) {
            return open_export(sources, schedule, range, zone);
          },
          deps.incomplete, [this] { buckets_->wake(); }},
      deps.settings.exports);
}

void Counting::open_erasing(const Deps& deps, std::vector<std::shared_ptr<Shard>> raw) {
  log_eraser_ = std::make_unique<LogEraser>(
      LogEraser::Deps{deps.clock, clicks(), *enrichment_, *enriched_, std::move(raw),
                      [&edge = deps.edge](UnixMillis time) { edge.end_segments(time); },
                      [this](const EnrichedCursor& cursor) {
                        webhooks_->pass_before(cursor);
                        if (kafka_) kafka_->pass_before(cursor);
                      }});
  const RowEraser rows(clicks(), deps.conversions);
  eraser_ = std::make_unique<Eraser>(
      Eraser::Deps{deps.files, deps.clock, clicks(), rows,
                   [this] { return shipper_->counters().as_of.load(); },
                   [this, &webhooks = deps.webhooks, &links = deps.links](
                       const Erasure& what, Worker& worker) -> Result<void> {
                     TRY(log_eraser_->erase(what, worker));
                     if (what.visitors.empty()) TRY(links.erase_history(what));
                     return webhooks_->forget_rows([&] { return webhooks.erase(what); });
                   },
                   [this](WorkspaceId workspace, std::span<const std::int64_t> days) {
                     return reclassifier_->count_again_when_over(workspace, days);
                   },
                   [this](WorkspaceId workspace, std::span<const std::int64_t> days) {
                     return exports_->make_anew(workspace, days);
                   }},
      deps.node.cursors() / "erase");
  retention_ = std::make_unique<Retention>(Retention::Deps{
      deps.clock, rows, [&accounts = deps.accounts] { return retention_policies(accounts); },
      [this](UnixMillis time, Worker& worker) { return log_eraser_->await_settled(time, worker); },
      [this](std::optional<UnixMillis> time) { enriched_->keep_at_most(time); },
      [this](WorkspaceId workspace, UnixMillis time) {
        return exports_->remove_before(workspace, time);
      },
      [this, &webhooks = deps.webhooks, &links = deps.links](WorkspaceId workspace,
                                                             UnixMillis time) -> Result<void> {
        TRY(links.erase_history({workspace, {0, time}}));
        return webhooks_->forget_rows([&] { return webhooks.forget(workspace, time); });
      }});
}

Result<void> Counting::start(const Deps& deps) {
  TRY(enrichment_->start(deps.report));
  live_->start();
  TRY(webhooks_->start());
  if (kafka_) kafka_->start();
  TRY(shipper_->start());
  TRY(reclassifier_->start(deps.report));
  TRY(shipper_->await_first_attempt());
  closer_->start();
  joiner_->start();
  TRY(eraser_->start(deps.report));
  retention_->start();
  TRY(mail_->start());
  alerts_->start();
  exports_->start();
  buckets_->start();
  return {};
}

void Counting::finish() {
  webhooks_->stop();
  if (kafka_) kafka_->stop();
  enrichment_->stop();
  shipper_->stop();
}

}  // namespace tally
