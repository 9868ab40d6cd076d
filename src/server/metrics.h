// SPDX-License-Identifier: Apache-2.0
//
// What the process counts, as Prometheus text. Read when asked for; nothing is kept here.
#pragma once

#include <string>

#include "engine/supervisor.h"
#include "enrich/enrich_data.h"
#include "enrich/enricher.h"
#include "links/link_table.h"
#include "live/live_hub.h"
#include "pipeline/day_closer.h"
#include "pipeline/enrich_stage.h"
#include "pipeline/export_runner.h"
#include "pipeline/mail_courier.h"
#include "pipeline/retention.h"
#include "pipeline/shipper.h"
#include "redirect/edge.h"
#include "webhooks/courier.h"

namespace tally {

struct MetricSources {
  const Clock& clock;
  const Edge& edge;
  const Unrecorded& unrecorded;
  const LogSpace& log_space;
  Durability durability;
  const LiveLinkTable& links;
  const EnrichData& data;
  const Enricher& enricher;
  const EnrichStage& enrichment;
  const Shipper& shipper;
  const DayCloser& days;
  const Retention& retention;
  const MailCourier& mail;
  const ExportRunner& exports;
  const LiveHub& live;
  const Courier& webhooks;
  const EngineSupervisor* engine;  // null without the embedded engine
};

// Prometheus text exposition format 0.0.4.
std::string metrics_text(const MetricSources& sources);

}  // namespace tally
