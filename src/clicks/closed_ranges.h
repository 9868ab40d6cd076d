// SPDX-License-Identifier: Apache-2.0
//
// Which stretches of time are over and counted: the ledger of the roll-ups.
//
// A closed range is a day of a workspace (in whatever zone it reports: here it is only two UTC
// edges) whose rows have been counted into the roll-up tables, under a version of its own. A
// question reads those counts for the closed ranges within its own range and the rows themselves
// for the rest, so both ways give the same numbers. What is not in this ledger is not read: counts
// of a closing that did not come to its end are rows that nobody asks for.
//
// Rows of a closed range may still change: late data, an erase, a new judgement. Whoever is about
// to change rows opens the ranges that they lie in before the first row is different, durably; from
// then on the rows themselves answer, until somebody closes the range again. A range cannot be
// closed while rows in it are changing, and one that was touched while it was counted stays open.
//
// The ledger is a table of the store, beside what it speaks of, and held in memory. Thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "clicks/click_store.h"
#include "model/stats_query.h"

namespace tally {

class ClickHouse;

class ClosedRanges {
 public:
  struct Range {
    TimeRange times;
    std::uint64_t version = 0;
    std::vector<LinkId> links;  // ascending: those that are counted apart from all
  };
  // A query's range in parts: what is closed, and what the rows have to answer. To be kept until
  // the answer is there: the counts stay as long.
  struct Parts {
    std::vector<Range> closed;
    std::vector<TimeRange> open;
    std::shared_ptr<const void> reading;
  };

  explicit ClosedRanges(ClickHouse& server) : server_(server) {}

  // Reads the ledger; until it has succeeded nothing is closed.
  Result<void> load();

  // Ascending and without overlap. With a link: ranges in which it is counted apart; with `fits`:
  // for which that holds.
  Parts parts(WorkspaceId workspace, TimeRange range, std::optional<LinkId> link,
              const std::function<bool(TimeRange)>& fits = nullptr) const;

  // Expires with the last of the parts that were given out before.
  std::weak_ptr<const void> readers();

  // The versions of closed ranges and of countings that go on.
  std::set<std::uint64_t> in_use() const;

  // Rows are changing as long as this object lives.
  class Change {
   public:
    Change(Change&& other) noexcept
        : ranges_(std::exchange(other.ranges_, nullptr)), id_(other.id_) {}
    Change& operator=(Change&&) = delete;
    ~Change();

   private:
    friend class ClosedRanges;
    Change(ClosedRanges& ranges, std::uint64_t id) : ranges_(&ranges), id_(id) {}
    ClosedRanges* ranges_;
    std::uint64_t id_;
  };
  // Opens the ranges that `times` meets. After an error none may be changed.
  Result<Change> change(std::span<const WorkspaceId> workspaces, TimeRange times);

  // To count a range: a version that nothing has been counted under, or `conflict` when rows of it
  // are changing, it is being counted or is closed. Counting ends with give_up(), or with close(),
  // which is false when a row was touched meanwhile: then it stays open.
  Result<std::uint64_t> begin(WorkspaceId workspace, TimeRange times);
  Result<bool> close(WorkspaceId workspace, Range range);
  void give_up(std::uint64_t version);

 private:
  struct Changing {
    std::vector<WorkspaceId> workspaces;
    TimeRange times;
  };
  struct Counting {
    WorkspaceId workspace;
    TimeRange times;
    bool touched = false;
  };
  struct Entry {
    WorkspaceId workspace;
    Range range;
  };
  Result<void> write(std::span<const Entry> entries, bool is_closed);

  ClickHouse& server_;
  SystemRandom random_;
  mutable std::mutex mutex_;
  std::map<WorkspaceId, std::map<UnixMillis, Range>> closed_;  // by their start
  std::map<std::uint64_t, Changing> changing_;                 // by the id of its Change
  std::uint64_t last_change_ = 0;
  std::map<std::uint64_t, Counting> counting_;                     // by version
  std::shared_ptr<const void> reading_ = std::make_shared<int>();  // of parts given out from now on
};

}  // namespace tally
