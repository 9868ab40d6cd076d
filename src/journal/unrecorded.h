// SPDX-License-Identifier: Apache-2.0
//
// The count of hits that were answered and could not be written, and when they were received.
//
// It must work when nothing else does: on a full disk and across the end of the process. So it is a
// file of fixed size, written once in full while there is room and from then on overwritten in
// place, in two slots that take turns; a slot that was being written when the power went does not
// check, and the other is one note older. Layout in docs/formats/journal.md.
//
// Times are kept as ranges, so that an answer about last week need not be called incomplete because
// of an hour today. Ranges that touch (within a second) are one; of too many the closest two are
// joined, so the file never grows and no hit is ever left out.
//
// Threads: any.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/files.h"
#include "base/result.h"

namespace tally {

struct UnrecordedRange {
  UnixMillis from = 0, to = 0;  // of receipt, half-open
  std::uint64_t hits = 0;
  friend bool operator==(const UnrecordedRange&, const UnrecordedRange&) = default;
};

class Unrecorded {
 public:
  // Reads the file, or makes it. A file of which no slot checks is begun anew, and reported.
  static Result<std::unique_ptr<Unrecorded>> open(
      Files& files, const std::filesystem::path& path,
      const std::function<void(const std::string&)>& report);

  // Counts `hits` received in [from, to). They are in the file on return, and survive power loss
  // when `sync`; if not even that can be written, they are kept in memory and written with the
  // next note or save().
  void note(UnixMillis from, UnixMillis to, std::uint64_t hits, bool sync);
  // Makes earlier notes survive power loss.
  void save();

  std::uint64_t total() const { return total_.load(std::memory_order_relaxed); }
  // By time.
  std::vector<UnrecordedRange> ranges() const;
  // Whether any of [from, to) is affected.
  bool overlaps(UnixMillis from, UnixMillis to) const;

 private:
  Unrecorded(Files& files, std::filesystem::path path);
  void write(bool sync);

  Files& files_;
  const std::filesystem::path path_;
  std::atomic<std::uint64_t> total_{0};
  mutable std::mutex mutex_;  // guards everything below
  std::uint64_t sequence_ = 0;
  std::vector<UnrecordedRange> ranges_;
  bool unsaved_ = false;
  bool failing_ = false;
};

}  // namespace tally
