// SPDX-License-Identifier: Apache-2.0
//
// The secret that makes a visitor's number, one per UTC day of receive time.
//
// A visitor's number is a keyed hash of address and user agent. While the key lives, the same
// person gets the same number; once it is gone nobody can work back to the address, we included. So
// a salt is destroyed 48 hours after its day began: late enough for hits of its day that are
// enriched late.
//
// A salt is written (mode 0600; file and folder synced) before its first use, so that a restart
// does not make everybody new. Its file, described in docs/formats/data_folder.md, carries a
// checksum: one that is damaged is replaced by a new salt at once, and note() says so, since hits
// that wait for a salt nobody can bring back would wait for ever. A file that cannot be read or
// written is another matter: that passes, and hits wait in the journal. A file of the form before
// checksums, the bare salt, is taken as it is and brought into this form.
//
// To destroy is to wipe the copy in memory, overwrite the file, and remove it. A wrong clock must
// not keep a salt: none outlives 48 hours of running time either, whatever day it is named for.
//
// A hit older than the destroyed salt of its day (a node that was down for days) gets a salt that
// lives in memory only, until an hour after its last use: such hits count as visitors among
// themselves.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>

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
  ~SaltKeeper();
  SaltKeeper(const SaltKeeper&) = delete;

  // The salt of the UTC day of `received`; made, written and synced when there is none. The first
  // call of a day also destroys what has expired. Errors, none of them for good: the disk's, and
  // ErrorCode::conflict for a file of a newer version.
  Result<Salt> for_time(UnixMillis received);

  // Destroys every salt that began 48 hours ago or earlier. To be called now and then, so that
  // salts go without traffic too. What cannot be removed is tried again by the next call.
  Result<void> destroy_expired();

  // Whether a visitor of this day (since 1970) could come back: its salt is there. Of files that
  // this process has neither made nor used, known after the first destroy_expired().
  bool knows(std::int64_t day) const;

  // What had to be given up because a file was damaged; "" when nothing.
  std::string note() const;

 private:
  struct LateSalt {
    Salt salt{};
    std::chrono::steady_clock::time_point used;
  };

  Result<Salt> load_or_make(std::int64_t day);
  Result<void> make(std::int64_t day, Salt& salt);
  Result<void> renew(const std::filesystem::path& path, const Salt& salt);
  Salt late_salt(std::int64_t day);
  Result<void> destroy_expired_locked();
  Result<void> destroy_file(const std::filesystem::path& path);
  bool expired(std::int64_t day) const;
  std::filesystem::path path_of(std::int64_t day) const;

  Files& files_;
  Clock& clock_;
  Random& random_;
  std::filesystem::path directory_;
  mutable std::mutex mutex_;
  std::map<std::int64_t, Salt> salts_;     // by day
  std::map<std::int64_t, LateSalt> late_;  // of days whose salt is destroyed; never written
  // Since when this process has known of a day's file: what bounds its life under a wrong clock.
  std::map<std::int64_t, std::chrono::steady_clock::time_point> known_since_;
  std::int64_t swept_day_ = -1;  // the last day that for_time() looked for expired files
  std::string note_;
};

}  // namespace tally
