// SPDX-License-Identifier: Apache-2.0
//
// The secret that makes a visitor's number, one per UTC day of receive time.
//
// A visitor's number is a keyed hash of address and user agent. While the key lives, the same
// person gets the same number; once it is gone nobody can work back to the address, we included. So
// a salt is destroyed 48 hours after its day began: late enough for hits of its day that are
// enriched late.
//
// A salt is written (mode 0600, synced) before its first use, so that a restart does not make
// everybody new. A hit older than the destroyed salt of its day (a node that was down for days)
// gets a salt that lives in memory only: such hits count as visitors among themselves.
#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <map>
#include <mutex>

#include "base/clock.h"
#include "base/files.h"
#include "base/random.h"
#include "base/result.h"

namespace tally {

using Salt = std::array<std::byte, 16>;

// Thread-safe.
class SaltKeeper {
 public:
  // `directory` exists; the salts are its files "salt-<days since 1970>".
  SaltKeeper(Files& files, Clock& clock, Random& random, std::filesystem::path directory);

  // The salt of the UTC day of `received`; made, written and synced when there is none. Also
  // destroys what has expired. ErrorCode::unavailable when it cannot be written, corrupt when a
  // salt's file is not one.
  Result<Salt> for_time(UnixMillis received);

  // Removes the files, and forgets the copies, of every salt that began 48 hours ago or earlier. To
  // be called now and then, so that salts go without traffic too.
  Result<void> destroy_expired();

 private:
  Result<Salt> load_or_make(std::int64_t day);
  Result<void> destroy_expired_locked();
  bool expired(std::int64_t day) const;
  std::filesystem::path path_of(std::int64_t day) const;

  Files& files_;
  Clock& clock_;
  Random& random_;
  std::filesystem::path directory_;
  std::mutex mutex_;
  std::map<std::int64_t, Salt> salts_;  // by day
  std::map<std::int64_t, Salt> late_;   // of days whose salt is destroyed; never written
  std::int64_t swept_day_ = -1;         // the last day that for_time() looked for expired files
};

}  // namespace tally
