// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <boost/json.hpp>
#include <ostream>

#include "base/clock.h"
#include "cli/geo.h"
#include "enrich/enrich_data.h"
#include "model/calendar.h"
#include "server/default_paths.h"
#include "server/parts.h"

namespace tally {
namespace {

namespace json = boost::json;

std::string_view state_of(const GeoStatus& geo, UnixMillis now) {
  if (geo.state == GeoStatus::State::broken) return "broken";
  if (geo.state == GeoStatus::State::missing) return "missing";
  return is_old(geo, now) ? "old" : "ok";
}

}  // namespace

Result<bool> geo_status(const Settings& wanted, bool as_json, std::ostream& out) {
  Settings settings = wanted;
  fill_default_paths(settings);
  const UnixMillis now = SystemClock().now_ms();
  const auto database = open_geo(data_files(settings));
  const GeoStatus& geo = database->status();
  const std::string built =
      geo.loaded ? format_utc(geo.build_time * kMillisPerSecond) : std::string();
  const std::int64_t days =
      geo.loaded ? (now - geo.build_time * kMillisPerSecond) / kMillisPerDay : 0;
  if (as_json) {
    out << json::serialize(json::object{{"state", state_of(geo, now)},
                                        {"path", geo.path},
                                        {"type", geo.type},
                                        {"built", built},
                                        {"age_days", days},
                                        {"attribution", geo.attribution},
                                        {"error", geo.error}})
        << '\n';
    return geo.loaded;
  }
  out << fmt::format("state        {}\nfile         {}\n", state_of(geo, now), geo.path);
  if (geo.loaded)
    out << fmt::format("type         {}\nbuilt        {}, {} days ago\nattribution  {}\n", geo.type,
                       built, days, geo.attribution.empty() ? "none asked for" : geo.attribution);
  if (!geo.error.empty()) out << fmt::format("trouble      {}\n", geo.error);
  return geo.loaded;
}

}  // namespace tally
