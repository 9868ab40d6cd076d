// SPDX-License-Identifier: Apache-2.0
//
// Where an address is, from a database file on this machine; nothing is asked of anybody.
//
// Two layouts are read, whichever a record has: MaxMind's nested one (GeoLite2, GeoIP2, DB-IP's own
// files) and the flat one of the ip-location-db packages (country_code, state1, city). IPv4 and
// IPv6 may lie in one file or in two.
//
// The database is open once and read by every thread; each has a reader of its own that remembers.
// Many addresses share a record: what a record says is kept by its offset in the file, so that most
// answers are a tree walk without decoding. A walk reads some twenty places far apart in memory and
// waits for each; several side by side wait together (look_ahead), which takes a third of the time.
//
// An address without a country is unknown: a record's "registered country" says where a company has
// its papers, not where a person clicked. DB-IP's city names carry a district in parentheses, which
// is cut off, because "Berlin (Mitte)" and "Berlin" are one city to everybody who reads a report.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>

#include "base/clock.h"
#include "base/huge_pages.h"
#include "model/hit.h"

namespace tally {

struct GeoStatus {
  enum class State { loaded, missing, broken };
  State state = State::missing;
  bool loaded = false;
  std::string path;             // of the (first) file
  std::string type;             // the database's own name for itself
  std::int64_t build_time = 0;  // seconds since 1970 UTC; the older of two files
  std::string attribution;      // what the file's licence wants shown; may be empty
  std::string error;            // why it is not loaded
};

// Networks move: past this age a database begins to be wrong.
inline constexpr UnixMillis kGeoOldAfter = 30 * kMillisPerDay;
inline bool is_old(const GeoStatus& geo, UnixMillis now) {
  return geo.loaded && now - geo.build_time * kMillisPerSecond > kGeoOldAfter;
}

// "Unknown" where the file does not tell; country is ISO 3166-1 alpha-2.
struct Place {
  std::string country, region, city;
};

// Thread-safe.
class GeoDatabase {
 public:
  // Never fails: without a readable file every place is unknown, and status() says why. Either path
  // may be empty; one file that holds both kinds of address serves both.
  GeoDatabase(const std::filesystem::path& v4, const std::filesystem::path& v6);
  ~GeoDatabase();
  GeoDatabase(const GeoDatabase&) = delete;
  GeoDatabase& operator=(const GeoDatabase&) = delete;

  // Where an address's record lies; equal for addresses that share one.
  struct Record {
    bool in_v6_file = false;
    std::uint32_t offset = 0;
    bool operator==(const Record&) const = default;
  };
  std::optional<Record> find(const Address& address) const;
  // The same of several, at most kSideBySide, at once. `out` has a place for each.
  static constexpr std::size_t kSideBySide = 16;
  void find(std::span<const Address> addresses, std::span<std::optional<Record>> out) const;
  Place read(Record record) const;

  const GeoStatus& status() const { return status_; }
  // Whether every file that `other` has open is open here too.
  bool covers(const GeoDatabase& other) const;

 private:
  class Mmdb;
  class Walk;
  std::unique_ptr<Mmdb> open(const std::filesystem::path& path);
  void note_failure(GeoStatus::State state, const std::string& error);
  const Mmdb* file_for(const Address& address) const;
  std::optional<Record> found_by(const Walk& walk) const;

  GeoStatus status_;
  std::unique_ptr<Mmdb> v4_, v6_;
};

// Not thread-safe.
class GeoReader {
 public:
  explicit GeoReader(std::shared_ptr<const GeoDatabase> database);

  // Goes on with another database, and forgets what it read in the old one.
  void use(std::shared_ptr<const GeoDatabase> database);

  // Valid until the next call of either.
  const Place& find(const Address& address);
  // Makes find() quick for these addresses, which are looked up side by side. At most kSideBySide
  // of them.
  void look_ahead(std::span<const Address> addresses);
  const GeoStatus& status() const { return database_->status(); }

 private:
  // Where an address was found the last time: people who come again need no walk.
  struct Seen {
    Address address;
    const Place* place = nullptr;
  };
  Seen& seen_of(const Address& address);
  const Place& place_of(const std::optional<GeoDatabase::Record>& record);
  void forget();

  std::shared_ptr<const GeoDatabase> database_;
  std::unordered_map<std::uint64_t, Place> records_;
  LargeTable<Seen> recent_;
};

}  // namespace tally
