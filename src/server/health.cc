// SPDX-License-Identifier: Apache-2.0
#include "server/health.h"

#include <fmt/format.h>

#include "model/calendar.h"

namespace tally {
namespace {

constexpr UnixMillis kLateAfter = 10 * kMillisPerSecond;

PartState journal_state(const HealthSources& sources) {
  const std::uint64_t unrecorded = sources.unrecorded.total();
  if (const std::string trouble = sources.edge.journal().trouble; !trouble.empty())
    return {"journal", "degraded",
            fmt::format("links redirect without being counted, {} hits unrecorded so far: {}",
                        unrecorded, trouble)};
  std::string notes;
  for (const std::string& note : sources.recovery_notes)
    notes += (notes.empty() ? "" : "; ") + note;
  if (unrecorded > 0)
    notes += fmt::format("{}{} hits went unrecorded, the last at {}", notes.empty() ? "" : "; ",
                         unrecorded, format_utc(sources.unrecorded.ranges().back().to - 1));
  return {"journal", "ok", notes};
}

PartState late(std::string name, UnixMillis now, UnixMillis through) {
  if (through != 0 && now - through > kLateAfter)
    return {std::move(name), "degraded",
            fmt::format("{} s behind", (now - through) / kMillisPerSecond)};
  return {std::move(name), "ok", ""};
}

PartState geo_state(const EnrichData& data, UnixMillis now) {
  const GeoStatus geo = data.geo().get()->status();
  if (!geo.loaded)
    return {
        "geo", "degraded",
        fmt::format("countries are Unknown: {}", geo.error.empty() ? "no database" : geo.error)};
  for (const DataState& state : data.states())
    if (state.what == "geo" && !state.trouble.empty()) return {"geo", "degraded", state.trouble};
  if (is_old(geo, now))
    return {"geo", "old",
            fmt::format("{}, built {} days ago: a newer one would know more", geo.type,
                        (now - geo.build_time * kMillisPerSecond) / kMillisPerDay)};
  return {"geo", "ok", geo.type};
}

// The geo database has a part of its own.
PartState rules_state(const EnrichData& data) {
  for (const DataState& state : data.states())
    if (state.what == "rules" && !state.trouble.empty())
      return {"rules", "degraded", state.trouble};
  return {"rules", "ok", ""};
}

PartState engine_state(const EngineSupervisor::State& engine) {
  if (engine.running) return {"engine", "ok", fmt::format("{} restarts", engine.restarts)};
  return {"engine", "down",
          engine.pid != 0            ? "does not answer"
          : engine.last_exit.empty() ? "starting"
                                     : "restarting after " + engine.last_exit};
}

// Links and numbers do without it.
PartState kafka_state(const KafkaFeed& kafka, UnixMillis now) {
  const KafkaFeed::Standing standing = kafka.standing();
  if (!standing.trouble.empty())
    return {"kafka", "degraded", standing.trouble + ": clicks wait in the log"};
  PartState out = late("kafka", now, kafka.counters().as_of);
  if (out.state == "ok" && standing.last_gap)
    out.detail =
        fmt::format("{} gaps so far, the last from {} to {}", standing.gaps,
                    format_utc(standing.last_gap->from), format_utc(standing.last_gap->to));
  return out;
}

}  // namespace

std::vector<PartState> part_states(const HealthSources& sources) {
  const UnixMillis now = sources.clock.now_ms();
  Counting& counting = sources.counting;
  std::vector<PartState> out;
  out.push_back(journal_state(sources));
  const std::string links = sources.feed.trouble();
  out.push_back({"links", links.empty() ? "ok" : "degraded", links});
  out.push_back(late("enrichment", now, counting.enrichment().counters().through));
  const std::string visitors = counting.enrichment().visitor_trouble();
  if (visitors.empty())
    out.push_back({"visitors", "ok", counting.enrichment().visitor_note()});
  else
    out.push_back({"visitors", "degraded", visitors});
  const std::string clicks = counting.shipper().trouble();
  if (clicks.empty())
    out.push_back(late("clicks", now, counting.shipper().counters().as_of));
  else
    out.push_back({"clicks", "down", clicks});
  const std::string retention = counting.retention().trouble();
  out.push_back({"retention", retention.empty() ? "ok" : "degraded", retention});
  if (counting.engine() != nullptr) out.push_back(engine_state(counting.engine()->state()));
  if (counting.kafka() != nullptr) out.push_back(kafka_state(*counting.kafka(), now));
  out.push_back(rules_state(sources.data));
  out.push_back(geo_state(sources.data, now));
  return out;
}

}  // namespace tally
