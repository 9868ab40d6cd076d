// SPDX-License-Identifier: Apache-2.0
#include "enrich/geo.h"

#include <maxminddb.h>
#include <netinet/in.h>

#include <algorithm>
#include <cstring>
#include <initializer_list>

#include "base/text.h"
#include "enrich/stored_text.h"

namespace tally {
namespace {

constexpr std::size_t kCachedRecords = 1 << 16;
constexpr std::size_t kCachedAddresses = 1 << 17;

std::string text_at(MMDB_entry_s entry, std::initializer_list<const char*> path) {
  std::vector<const char*> names(path);
  names.push_back(nullptr);
  MMDB_entry_data_s data{};
  if (::MMDB_aget_value(&entry, &data, names.data()) != MMDB_SUCCESS || !data.has_data ||
      data.type != MMDB_DATA_TYPE_UTF8_STRING) {
    return {};
  }
  return stored_text({data.utf8_string, data.data_size});
}

std::string first_of(MMDB_entry_s entry,
                     std::initializer_list<std::initializer_list<const char*>> paths) {
  for (const auto& path : paths)
    if (std::string text = text_at(entry, path); !text.empty()) return text;
  return {};
}

std::string without_district(std::string city) {
  const auto open = city.find(" (");
  if (open != std::string::npos && open > 0 && city.ends_with(")")) city.resize(open);
  return city;
}

Place decode(MMDB_entry_s entry) {
  Place place;
  place.country = first_of(entry, {{"country", "iso_code"}, {"country_code"}});
  if (place.country.size() != 2) return {"Unknown", "Unknown", "Unknown"};
  place.region = or_unknown(first_of(
      entry,
      {{"subdivisions", "0", "names", "en"}, {"subdivisions", "0", "iso_code"}, {"state1"}}));
  place.city = or_unknown(without_district(first_of(entry, {{"city", "names", "en"}, {"city"}})));
  return place;
}

std::string attribution_for(const std::filesystem::path& path, const std::string& type) {
  const std::string name = lower(path.string() + " " + type);
  if (name.find("dbip") != std::string::npos || name.find("db-ip") != std::string::npos)
    return "IP Geolocation by DB-IP (https://db-ip.com), CC BY 4.0";
  if (name.find("geolite2") != std::string::npos)
    return "This product includes GeoLite2 data created by MaxMind, available from "
           "https://www.maxmind.com";
  return {};
}

const Place kUnknown{"Unknown", "Unknown", "Unknown"};

}  // namespace

// An open database file.
class GeoDatabase::Mmdb {
 public:
  static std::unique_ptr<Mmdb> open(const std::filesystem::path& path, std::string& error) {
    auto out = std::unique_ptr<Mmdb>(new Mmdb);
    const int status = ::MMDB_open(path.c_str(), MMDB_MODE_MMAP, &out->db_);
    if (status != MMDB_SUCCESS) {
      error = path.string() + ": " + ::MMDB_strerror(status);
      return nullptr;
    }
    out->open_ = true;
    return out;
  }
  Mmdb(const Mmdb&) = delete;
  Mmdb& operator=(const Mmdb&) = delete;
  ~Mmdb() {
    if (open_) ::MMDB_close(&db_);
  }

  const MMDB_metadata_s& metadata() const { return db_.metadata; }
  bool holds_v6() const { return db_.metadata.ip_version == 6; }

  // The offset of the address's record, or nothing.
  std::optional<std::uint32_t> find(const Address& address) const {
    sockaddr_storage storage{};
    if (address.is_v4()) {
      auto* in4 = reinterpret_cast<sockaddr_in*>(&storage);
      in4->sin_family = AF_INET;
      std::memcpy(&in4->sin_addr, address.bytes.data() + 12, 4);
    } else {
      auto* in6 = reinterpret_cast<sockaddr_in6*>(&storage);
      in6->sin6_family = AF_INET6;
      std::memcpy(&in6->sin6_addr, address.bytes.data(), 16);
    }
    int status = MMDB_SUCCESS;
    auto result =
        ::MMDB_lookup_sockaddr(&db_, reinterpret_cast<const sockaddr*>(&storage), &status);
    if (status != MMDB_SUCCESS || !result.found_entry) return std::nullopt;
    return result.entry.offset;
  }

  MMDB_entry_s at(std::uint32_t offset) const { return {&db_, offset}; }

 private:
  Mmdb() = default;
  MMDB_s db_{};
  bool open_ = false;
};

GeoDatabase::GeoDatabase(const std::filesystem::path& v4, const std::filesystem::path& v6) {
  v4_ = open(v4);
  if (v6 != v4) v6_ = open(v6);
  if (status_.error.empty() && status_.loaded) status_.state = GeoStatus::State::loaded;
  if (v4.empty() && v6.empty()) status_.error = "no geo database is set";
  if (!status_.loaded) status_.path = (v4.empty() ? v6 : v4).string();
}

GeoDatabase::~GeoDatabase() = default;

std::unique_ptr<GeoDatabase::Mmdb> GeoDatabase::open(const std::filesystem::path& path) {
  if (path.empty()) return nullptr;
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    note_failure(GeoStatus::State::missing, path.string() + ": no such file");
    return nullptr;
  }
  std::string error;
  auto file = Mmdb::open(path, error);
  if (!file) {
    note_failure(GeoStatus::State::broken, error);
    return nullptr;
  }
  const auto& metadata = file->metadata();
  const auto built = static_cast<std::int64_t>(metadata.build_epoch);
  if (status_.loaded) {
    status_.build_time = std::min(status_.build_time, built);
    return file;
  }
  status_.loaded = true;
  status_.path = path.string();
  status_.type = metadata.database_type ? stored_text(metadata.database_type) : "";
  status_.build_time = built;
  status_.attribution = attribution_for(path, status_.type);
  return file;
}

void GeoDatabase::note_failure(GeoStatus::State state, const std::string& error) {
  status_.state = state;
  status_.error += (status_.error.empty() ? "" : "; ") + error;
}

const GeoDatabase::Mmdb* GeoDatabase::file_for(const Address& address) const {
  if (address.is_v4()) return v4_ ? v4_.get() : v6_.get();
  if (v6_) return v6_.get();
  return v4_ && v4_->holds_v6() ? v4_.get() : nullptr;
}

std::optional<GeoDatabase::Record> GeoDatabase::find(const Address& address) const {
  const Mmdb* file = address.known() ? file_for(address) : nullptr;
  if (file == nullptr) return std::nullopt;
  const auto offset = file->find(address);
  if (!offset) return std::nullopt;
  return Record{file == v6_.get(), *offset};
}

Place GeoDatabase::read(Record record) const {
  return decode((record.in_v6_file ? v6_ : v4_)->at(record.offset));
}

bool GeoDatabase::covers(const GeoDatabase& other) const {
  return (v4_ || !other.v4_) && (v6_ || !other.v6_);
}

GeoReader::GeoReader(std::shared_ptr<const GeoDatabase> database)
    : database_(std::move(database)), recent_(kCachedAddresses) {}

void GeoReader::use(std::shared_ptr<const GeoDatabase> database) {
  database_ = std::move(database);
  forget();
}

void GeoReader::forget() {
  records_.clear();
  std::ranges::fill(recent_, Seen{});
}

const Place& GeoReader::look_up(const Address& address) {
  const auto record = database_->find(address);
  if (!record) return kUnknown;
  const std::uint64_t key = std::uint64_t{record->in_v6_file} << 32 | record->offset;
  const auto cached = records_.find(key);
  if (cached != records_.end()) return cached->second;
  if (records_.size() >= kCachedRecords) forget();
  return records_.emplace(key, database_->read(*record)).first->second;
}

const Place& GeoReader::find(const Address& address) {
  if (!address.known()) return kUnknown;
  const std::string_view bytes(reinterpret_cast<const char*>(address.bytes.data()),
                               address.bytes.size());
  Seen& seen = recent_[std::hash<std::string_view>()(bytes) % kCachedAddresses];
  if (seen.place == nullptr || seen.address != address) {
    const Place& place = look_up(address);
    seen = {address, &place};
  }
  return *seen.place;
}

}  // namespace tally
