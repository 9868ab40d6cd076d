// SPDX-License-Identifier: Apache-2.0
#include "server/metrics.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <utility>
#include <vector>

#include "engine/engine.h"

namespace tally {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

class Exposition {
 public:
  void counter(const char* name, const char* help, double value) {
    ClientMetric metric;
    metric.counter.value = value;
    family(name, help, MetricType::Counter).metric.push_back(std::move(metric));
  }
  void gauge(const char* name, const char* help, double value) {
    ClientMetric metric;
    metric.gauge.value = value;
    family(name, help, MetricType::Gauge).metric.push_back(std::move(metric));
  }
  void labelled_counter(const char* name, const char* help, const char* label, std::string_view of,
                        double value) {
    ClientMetric metric;
    metric.counter.value = value;
    metric.label.push_back({label, std::string(of)});
    family(name, help, MetricType::Counter).metric.push_back(std::move(metric));
  }
  void labelled_gauge(const char* name, const char* help, const char* label, std::string_view of,
                      double value) {
    ClientMetric metric;
    metric.gauge.value = value;
    metric.label.push_back({label, std::string(of)});
    family(name, help, MetricType::Gauge).metric.push_back(std::move(metric));
  }
  std::string text() const { return prometheus::TextSerializer().Serialize(families_); }

 private:
  MetricFamily& family(const char* name, const char* help, MetricType type) {
    for (MetricFamily& known : families_)
      if (known.name == name) return known;
    families_.push_back({name, help, type, {}});
    return families_.back();
  }
  std::vector<MetricFamily> families_;
};

double seconds_since(UnixMillis now, UnixMillis time) {
  return time == 0 ? 0 : static_cast<double>(now - time) / 1000;
}

void add_edge(Exposition& out, const EdgeTotals& edge) {
  const auto number = [](std::uint64_t v) { return static_cast<double>(v); };
  out.counter("tallymark_edge_requests_total", "Requests answered on the links listener",
              number(edge.requests));
  out.counter("tallymark_edge_refused_total", "Malformed requests answered with a 4xx or 5xx",
              number(edge.refused));
  out.counter("tallymark_edge_accepted_total", "Connections accepted", number(edge.accepted));
  out.counter("tallymark_edge_limited_paths_total",
              "Requests for unknown paths beyond what one source may ask in a minute",
              number(edge.limited_paths));
  out.counter("tallymark_edge_limited_passwords_total",
              "Password attempts beyond what one source may make in a minute",
              number(edge.limited_passwords));
  out.counter("tallymark_edge_limited_beacons_total",
              "Beacons beyond what one source may send in a minute", number(edge.limited_beacons));
  out.counter("tallymark_edge_bad_beacons_total",
              "Beacons answered 400: none, or of a click that this server did not give out",
              number(edge.bad_beacons));
  out.counter("tallymark_edge_conversions_total", "Conversions that pages told of, taken",
              number(edge.conversions));
  out.counter("tallymark_edge_bad_conversions_total",
              "Conversions of pages that were refused, or could not be kept",
              number(edge.bad_conversions));
  out.counter("tallymark_edge_limited_conversions_total",
              "Conversions beyond what one source may tell of in a minute",
              number(edge.limited_conversions));
  out.gauge("tallymark_edge_connections", "Connections open now", number(edge.connections));
}

void add_journal(Exposition& out, const MetricSources& sources, UnixMillis now) {
  const JournalState journal = sources.edge.journal();
  out.gauge("tallymark_journal_degraded", "1 while the journal cannot be written",
            journal.trouble.empty() ? 0 : 1);
  out.counter("tallymark_journal_unrecorded_total",
              "Hits that were answered but could not be written, over all starts",
              static_cast<double>(sources.unrecorded.total()));
  out.counter("tallymark_journal_failures_total", "Writes and syncs of the journal that failed",
              static_cast<double>(journal.failures));
  out.gauge("tallymark_journal_bytes", "Room that both logs take, with what is reserved",
            static_cast<double>(sources.log_space.used()));
  out.gauge("tallymark_journal_max_bytes", "Room that both logs may take",
            static_cast<double>(sources.log_space.max()));
  for (const auto& [mode, name] :
       {std::pair(Durability::sync, "sync"), std::pair(Durability::interval, "interval"),
        std::pair(Durability::os, "os")})
    out.labelled_gauge("tallymark_journal_durability", "1 for the mode that is on", "mode", name,
                       sources.durability == mode ? 1 : 0);
  if (sources.durability == Durability::interval)
    out.gauge("tallymark_journal_unsynced_seconds",
              "Age of the oldest hit that would not survive power loss",
              seconds_since(now, journal.oldest_unsynced));
}

void add_disk(Exposition& out, const MetricSources& sources) {
  std::error_code failed;
  const auto disk = std::filesystem::space(sources.data_folder, failed);
  if (failed) return;
  out.gauge("tallymark_disk_bytes", "Size of the disk that the data folder is on",
            static_cast<double>(disk.capacity));
  out.gauge("tallymark_disk_free_bytes", "What of it this process may still write",
            static_cast<double>(disk.available));
  if (sources.counting.engine() != nullptr)
    out.gauge("tallymark_disk_reserve_bytes",
              "Free bytes at which the embedded store takes no more",
              static_cast<double>(kEngineDiskReserve));
}

void add_data(Exposition& out, const EnrichData& data) {
  for (const DataState& state : data.states()) {
    out.labelled_counter("tallymark_data_reload_failures_total",
                         "Rules or databases that were refused because they are broken", "what",
                         state.what, static_cast<double>(state.failures));
    out.labelled_gauge("tallymark_data_loaded_timestamp_seconds",
                       "When the rules or the database in use were loaded", "what", state.what,
                       static_cast<double>(state.loaded_at) / 1000);
  }
  if (const GeoStatus geo = data.geo().get()->status(); geo.loaded)
    out.gauge("tallymark_geo_build_timestamp_seconds", "When the geo database in use was built",
              static_cast<double>(geo.build_time));
}

void add_mail(Exposition& out, const MailCourier& courier) {
  out.counter("tallymark_mail_sent_total", "Mails that the mail server took",
              static_cast<double>(courier.sent()));
  out.counter("tallymark_mail_lost_total", "Mails that were refused for good or given up",
              static_cast<double>(courier.lost()));
  out.gauge("tallymark_mail_waiting", "1 while mail waits for the mail server",
            courier.waits() ? 1 : 0);
}

void add_exports(Exposition& out, const ExportRunner& exports) {
  out.counter("tallymark_exports_written_total", "Scheduled files written",
              static_cast<double>(exports.written()));
  out.counter("tallymark_exports_failed_total",
              "Scheduled files that could not be written, each time",
              static_cast<double>(exports.failures()));
  out.gauge("tallymark_exports_written_timestamp_seconds",
            "When a scheduled file was last written; 0: not since the start",
            static_cast<double>(exports.written_at()) / 1000);
}

void add_buckets(Exposition& out, const BucketUploader& buckets) {
  const UploadStanding standing = buckets.standing();
  out.counter("tallymark_bucket_uploads_total", "Scheduled files put into buckets",
              static_cast<double>(buckets.uploaded()));
  out.counter("tallymark_bucket_failures_total",
              "Requests to buckets that failed, and are tried again",
              static_cast<double>(buckets.failures()));
  out.gauge("tallymark_bucket_waiting", "Scheduled files on their way into a bucket, or out of it",
            static_cast<double>(standing.waiting));
  out.gauge("tallymark_bucket_overdue", "Of them, those that are only tried once a day by now",
            static_cast<double>(standing.overdue));
  out.gauge("tallymark_bucket_missed", "Scheduled files that were gone before they could be put",
            static_cast<double>(standing.missed));
}

void add_webhooks(Exposition& out, const Courier::Counters& webhooks) {
  out.gauge("tallymark_webhooks", "Webhooks that are on", static_cast<double>(webhooks.webhooks));
  out.gauge("tallymark_webhooks_down", "Webhooks whose receivers do not answer",
            static_cast<double>(webhooks.down));
  out.counter("tallymark_webhook_delivered_total", "Requests that a receiver took",
              static_cast<double>(webhooks.delivered));
  out.counter("tallymark_webhook_failed_total", "Requests that failed, and are tried again",
              static_cast<double>(webhooks.failed));
  out.counter("tallymark_webhook_dead_total", "Events that were given up",
              static_cast<double>(webhooks.dead));
  out.counter("tallymark_webhook_undecodable_total",
              "Batches of the log that webhooks were not told of, as they do not decode",
              static_cast<double>(webhooks.undecodable));
}

void add_kafka(Exposition& out, const KafkaFeed& kafka, UnixMillis now) {
  const KafkaFeed::Counters& counters = kafka.counters();
  const KafkaFeed::Standing standing = kafka.standing();
  out.counter("tallymark_kafka_delivered_total", "Records that Kafka has taken",
              static_cast<double>(counters.delivered));
  out.counter("tallymark_kafka_failed_total", "Records that were refused, and are sent again",
              static_cast<double>(counters.failed));
  out.counter("tallymark_kafka_undecodable_total",
              "Batches of the log that were not sent, as they do not decode",
              static_cast<double>(counters.undecodable));
  out.gauge("tallymark_kafka_in_flight", "Records sent of which nothing is known yet",
            static_cast<double>(counters.in_flight));
  out.gauge("tallymark_kafka_lag_seconds", "Age of the newest hit known to be in Kafka",
            seconds_since(now, counters.as_of));
  out.counter("tallymark_kafka_gaps_total", "Ranges that were given up, over all starts",
              static_cast<double>(standing.gaps));
  out.counter("tallymark_kafka_gap_clicks_total", "Clicks in them, as far as they were counted",
              static_cast<double>(standing.gap_clicks));
}

void add_retention(Exposition& out, const Retention& retention) {
  out.counter("tallymark_retention_deleted_total", "Clicks deleted because of their age",
              static_cast<double>(retention.erased()));
  out.counter("tallymark_retention_partitions_total",
              "Whole partitions dropped because of their age",
              static_cast<double>(retention.dropped()));
  out.gauge("tallymark_retention_enforced_timestamp_seconds",
            "When nothing was last found to be older than it may be",
            static_cast<double>(retention.enforced_at()) / 1000);
}

}  // namespace

std::string metrics_text(const MetricSources& sources) {
  Exposition out;
  const UnixMillis now = sources.clock.now_ms();
  add_edge(out, sources.edge.totals());
  add_journal(out, sources, now);
  add_disk(out, sources);

  const auto table = sources.links.current();
  out.gauge("tallymark_links", "Links at the edge", static_cast<double>(table->size()));
  out.gauge("tallymark_links_memory_bytes", "Memory of the edge's link table",
            static_cast<double>(table->memory_bytes()));

  const EnrichCounters& enriched = sources.counting.enrichment().counters();
  out.counter("tallymark_enriched_total", "Hits enriched", static_cast<double>(enriched.enriched));
  out.counter("tallymark_enrich_undecodable_total", "Hits passed over because they do not decode",
              static_cast<double>(enriched.undecodable));
  out.counter("tallymark_beacons_total", "Beacons of landing pages",
              static_cast<double>(enriched.beacons));
  for (const auto& [reason, count] : {std::pair("unknown", &enriched.unknown_beacons),
                                      std::pair("repeated", &enriched.repeated_beacons)})
    out.labelled_counter("tallymark_beacons_dropped_total",
                         "Beacons of no click that was shown a page of late, or of a viewed one",
                         "reason", reason, static_cast<double>(*count));
  out.counter("tallymark_enrich_lost_total", "Hits in damaged journal segments",
              static_cast<double>(enriched.lost));
  out.counter("tallymark_enrich_failed_writes_total", "Batches that had to be written again",
              static_cast<double>(enriched.failed_writes));
  out.gauge("tallymark_enrich_lag_seconds", "Age of the newest hit known to be enriched",
            seconds_since(now, enriched.through));
  for (const StepTiming& step : sources.counting.enricher().timings()) {
    out.labelled_counter("tallymark_enrich_step_calls_total", "Calls of an enrichment step", "step",
                         step.name, static_cast<double>(step.calls));
    out.labelled_counter("tallymark_enrich_step_seconds_total", "Time spent in an enrichment step",
                         "step", step.name, static_cast<double>(step.nanoseconds) / 1e9);
  }
  add_data(out, sources.data);

  const ShipCounters& shipped = sources.counting.shipper().counters();
  out.counter("tallymark_stored_total", "Clicks stored", static_cast<double>(shipped.clicks));
  out.counter("tallymark_stored_views_total", "Landing views stored",
              static_cast<double>(shipped.views));
  out.counter("tallymark_store_inserts_total", "Inserts into the click store",
              static_cast<double>(shipped.inserts));
  out.counter("tallymark_store_failures_total", "Inserts that failed or whose outcome is unknown",
              static_cast<double>(shipped.failures));
  out.counter("tallymark_store_reconciled_total", "Inserts whose outcome had to be asked for",
              static_cast<double>(shipped.reconciled));
  out.gauge("tallymark_store_lag_seconds", "Age of the newest hit known to be stored",
            seconds_since(now, shipped.as_of));
  out.counter("tallymark_days_closed_total", "Days counted ahead",
              static_cast<double>(sources.counting.closer().closed()));
  out.gauge("tallymark_days_waiting", "Days that are over and not yet counted ahead",
            static_cast<double>(sources.counting.closer().waiting()));
  out.gauge("tallymark_days_looked_timestamp_seconds", "When all days were last looked at",
            static_cast<double>(sources.counting.closer().looked_at()) / 1000);
  add_mail(out, sources.counting.mail());
  add_exports(out, sources.counting.exports());
  add_buckets(out, sources.counting.buckets());
  add_retention(out, sources.counting.retention());
  out.gauge("tallymark_live_streams", "Open live streams",
            static_cast<double>(sources.counting.live().streams()));
  out.counter("tallymark_live_ended_total", "Live streams that ended or were read too slowly",
              static_cast<double>(sources.counting.live().ended()));
  add_webhooks(out, sources.counting.webhooks().counters());
  if (const KafkaFeed* const kafka = sources.counting.kafka()) add_kafka(out, *kafka, now);
  if (const EngineSupervisor* const supervisor = sources.counting.engine()) {
    const EngineSupervisor::State engine = supervisor->state();
    out.gauge("tallymark_engine_running", "1 while the embedded engine answers",
              engine.running ? 1 : 0);
    out.counter("tallymark_engine_restarts_total", "Starts of the embedded engine after the first",
                static_cast<double>(engine.restarts));
  }
  return out.text();
}

}  // namespace tally
