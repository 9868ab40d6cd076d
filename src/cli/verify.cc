// SPDX-License-Identifier: Apache-2.0
#include "cli/verify.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <utility>
#include <vector>

#include "base/files.h"
#include "journal/verify.h"

namespace tally {
namespace {

namespace json = boost::json;

struct LogReport {
  std::string_view log;
  std::vector<SegmentReport> segments;
};

struct Totals {
  std::uint64_t segments = 0, records = 0, bytes = 0, damaged = 0;
};

Totals totals(const std::vector<LogReport>& logs) {
  Totals out;
  for (const LogReport& log : logs) {
    for (const SegmentReport& segment : log.segments) {
      ++out.segments;
      out.records += segment.records;
      out.bytes += segment.bytes;
      out.damaged += segment.damage.empty() ? 0 : 1;
    }
  }
  return out;
}

std::string_view state_of(const SegmentReport& segment) {
  if (segment.blank) return "reserved";
  return segment.sealed ? "sealed" : "open";
}

void print_text(const std::vector<LogReport>& logs, std::ostream& out) {
  for (const LogReport& log : logs) {
    for (const SegmentReport& segment : log.segments) {
      out << fmt::format("{:<8}  {}  {:<8}  {} records", log.log, segment.name, state_of(segment),
                         segment.records);
      if (segment.records > 0) out << fmt::format(" ({} to {})", segment.first, segment.last);
      out << fmt::format(", {} bytes\n", segment.bytes);
      for (const Damage& damage : segment.damage)
        out << fmt::format("          DAMAGED at byte {}: {}\n", damage.offset, damage.what);
    }
  }
  const Totals sum = totals(logs);
  out << fmt::format("{} segments, {} records, {} bytes, {}\n", sum.segments, sum.records,
                     sum.bytes,
                     sum.damaged == 0 ? "no damage" : fmt::format("{} DAMAGED", sum.damaged));
}

json::object segment_json(std::string_view log, const SegmentReport& segment) {
  json::array damage;
  for (const Damage& found : segment.damage)
    damage.push_back(json::object{{"offset", found.offset}, {"what", found.what}});
  json::object out{{"log", log},
                   {"name", segment.name},
                   {"node", segment.id.shard.node},
                   {"epoch", segment.id.shard.epoch},
                   {"shard", segment.id.shard.shard},
                   {"state", state_of(segment)},
                   {"bytes", segment.bytes},
                   {"records", segment.records},
                   {"first", nullptr},
                   {"last", nullptr},
                   {"damage", std::move(damage)}};
  if (segment.records > 0) {
    out["first"] = segment.first;
    out["last"] = segment.last;
  }
  return out;
}

void print_json(const std::vector<LogReport>& logs, std::ostream& out) {
  json::array segments;
  for (const LogReport& log : logs)
    for (const SegmentReport& segment : log.segments)
      segments.push_back(segment_json(log.log, segment));
  const Totals sum = totals(logs);
  out << json::serialize(json::object{{"ok", sum.damaged == 0},
                                      {"records", sum.records},
                                      {"bytes", sum.bytes},
                                      {"damaged", sum.damaged},
                                      {"segments", std::move(segments)}})
      << '\n';
}

}  // namespace

Result<bool> verify(const VerifyOptions& options, std::ostream& out) {
  PosixFiles files;
  std::vector<LogReport> logs;
  const auto folder = options.data / "journal";
  TRY_ASSIGN(auto raw, verify_log(files, folder / "raw", LogKind::raw));
  logs.push_back({"journal", std::move(raw)});
  TRY_ASSIGN(auto enriched, verify_log(files, folder / "enriched", LogKind::enriched));
  logs.push_back({"enriched", std::move(enriched)});
  if (options.json)
    print_json(logs, out);
  else
    print_text(logs, out);
  return totals(logs).damaged == 0;
}

}  // namespace tally
