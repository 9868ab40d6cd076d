// SPDX-License-Identifier: Apache-2.0
#include "enrich/salt.h"

#include <sodium.h>
#include <xxhash.h>

#include <iterator>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/log.h"
#include "base/text.h"

namespace tally {
namespace {

constexpr std::int64_t kLifeInDays = 2;
constexpr std::chrono::hours kLifeRunning{48};
constexpr std::chrono::hours kLateLife{1};
constexpr std::size_t kMostLateSalts = 32;
constexpr std::string_view kPrefix = "salt-";

constexpr std::string_view kMagic = "TALLYSLT";
constexpr std::uint16_t kVersion = 1;
constexpr std::size_t kChecked = sizeof kVersion + sizeof(Salt);
constexpr std::size_t kFileSize = 8 + kChecked + sizeof(std::uint64_t);

std::int64_t day_of(UnixMillis time) {
  return time >= 0 ? time / kMillisPerDay : -((-time + kMillisPerDay - 1) / kMillisPerDay);
}

void wipe(Salt& salt) { ::sodium_memzero(salt.data(), salt.size()); }
void wipe(std::string& bytes) { ::sodium_memzero(bytes.data(), bytes.size()); }

std::string encode(const Salt& salt) {
  std::string out;
  out.reserve(kFileSize);  // in one place, which is wiped
  out += kMagic;
  put_fixed(out, kVersion);
  out.append(reinterpret_cast<const char*>(salt.data()), salt.size());
  put_fixed(out, XXH3_64bits(out.data() + kMagic.size(), kChecked));
  return out;
}

// The form before version 1: the salt's bytes and nothing else. Neither what is left of a file of
// version 1 that was cut short, nor one that was wiped on its way out.
bool is_bare(std::string_view bytes) {
  return bytes.size() == sizeof(Salt) && !bytes.starts_with(kMagic) &&
         bytes.find_first_not_of('\0') != std::string_view::npos;
}

// ErrorCode::corrupt when it is no salt, conflict when a newer version wrote it.
Result<void> decode(std::string_view bytes, Salt& salt) {
  if (is_bare(bytes)) {
    salt = ByteReader(bytes).fixed<Salt>();
    return {};
  }
  const auto corrupt = [] { return fail(ErrorCode::corrupt, "not a salt"); };
  if (bytes.size() != kFileSize || !bytes.starts_with(kMagic)) return corrupt();
  ByteReader in(bytes.substr(kMagic.size()));
  const std::uint64_t wanted = XXH3_64bits(in.rest().data(), kChecked);
  const auto version = in.fixed<std::uint16_t>();
  salt = in.fixed<Salt>();
  if (in.fixed<std::uint64_t>() != wanted) return corrupt();
  if (version > kVersion)
    return fail(ErrorCode::conflict, "a newer version wrote it",
                "start the newer tallymark that wrote it");
  return {};
}

// "salt-20000", and "salt-20000.new" where a crash came between writing and renaming.
std::optional<std::int64_t> day_of_file(std::string_view name) {
  if (!name.starts_with(kPrefix)) return std::nullopt;
  const auto number = name.substr(kPrefix.size());
  return parse_number<std::int64_t>(number.substr(0, number.find('.')));
}

}  // namespace

SaltKeeper::SaltKeeper(Files& files, Clock& clock, Random& random, std::filesystem::path directory)
    : files_(files), clock_(clock), random_(random), directory_(std::move(directory)) {}

SaltKeeper::~SaltKeeper() {
  for (auto& [day, salt] : salts_) wipe(salt);
  for (auto& [day, late] : late_) wipe(late.salt);
}

std::filesystem::path SaltKeeper::path_of(std::int64_t day) const {
  return directory_ / (std::string(kPrefix) + std::to_string(day));
}

bool SaltKeeper::expired(std::int64_t day) const {
  if (day <= day_of(clock_.now_ms()) - kLifeInDays) return true;
  const auto known = known_since_.find(day);
  return known != known_since_.end() && clock_.steady() - known->second >= kLifeRunning;
}

Result<Salt> SaltKeeper::for_time(UnixMillis received) {
  const std::lock_guard lock(mutex_);
  const std::int64_t today = day_of(clock_.now_ms());
  if (today != swept_day_) {
    swept_day_ = today;
    // Nobody has to wait for a file that does not go: destroy_expired() tries again, and says so.
    if (const auto swept = destroy_expired_locked(); !swept)
      log_error("visitor salt: {}", swept.error().line());
  }
  const std::int64_t day = day_of(received);
  const auto known = salts_.find(day);
  if (known != salts_.end()) return known->second;
  return expired(day) ? late_salt(day) : load_or_make(day);
}

Salt SaltKeeper::late_salt(std::int64_t day) {
  if (!late_.contains(day)) {
    if (late_.size() >= kMostLateSalts) {
      wipe(late_.begin()->second.salt);
      late_.erase(late_.begin());
    }
    random_.fill(late_[day].salt);
  }
  LateSalt& late = late_[day];
  late.used = clock_.steady();
  return late.salt;
}

Result<Salt> SaltKeeper::load_or_make(std::int64_t day) {
  const auto path = path_of(day);
  auto bytes = files_.read_all(path);
  Salt salt{};
  if (bytes) {
    const auto decoded = decode(*bytes, salt);
    const bool bare = is_bare(*bytes);
    wipe(*bytes);
    if (decoded) {
      if (bare) TRY(renew(path, salt));
      TRY(files_.sync_folder(directory_));
    } else if (decoded.error().code != ErrorCode::corrupt) {
      return std::unexpected(Error(decoded.error()).within(path.string()));
    } else {
      TRY(make(day, salt));
      note_ = path.filename().string() +
              " was damaged: the visitors that its day had until then count as new";
      log_error("visitor salt: {}", note_);
    }
  } else if (bytes.error().code == ErrorCode::not_found) {
    TRY(make(day, salt));
  } else {
    return std::unexpected(std::move(bytes).error());
  }
  known_since_.try_emplace(day, clock_.steady());
  return salts_[day] = salt;
}

Result<void> SaltKeeper::make(std::int64_t day, Salt& salt) {
  random_.fill(salt);
  std::string bytes = encode(salt);
  auto written = files_.replace(path_of(day), bytes);
  wipe(bytes);
  return written;
}

// In place: a file renamed over it would leave the salt's bytes on the disk, out of reach of
// destroy_file().
Result<void> SaltKeeper::renew(const std::filesystem::path& path, const Salt& salt) {
  std::string bytes = encode(salt);
  auto written = files_.overwrite(path, 0, bytes, true);
  wipe(bytes);
  return written;
}

Result<void> SaltKeeper::destroy_expired() {
  const std::lock_guard lock(mutex_);
  return destroy_expired_locked();
}

Result<void> SaltKeeper::destroy_expired_locked() {
  TRY_ASSIGN(const auto names, list_directory(directory_));
  for (const std::string& name : names)
    if (const auto day = day_of_file(name)) known_since_.try_emplace(*day, clock_.steady());
  // Copies in memory first: they go whatever the disk says.
  for (auto it = salts_.begin(); it != salts_.end();) {
    if (expired(it->first)) wipe(it->second);
    it = expired(it->first) ? salts_.erase(it) : std::next(it);
  }
  for (auto it = late_.begin(); it != late_.end();) {
    const bool over = clock_.steady() - it->second.used >= kLateLife;
    if (over) wipe(it->second.salt);
    it = over ? late_.erase(it) : std::next(it);
  }
  Result<void> done;
  for (const std::string& name : names) {
    const auto day = day_of_file(name);
    if (!day || !expired(*day)) continue;
    if (auto removed = destroy_file(directory_ / name); !removed) done = std::move(removed);
  }
  if (done) std::erase_if(known_since_, [&](const auto& one) { return expired(one.first); });
  return done;
}

// Overwritten first, which reaches the bytes themselves where the disk writes in place; when that
// cannot be done the file goes all the same.
Result<void> SaltKeeper::destroy_file(const std::filesystem::path& path) {
  const auto overwritten = files_.overwrite(path, 0, std::string(kFileSize, '\0'), true);
  if (!overwritten) log_warn("visitor salt: {}", overwritten.error().line());
  return files_.remove(path);
}

bool SaltKeeper::knows(std::int64_t day) const {
  const std::lock_guard lock(mutex_);
  return salts_.contains(day) || late_.contains(day) ||
         (known_since_.contains(day) && !expired(day));
}

std::string SaltKeeper::note() const {
  const std::lock_guard lock(mutex_);
  return note_;
}

}  // namespace tally
