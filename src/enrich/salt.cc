// SPDX-License-Identifier: Apache-2.0
#include "enrich/salt.h"

#include <sodium.h>

#include <algorithm>
#include <string>

#include "base/text.h"

namespace tally {
namespace {

constexpr UnixMillis kSaltLife = 48 * kMillisPerHour;
constexpr std::string_view kPrefix = "salt-";
constexpr std::size_t kMostLateSalts = 32;

std::int64_t day_of(UnixMillis time) {
  return time >= 0 ? time / kMillisPerDay : -((-time + kMillisPerDay - 1) / kMillisPerDay);
}

void wipe(Salt& salt) { ::sodium_memzero(salt.data(), salt.size()); }

}  // namespace

SaltKeeper::SaltKeeper(Files& files, Clock& clock, Random& random, std::filesystem::path directory)
    : files_(files), clock_(clock), random_(random), directory_(std::move(directory)) {}

std::filesystem::path SaltKeeper::path_of(std::int64_t day) const {
  return directory_ / (std::string(kPrefix) + std::to_string(day));
}

bool SaltKeeper::expired(std::int64_t day) const {
  return clock_.now_ms() >= day * kMillisPerDay + kSaltLife;
}

Result<Salt> SaltKeeper::for_time(UnixMillis received) {
  const std::lock_guard lock(mutex_);
  const std::int64_t today = day_of(clock_.now_ms());
  if (today != swept_day_) {
    TRY(destroy_expired_locked());
    swept_day_ = today;
  }
  const std::int64_t day = day_of(received);
  const auto known = salts_.find(day);
  if (known != salts_.end()) return known->second;
  if (!expired(day)) return load_or_make(day);
  if (!late_.contains(day)) {
    if (late_.size() >= kMostLateSalts) late_.erase(late_.begin());
    random_.fill(late_[day]);
  }
  return late_[day];
}

Result<Salt> SaltKeeper::load_or_make(std::int64_t day) {
  const auto path = path_of(day);
  auto bytes = files_.read_all(path);
  Salt salt{};
  if (bytes) {
    if (bytes->size() != salt.size()) {
      return fail(ErrorCode::corrupt, path.string() + ": not a salt",
                  "remove the file; visitors of that day will be counted anew");
    }
    std::ranges::transform(*bytes, salt.begin(), [](char c) { return static_cast<std::byte>(c); });
  } else if (bytes.error().code == ErrorCode::not_found) {
    random_.fill(salt);
    TRY(files_.replace(path, {reinterpret_cast<const char*>(salt.data()), salt.size()}));
  } else {
    return std::unexpected(std::move(bytes).error());
  }
  return salts_[day] = salt;
}

Result<void> SaltKeeper::destroy_expired() {
  const std::lock_guard lock(mutex_);
  return destroy_expired_locked();
}

Result<void> SaltKeeper::destroy_expired_locked() {
  while (!salts_.empty() && expired(salts_.begin()->first)) {
    wipe(salts_.begin()->second);
    salts_.erase(salts_.begin());
  }
  TRY_ASSIGN(const auto names, list_directory(directory_));
  for (const std::string& name : names) {
    if (!name.starts_with(kPrefix)) continue;
    // "salt-20000", and "salt-20000.new" where a crash came between writing and renaming.
    const auto number = std::string_view(name).substr(kPrefix.size());
    const auto day = parse_number<std::int64_t>(number.substr(0, number.find('.')));
    if (day && expired(*day)) TRY(files_.remove(directory_ / name));
  }
  return {};
}

}  // namespace tally
