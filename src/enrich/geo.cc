// SPDX-License-Identifier: Apache-2.0
#include "enrich/geo.h"

#include <maxminddb.h>
#include <netinet/in.h>

#include <algorithm>
#include <cstring>
#include <initializer_list>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/text.h"
#include "enrich/stored_text.h"

namespace tally {
namespace {

constexpr std::size_t kCachedRecords = 1 << 16;
constexpr std::size_t kCachedAddresses = 1 << 17;

// An open database file.
class Mmdb {
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

  // The address's record, or nothing.
  std::optional<MMDB_entry_s> find(const Address& address) const {
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
    return result.entry;
  }

 private:
  Mmdb() = default;
  MMDB_s db_{};
  bool open_ = false;
};

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

}  // namespace

struct GeoDatabase::Impl {
  struct Source {
    std::unique_ptr<Mmdb> file;
    std::unordered_map<std::uint32_t, Place> records;  // by offset
  };
  // Where an address was found the last time. A walk through the file's tree reads some ten places
  // far apart in memory; people who come again are found in one.
  struct Seen {
    Address address;
    const Place* place = nullptr;
  };

  void load(Source& source, const std::filesystem::path& path) {
    if (path.empty()) return;
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) {
      note_failure(GeoStatus::State::missing, path.string() + ": no such file");
      return;
    }
    std::string error;
    source.file = Mmdb::open(path, error);
    if (!source.file) {
      note_failure(GeoStatus::State::broken, error);
      return;
    }
    const auto& metadata = source.file->metadata();
    const auto built = static_cast<std::int64_t>(metadata.build_epoch);
    if (status.loaded) {
      status.build_time = std::min(status.build_time, built);
      return;
    }
    status.loaded = true;
    status.path = path.string();
    status.type = metadata.database_type ? stored_text(metadata.database_type) : "";
    status.build_time = built;
    status.attribution = attribution_for(path, status.type);
  }

  void note_failure(GeoStatus::State state, const std::string& error) {
    status.state = state;
    status.error += (status.error.empty() ? "" : "; ") + error;
  }

  Source* source_for(const Address& address) {
    if (address.is_v4()) {
      if (v4.file) return &v4;
      return v6.file ? &v6 : nullptr;
    }
    if (v6.file) return &v6;
    return v4.file && v4.file->holds_v6() ? &v4 : nullptr;
  }

  Seen& seen(const Address& address) {
    const std::string_view bytes(reinterpret_cast<const char*>(address.bytes.data()),
                                 address.bytes.size());
    return recent[std::hash<std::string_view>()(bytes) % kCachedAddresses];
  }

  const Place& look_up(const Address& address);

  Source v4, v6;
  std::vector<Seen> recent = std::vector<Seen>(kCachedAddresses);
  GeoStatus status;
  Place unknown{"Unknown", "Unknown", "Unknown"};
};

GeoDatabase::GeoDatabase(const std::filesystem::path& v4, const std::filesystem::path& v6)
    : impl_(std::make_unique<Impl>()) {
  impl_->load(impl_->v4, v4);
  if (v6 != v4) impl_->load(impl_->v6, v6);
  GeoStatus& status = impl_->status;
  if (status.error.empty() && status.loaded) status.state = GeoStatus::State::loaded;
  if (v4.empty() && v6.empty()) status.error = "no geo database is set";
  if (!status.loaded) status.path = (v4.empty() ? v6 : v4).string();
}

GeoDatabase::GeoDatabase(GeoDatabase&&) noexcept = default;
GeoDatabase::~GeoDatabase() = default;

const Place& GeoDatabase::Impl::look_up(const Address& address) {
  Source* source = source_for(address);
  if (source == nullptr) return unknown;
  const auto entry = source->file->find(address);
  if (!entry) return unknown;
  const auto cached = source->records.find(entry->offset);
  if (cached != source->records.end()) return cached->second;
  if (source->records.size() >= kCachedRecords) {
    source->records.clear();
    std::ranges::fill(recent, Seen{});
  }
  return source->records.emplace(entry->offset, decode(*entry)).first->second;
}

const Place& GeoDatabase::find(const Address& address) {
  if (!address.known()) return impl_->unknown;
  Impl::Seen& seen = impl_->seen(address);
  if (seen.place == nullptr || seen.address != address) {
    const Place& place = impl_->look_up(address);
    seen = {address, &place};
  }
  return *seen.place;
}

const GeoStatus& GeoDatabase::status() const { return impl_->status; }

}  // namespace tally
