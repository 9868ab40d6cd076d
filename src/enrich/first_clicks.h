// SPDX-License-Identifier: Apache-2.0
//
// Who has clicked already today? Sets the flag that makes a click a unique one.
//
// For each UTC day of receive time this keeps a set of 64-bit fingerprints of (visitor, link) and
// of (visitor, workspace). A visitor's number is a keyed hash that already holds the day's salt,
// the workspace, the address and the user agent, so the sets hold nothing about anybody. An open
// table of bare fingerprints takes 8 bytes an entry at half load to a full one: a million visitors
// in a day who each click one link cost 16 to 40 MB. Two fingerprints in a million collide with a
// chance of 1 in 10^7; a collision would hide one unique click.
//
// Today and the day before are kept. After a restart the sets are learnt again from the enriched
// log with note(), so the flags are exact across restarts.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "model/click.h"

namespace tally {

// A set of non-zero 64-bit numbers that are already random.
class FingerprintSet {
 public:
  // True when it was not there before.
  bool insert(std::uint64_t fingerprint);
  std::size_t size() const { return size_; }

 private:
  void grow();
  std::vector<std::uint64_t> slots_;  // 0: free
  std::size_t size_ = 0;
};

// Not thread-safe.
class FirstClicks {
 public:
  // Sets `first` and `first_ws` when `click` is a human headline click with a visitor whose first
  // it is that day; clears them otherwise. A click older than the day before the newest seen is
  // never first: what came before it is forgotten.
  void mark(Click& click);

  // Learns from a click that was enriched before: its visitor has been seen.
  void note(const Click& click);

  std::size_t size() const;

 private:
  FingerprintSet* day_of(const Click& click);

  std::map<std::int64_t, FingerprintSet> days_;
};

}  // namespace tally
