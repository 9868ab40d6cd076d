// SPDX-License-Identifier: Apache-2.0
#include "enrich/geo.h"

#include <maxminddb.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <initializer_list>

#include "base/check.h"
#include "base/mapping_guard.h"
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

bool is_country_code(std::string_view code) {
  return code.size() == 2 && std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; });
}

Place decode(MMDB_entry_s entry) {
  Place place;
  place.country = first_of(entry, {{"country", "iso_code"}, {"country_code"}});
  if (!is_country_code(place.country)) return {"Unknown", "Unknown", "Unknown"};
  place.region = or_unknown(first_of(
      entry,
      {{"subdivisions", "0", "names", "en"}, {"subdivisions", "0", "iso_code"}, {"state1"}}));
  place.city = or_unknown(without_district(first_of(entry, {{"city", "names", "en"}, {"city"}})));
  return place;
}

// The flat files name nobody inside; their names do.
std::string attribution_for(const std::filesystem::path& path, const std::string& type) {
  const std::string name = lower(path.filename().string() + " " + type);
  const auto says = [&](std::string_view word) { return name.find(word) != std::string::npos; };
  if (says("dbip") || says("db-ip"))
    return "IP Geolocation by DB-IP (https://db-ip.com), CC BY 4.0";
  if (says("geolite2"))
    return "This product includes GeoLite2 data created by MaxMind, available from "
           "https://www.maxmind.com";
  if (says("geoip2"))
    return "This product includes GeoIP2 data created by MaxMind, available from "
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
    out->guard_.emplace(out->db_.file_content, static_cast<std::size_t>(out->db_.file_size));
    return out;
  }
  Mmdb(const Mmdb&) = delete;
  Mmdb& operator=(const Mmdb&) = delete;
  ~Mmdb() {
    guard_.reset();
    if (open_) ::MMDB_close(&db_);
  }

  const MMDB_metadata_s& metadata() const { return db_.metadata; }
  bool holds_v6() const { return db_.metadata.ip_version == 6; }

  MMDB_entry_s at(std::uint32_t offset) const { return {&db_, offset}; }

  // False when there is no such node in the file, whatever its head says.
  bool read(std::uint32_t node, MMDB_search_node_s& out) const {
    const auto tree = static_cast<std::size_t>(db_.data_section - db_.file_content);
    return place_of(node + std::size_t{1}) <= tree &&
           ::MMDB_read_node(&db_, node, &out) == MMDB_SUCCESS;
  }
  bool is_node(std::uint64_t record) const { return record < db_.metadata.node_count; }
  // Where a tree for both kinds of address has its IPv4 ones.
  std::uint32_t v4_node() const { return holds_v6() ? db_.ipv4_start_node.node_value : 0; }
  // The node that the first half of an IPv4 address leads to, 0 while that is not known: most of a
  // walk is above these, and what is below one lies together in the file.
  std::atomic<std::uint32_t>& v4_half_way(const Address& address) const {
    return v4_half_way_[std::size_t{address.bytes[12]} << 8 | address.bytes[13]];
  }
  void prefetch(std::uint32_t node) const { __builtin_prefetch(db_.file_content + place_of(node)); }

 private:
  std::size_t place_of(std::size_t node) const { return node * db_.full_record_byte_size; }
  Mmdb() = default;
  MMDB_s db_{};
  bool open_ = false;
  mutable std::vector<std::atomic<std::uint32_t>> v4_half_way_ =
      std::vector<std::atomic<std::uint32_t>>(1 << 16);
  std::optional<MappingGuard> guard_;
};

// An address on its way down a file's tree, a node a step.
class GeoDatabase::Walk {
 public:
  Walk() = default;
  Walk(const Mmdb& file, const Address& address, std::size_t index)
      : file_(&file), index_(index), bytes_(address.bytes) {
    if (!address.is_v4()) return;
    if (!file.is_node(file.v4_node())) {
      std::fill_n(bytes_.begin(), 12, static_cast<unsigned char>(0));  // all of ::/96
      return;
    }
    half_way_ = &file.v4_half_way(address);
    node_ = half_way_->load(std::memory_order_relaxed);
    left_ = node_ == 0 ? 32 : 16;
    if (node_ == 0) node_ = file.v4_node();
    file.prefetch(node_);
  }

  // False at the end, when offset() is there if the tree leads to a record.
  bool step() {
    MMDB_search_node_s node{};
    if (left_ == 0 || !file_->read(node_, node)) return false;
    const unsigned at = 128 - left_--;
    const bool right = (bytes_[at / 8] >> (7 - at % 8) & 1) != 0;
    if ((right ? node.right_record_type : node.left_record_type) == MMDB_RECORD_TYPE_DATA)
      offset_ = (right ? node.right_record_entry : node.left_record_entry).offset;
    const std::uint64_t next = right ? node.right_record : node.left_record;
    if (!file_->is_node(next)) return false;
    node_ = static_cast<std::uint32_t>(next);
    file_->prefetch(node_);
    if (left_ == 16 && half_way_ != nullptr) half_way_->store(node_, std::memory_order_relaxed);
    return true;
  }
  const Mmdb* file() const { return file_; }
  std::size_t index() const { return index_; }
  std::optional<std::uint32_t> offset() const { return offset_; }

 private:
  const Mmdb* file_ = nullptr;
  std::size_t index_ = 0;  // among those that were asked for
  decltype(Address::bytes) bytes_{};
  unsigned left_ = 128;  // bits of them
  std::uint32_t node_ = 0;
  std::atomic<std::uint32_t>* half_way_ = nullptr;
  std::optional<std::uint32_t> offset_;
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

std::optional<GeoDatabase::Record> GeoDatabase::found_by(const Walk& walk) const {
  if (!walk.offset()) return std::nullopt;
  return Record{walk.file() == v6_.get(), *walk.offset()};
}

std::optional<GeoDatabase::Record> GeoDatabase::find(const Address& address) const {
  const Mmdb* file = address.known() ? file_for(address) : nullptr;
  if (file == nullptr) return std::nullopt;
  Walk walk(*file, address, 0);
  while (walk.step()) {
  }
  return found_by(walk);
}

void GeoDatabase::find(std::span<const Address> addresses,
                       std::span<std::optional<Record>> out) const {
  CHECK(addresses.size() <= kSideBySide && addresses.size() <= out.size());
  std::array<Walk, kSideBySide> walks;
  std::size_t under_way = 0;
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    out[i] = std::nullopt;
    const Mmdb* file = addresses[i].known() ? file_for(addresses[i]) : nullptr;
    if (file != nullptr) walks[under_way++] = Walk(*file, addresses[i], i);
  }
  while (under_way > 0) {
    for (std::size_t i = 0; i < under_way;) {
      const Walk& walk = walks[i];
      if (walks[i].step()) {
        ++i;
        continue;
      }
      out[walk.index()] = found_by(walk);
      walks[i] = walks[--under_way];
    }
  }
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

const Place& GeoReader::place_of(const std::optional<GeoDatabase::Record>& record) {
  if (!record) return kUnknown;
  const std::uint64_t key = std::uint64_t{record->in_v6_file} << 32 | record->offset;
  const auto cached = records_.find(key);
  if (cached != records_.end()) return cached->second;
  if (records_.size() >= kCachedRecords) forget();
  return records_.emplace(key, database_->read(*record)).first->second;
}

GeoReader::Seen& GeoReader::seen_of(const Address& address) {
  const std::string_view bytes(reinterpret_cast<const char*>(address.bytes.data()),
                               address.bytes.size());
  return recent_[std::hash<std::string_view>()(bytes) % kCachedAddresses];
}

const Place& GeoReader::find(const Address& address) {
  if (!address.known()) return kUnknown;
  Seen& seen = seen_of(address);
  if (seen.place == nullptr || seen.address != address)
    seen = {address, &place_of(database_->find(address))};
  return *seen.place;
}

void GeoReader::look_ahead(std::span<const Address> addresses) {
  for (const Address& address : addresses) __builtin_prefetch(&seen_of(address));
  std::array<Address, GeoDatabase::kSideBySide> unseen;
  std::size_t count = 0;
  for (const Address& address : addresses) {
    const Seen& seen = seen_of(address);
    if (address.known() && (seen.place == nullptr || seen.address != address))
      unseen[count++] = address;
  }
  std::array<std::optional<GeoDatabase::Record>, GeoDatabase::kSideBySide> records;
  database_->find(std::span(unseen).first(count), records);
  for (std::size_t i = 0; i < count; ++i) {
    const Place& place = place_of(records[i]);
    seen_of(unseen[i]) = {unseen[i], &place};
  }
}

}  // namespace tally
