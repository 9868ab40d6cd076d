// SPDX-License-Identifier: Apache-2.0
//
// The fingerprints of one day: exact, durable when saved, and bounded in memory.
//
// What is new is in a table in memory and on a list of what no file has yet. Saving sorts that list
// and merges it with the newest runs into one run. While the table holds everything it answers
// alone. When it is full it begins again with what is not saved, and from then on is a cache before
// the runs: what it does not know is looked up in each of them, unless filters, of twice its size
// each, say that none can have it, as they do of nearly everybody new. The next one begins when one
// has all that it is good for; four of them are good for some fifty tables' worth.
//
// A save merges a run as long as what is to be written has at least half its size, so the sizes of
// runs at least double from the newest to the oldest, there are few of them, and a fingerprint is
// rewritten about once per doubling. No merge writes more than `largest_run`, so that none takes
// longer than a second or so. When a run cannot be read, those that are there are merged no more:
// what is new goes into runs of its own, and these are merged among themselves. One that could not
// even be opened is kept as it is until it can be: what only it knows counts as new meanwhile.
//
// Refused: a table in a mapped file (what a crash leaves of it is neither the state before nor
// after a batch, and a bad sector would end the process).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "base/files.h"
#include "base/result.h"
#include "enrich/fingerprint_run.h"
#include "enrich/fingerprint_set.h"
#include "enrich/seen_filter.h"

namespace tally {

// Not thread-safe.
class DaySet {
 public:
  DaySet(std::int64_t day, std::size_t table_slots)
      : day_(day), table_slots_(table_slots), table_(table_slots) {}

  // True when it was not there before. `trouble` is set when a run could not be read: then what
  // only that run knows counts as new.
  bool insert(std::uint64_t fingerprint, std::optional<Error>& trouble);

  // Asks for the memory that insert() of this fingerprint will need.
  void look_ahead(std::uint64_t fingerprint) const {
    table_.look_ahead(fingerprint);
    for (const SeenFilter& filter : filters_) filter.look_ahead(fingerprint);
  }

  // What was inserted so far may be saved: it is known in other words to survive a crash.
  void commit() { committed_ = unsaved_.size(); }
  std::size_t unsaved() const { return unsaved_.size(); }

  // A run that is written and not in use yet, and how many of the newest runs it stands for.
  struct Change {
    FingerprintRun run;
    std::size_t replaced;
  };
  // Nothing when nothing that is committed waits. `trouble` is set when an older run could not be
  // read; what waited is written all the same.
  Result<std::optional<Change>> write(Files& files, const std::filesystem::path& directory,
                                      std::uint64_t number, std::uint64_t largest_run,
                                      std::optional<Error>& trouble);
  void adopt(Change change);
  // Gives up a large table that nobody has asked since the last call.
  void rest();

  // Takes up a run from before; errors as FingerprintRun::open. For a set that nobody has asked.
  Result<void> load(Files& files, const std::filesystem::path& directory, const RunInfo& info);

  // A run from before that cannot be read at the moment, and why.
  struct Unread {
    RunInfo info;
    Error error;
  };
  void keep_unread(Unread run) { unread_.push_back(std::move(run)); }
  // Tries those again. One that turns out to be damaged or gone is given up, and `trouble` says so.
  void read_again(Files& files, const std::filesystem::path& directory,
                  std::optional<Error>& trouble);

  const std::vector<FingerprintRun>& runs() const { return runs_; }
  const std::vector<Unread>& unread() const { return unread_; }

 private:
  bool may_be_in_runs(std::uint64_t fingerprint) const;
  void remember(std::uint64_t fingerprint);
  void outgrow_table();
  void shrink_table();
  void take_up(FingerprintRun run);

  const std::int64_t day_;
  const std::size_t table_slots_;
  FingerprintSet table_;
  bool table_has_all_ = true;
  std::vector<SeenFilter>
      filters_;  // together they know at least all of the runs, if there are any
  bool asked_ = false;
  std::vector<std::uint64_t> unsaved_;  // the first committed_ of them may be saved
  std::size_t committed_ = 0;
  std::vector<FingerprintRun> runs_;  // oldest first
  std::size_t left_alone_ = 0;        // the first so many of them are not merged
  std::vector<Unread> unread_;
};

}  // namespace tally
