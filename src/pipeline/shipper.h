// SPDX-License-Identifier: Apache-2.0
//
// Brings enriched clicks, and landing views, to the click store, each exactly once.
//
// The store and this node cannot commit together, so: before an insert its manifest is made
// durable (ship_state.h), and after any outcome that is not a clear success, or a restart in
// between, the store is asked (clicks/planned_insert.h). An insert that it holds a part of stops
// the shipper with an alarm.
//
// The store being down costs freshness and nothing else: the log keeps the clicks.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/files.h"
#include "base/result.h"
#include "base/threads.h"
#include "clicklog/enriched_log.h"
#include "clicks/click_batch.h"
#include "clicks/click_store.h"
#include "clicks/planned_insert.h"
#include "clicks/view_batch.h"
#include "pipeline/ship_state.h"

namespace tally {

struct ShipCounters {
  std::atomic<std::uint64_t> clicks{0};
  std::atomic<std::uint64_t> views{0};  // of landing pages
  std::atomic<std::uint64_t> inserts{0};
  std::atomic<std::uint64_t> failures{0};
  std::atomic<std::uint64_t> reconciled{0};  // inserts whose outcome had to be asked for
  std::atomic<UnixMillis> as_of{0};          // receive time up to which every hit is stored
};

class Shipper {
 public:
  struct Deps {
    Files& files;
    const Clock& clock;
    EnrichedLog& log;
    ClickStore& store;
  };

  Shipper(Deps deps, std::filesystem::path state_file);
  ~Shipper();

  Result<void> start();
  // Until the store's tables were tried to be brought up to date once. An error when that can never
  // succeed (a newer version has been there); a store that is only down is no error here.
  Result<void> await_first_attempt();
  // Tries once more to store what is in the log, then ends the thread.
  void stop();

  const ShipCounters& counters() const { return counters_; }
  // Waits some seconds for every hit received before `time` to be stored; whether they are.
  bool await_stored(UnixMillis time);
  // Why nothing is stored at the moment; "" when all is well.
  std::string trouble() const;

 private:
  // What is to be stored, by partition.
  struct Rows {
    std::map<std::int64_t, ClickBatch> clicks;
    std::map<std::int64_t, ViewBatch> views;
    std::uint64_t count = 0;
    bool empty() const { return count == 0; }
    // Takes the rows away and keeps their memory for those of the same partitions.
    void clear();
    // Gives back what nothing was put into.
    void drop_unused();
    // What `insert` is about; null when it is not there.
    const RowBatch* find(const PlannedInsert& insert) const;
  };

  void run();
  bool prepare_store();
  bool ship_once();
  Result<void> collect(const std::optional<EnrichedCursor>& until, EnrichedCursor& reached);
  void plan(const EnrichedCursor& until);
  bool store_planned(bool outcome_unknown);
  bool store_insert(const PlannedInsert& insert, const RowBatch& rows, bool outcome_unknown);
  bool save_state();
  void set_trouble(const std::string& trouble);
  void pause_until(std::chrono::steady_clock::time_point time);

  Deps deps_;
  const std::filesystem::path state_file_;
  const std::shared_ptr<EnrichedPin> pin_;  // what is not known to be stored stays in the log
  ShipState state_;
  // Whether state_ is on disk. What has been stored is noted with the next manifest, or when there
  // is nothing to store; a start that finds the old manifest asks the store once more.
  bool noted_ = true;
  std::optional<EnrichedReader> reader_;  // kept over calls: finding a place in a segment is a scan
  Rows rows_;
  ShipCounters counters_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::string trouble_;
  std::optional<Result<void>> first_attempt_;
  bool prepared_ = false;
  bool stopping_ = false;
  Courtesy courtesy_;
  std::thread thread_;
};

}  // namespace tally
