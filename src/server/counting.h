// SPDX-License-Identifier: Apache-2.0
//
// Everything that makes numbers of what the edge wrote, in the order of need: the click store with
// its engine, enrichment and its log, shipping, and what works on stored clicks. Links answer
// without any of it.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>

#include "api/export_body.h"
#include "buckets/uploader.h"
#include "clicklog/enriched_log.h"
#include "clicks/click_store.h"
#include "engine/supervisor.h"
#include "enrich/enrich_data.h"
#include "enrich/enricher.h"
#include "http/client.h"
#include "links/account_store.h"
#include "links/conversion_store.h"
#include "links/link_store.h"
#include "links/outbox.h"
#include "live/live_hub.h"
#include "mail/smtp_client.h"
#include "pipeline/alert_evaluator.h"
#include "pipeline/conversion_joiner.h"
#include "pipeline/day_closer.h"
#include "pipeline/enrich_stage.h"
#include "pipeline/eraser.h"
#include "pipeline/export_runner.h"
#include "pipeline/limit_counter.h"
#include "pipeline/log_eraser.h"
#include "pipeline/mail_courier.h"
#include "pipeline/reclassifier.h"
#include "pipeline/retention.h"
#include "pipeline/shipper.h"
#include "redirect/edge.h"
#include "server/node.h"
#include "server/parts.h"
#include "server/settings.h"
#include "sinks/kafka_feed.h"
#include "webhooks/courier.h"

namespace tally {

class Counting {
 public:
  struct Deps {
    const Settings& settings;
    const Node& node;
    Files& files;
    const Clock& clock;
    Random& random;
    LinkStore& links;
    AccountStore& accounts;
    ConversionStore& conversions;
    AlertStore& alerts;
    ExportStore& exports;
    WebhookStore& webhooks;
    Outbox& outbox;
    const SmtpClient* smtp;  // none: no mail is sent
    EnrichData& data;
    const OwnDomains& our_hosts;
    SaltKeeper& salts;
    LogSpace& log_space;
    LimitCounter& limits;
    Edge& edge;
    Bell& bell;
    std::span<const std::shared_ptr<Shard>> left_over;  // journal shards of earlier starts
    std::string base_url;
    std::function<bool(TimeRange)> incomplete;  // clicks received in it went unrecorded
    std::string console_url;
    const std::function<void(const std::string&)>& report;
    // Links were answered before, by this process or another: what is not needed for them may be
    // missing then, and is said in the log.
    bool goes_on = false;
  };

  // Everything `deps` names must outlive it. The store may still be on its way up.
  static Result<std::unique_ptr<Counting>> open(const Deps& deps);

  // To be called once the edge writes nothing more: what it wrote is taken in.
  void finish();

  ClickStore& clicks() { return *store_.store; }
  const EngineSupervisor* engine() const { return store_.engine.get(); }
  const Enricher& enricher() const { return *enricher_; }
  const EnrichStage& enrichment() const { return *enrichment_; }
  Shipper& shipper() { return *shipper_; }
  const DayCloser& closer() const { return *closer_; }
  Reclassifier& reclassifier() { return *reclassifier_; }
  ConversionJoiner& joiner() { return *joiner_; }
  Eraser& eraser() { return *eraser_; }
  ExportRunner& exports() { return *exports_; }
  ExportPlaces& export_places() { return export_places_; }
  BucketUploader& buckets() { return *buckets_; }
  const Retention& retention() const { return *retention_; }
  AlertEvaluator& alerts() { return *alerts_; }
  LiveHub& live() { return *live_; }
  Courier& webhooks() { return *webhooks_; }
  const MailCourier& mail() const { return *mail_; }
  // Null when no clicks are sent to Kafka.
  const KafkaFeed* kafka() const { return kafka_.get(); }

 private:
  Counting() = default;
  Result<void> open_store(const Deps& deps);
  Result<void> open_pipeline(const Deps& deps);
  void open_webhooks(const Deps& deps);
  Result<void> open_kafka(const Deps& deps);
  void open_alerts(const Deps& deps);
  void open_exports(const Deps& deps);
  void open_erasing(const Deps& deps, std::vector<std::shared_ptr<Shard>> raw);
  Result<void> start(const Deps& deps);

  HttpClient http_;
  Socket read_port_;  // lent to the engine
  ClickStoreParts store_;
  std::unique_ptr<Enricher> enricher_;
  std::unique_ptr<EnrichedLog> enriched_;
  std::unique_ptr<LiveHub> live_;
  std::unique_ptr<Courier> webhooks_;
  std::unique_ptr<KafkaFeed> kafka_;
  std::unique_ptr<Shipper> shipper_;
  std::unique_ptr<EnrichStage> enrichment_;
  std::unique_ptr<Reclassifier> reclassifier_;
  std::unique_ptr<DayCloser> closer_;
  std::unique_ptr<ConversionJoiner> joiner_;
  ExportPlaces export_places_;
  std::unique_ptr<BucketUploader> buckets_;
  std::unique_ptr<ExportRunner> exports_;
  std::unique_ptr<LogEraser> log_eraser_;
  std::unique_ptr<Eraser> eraser_;
  std::unique_ptr<Retention> retention_;
  std::unique_ptr<MailCourier> mail_;
  std::unique_ptr<AlertEvaluator> alerts_;
};

}  // namespace tally
