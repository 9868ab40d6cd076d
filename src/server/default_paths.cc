// SPDX-License-Identifier: Apache-2.0
#include "server/default_paths.h"

#include "enrich/enrich_data.h"

namespace tally {

void fill_default_paths(Settings& settings) {
  const std::filesystem::path packages = TALLYMARK_DATA_PACKAGES;
  const auto geo = packages / "@ip-location-db" / "dbip-city-mmdb";
  if (settings.user_agent_rules.empty())
    settings.user_agent_rules = packages / "uap-core" / "regexes.yaml";
  if (settings.geo_v4.empty()) {
    settings.geo_v4 = geo / kFetchedV4;
    if (settings.geo_v6.empty()) settings.geo_v6 = geo / kFetchedV6;
    settings.geo_fetched = settings.data / "geo";
  }
  if (settings.exports.empty()) settings.exports = settings.data / "exports";
  if (settings.web_root.empty()) settings.web_root = TALLYMARK_WEB_ROOT;
}

std::string this_program() { return std::filesystem::read_symlink("/proc/self/exe").string(); }

}  // namespace tally
