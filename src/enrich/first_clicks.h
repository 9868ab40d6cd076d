// SPDX-License-Identifier: Apache-2.0
//
// Who has clicked already today? Sets the flag that makes a click a unique one.
//
// For each UTC day of receive time this keeps a set of 64-bit fingerprints of (visitor, link) and
// of (visitor, workspace). A visitor's number is a keyed hash that already holds the day's salt,
// the workspace, the address and the user agent, so the sets hold nothing about anybody. Two
// fingerprints in a million collide with a chance of 1 in 10^7 and in a thousand million with one
// of 1 in 40; a collision would hide one unique click.
//
// The sets are exact, survive a restart, and are bounded in memory whatever comes (day_set.h). The
// log of clicks is what makes them durable: it holds each click with its flags, so files are
// written only now and then (save()), and say how far in the log they reach. A start reads them,
// and note()s the clicks behind that place. The log has to be kept from there on, and no longer.
//
// A day's set goes when its salt has gone, since none of its visitors can come back then.
//
// Refused: learning all of it from the log at a start (two days of clicks to keep and to read, and
// a log that was cut short for want of room made everybody new); a database (a sync a batch).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "base/files.h"
#include "base/result.h"
#include "enrich/day_set.h"
#include "enrich/first_list.h"
#include "model/click.h"

namespace tally {

struct FirstClicksOptions {
  std::filesystem::path directory;
  std::size_t table_slots = 1 << 22;       // of each day's set in memory, 8 bytes each
  std::size_t most_unsaved = 1 << 19;      // fingerprints; at most half of table_slots
  std::uint64_t largest_run = 1ULL << 25;  // entries; 256 MiB
};

// Not thread-safe.
class FirstClicks {
 public:
  // Knows nobody yet, and touches no file before save().
  FirstClicks(Files& files, const FirstClicksOptions& options) : files_(files), options_(options) {}

  // Reads what was saved into `directory`, which is made when it is not there. A run that is
  // damaged is reported and left out; one that cannot be read now is kept, and trouble() says so. A
  // list of either kind is reported and made again from the runs that are there. After all of these
  // saved_through() is the log's front: what the log still holds is learnt again.
  // ErrorCode::conflict when a newer version wrote it; any other error is the disk's, and all files
  // are as before.
  static Result<std::unique_ptr<FirstClicks>> open(
      Files& files, const FirstClicksOptions& options,
      const std::function<void(const std::string&)>& report);

  // Everything before this place of the log is in the files.
  const ClicksPlace& saved_through() const { return saved_through_; }

  // Sets `first` and `first_ws` when `click` is a human headline click with a visitor whose first
  // it is that day; clears them otherwise. Not to be called when full().
  void mark(Click& click);

  // Asks for the memory that mark() of this click will need.
  void look_ahead(const Click& click) const;

  // Learns from a click that is in the log: its visitor has been seen. Not when full().
  void note(const Click& click);

  // What was marked and noted so far is in the log before `through`.
  void commit(const ClicksPlace& through);
  // There is something to save().
  bool is_behind() const { return committed_through_ != saved_through_; }
  // It would be good to save() soon; save() must come first.
  bool half_full() const { return unsaved() * 2 >= options_.most_unsaved; }
  bool full() const { return unsaved() >= options_.most_unsaved; }

  // Makes durable what is committed. After an error all is as before, and it can be called again.
  Result<void> save();

  // Forgets the days for which `known(day since 1970)` does not hold, their files included. What
  // could not be removed is tried again by the next call.
  Result<void> keep_only(const std::function<bool(std::int64_t day)>& known);

  // Tries files again that could not be read at open().
  void read_again();

  // Why flags may be set twice: files that could not be read; "" as a rule.
  std::string trouble() const;

 private:
  Result<void> load(const std::function<void(const std::string&)>& report);
  Result<FirstList> list_of_files();
  bool insert(DaySet& set, std::uint64_t visitor, std::uint64_t id, std::uint64_t kind);
  void report_trouble(const std::optional<Error>& trouble);
  DaySet& day_of(const Click& click);
  std::size_t unsaved() const;
  Result<void> remove_unlisted();

  Files& files_;
  const FirstClicksOptions options_;
  std::map<std::int64_t, DaySet> days_;
  ClicksPlace saved_through_;
  ClicksPlace committed_through_;
  std::uint64_t next_number_ = 1;
  bool forgotten_on_disk_ = true;  // no file is left of a day that keep_only() has forgotten
  std::string trouble_;
};

}  // namespace tally
