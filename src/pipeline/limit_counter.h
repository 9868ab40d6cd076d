// SPDX-License-Identifier: Apache-2.0
//
// The clicks taken of links that allow only so many, exactly, on all edge threads and over crashes.
//
// Each click that an edge thread lets through is taken here first, in memory, and its hit says so
// in the journal before the answer leaves. So the journal knows what was taken, and after a crash
// the count is read from it again. As the journal is freed when its hits are enriched, a file keeps
// the counts up to a position in each shard: no segment goes before the file covers it (save()). A
// start reads the file, and behind its positions the journal, before the listener opens. Layout in
// docs/formats/limits.md.
//
// A link that gets its limit later has had clicks that nobody took: whoever sets the limit asks the
// click store for them and brings the count up to that (count_at_least()).
//
// Two numbers for each link: `taken` is what the edge asks, `settled` what enrichment has passed
// and the file may hold. They meet when the journal is enriched to its end.
//
// A click whose hit could not be written was let through and is not remembered after a restart;
// while the journal is degraded no click is taken at all.
//
// Refused: a lock around a map (the edge asks for each click of a limited link); counting in SQLite
// (a sync a click); counting what the click store holds (seconds old, and may be down).
//
// Threads: all from any; take() and used_up() without locks.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/result.h"
#include "journal/writer.h"
#include "model/click_limits.h"

namespace tally {

class LimitCounter final : public ClickLimits {
 public:
  // Reads the file at `path` and what `left_over`, the journal's shards of earlier starts, hold
  // behind it. `can_record` says whether hits are being recorded now, and is asked for each click.
  // A damaged file is reported, and the counts are then those of the journal alone.
  static Result<std::unique_ptr<LimitCounter>> open(
      Files& files, const std::filesystem::path& path,
      const std::vector<std::shared_ptr<Shard>>& left_over, std::function<bool()> can_record,
      const std::function<void(const std::string&)>& report);
  ~LimitCounter() override;
  LimitCounter(const LimitCounter&) = delete;

  bool take(LinkId link, std::uint64_t limit) override;
  bool used_up(LinkId link, std::uint64_t limit) const override;

  // The hit of this number, which took a click of `link`, has been passed in the journal. Of one
  // shard in order; a hit that is counted already is not counted again.
  void settle(const ShardId& shard, std::uint64_t n, LinkId link);
  // Raises the count of `link` to `clicks` if it is lower, durably.
  Result<void> count_at_least(LinkId link, std::uint64_t clicks);
  // Makes everything that was settled durable, if anything was since the last time.
  Result<void> save();

 private:
  struct Entry {
    explicit Entry(LinkId of) : link(of) {}
    const LinkId link;
    std::atomic<std::uint64_t> taken{0};
    std::uint64_t settled = 0;
    Entry* next = nullptr;
  };

  LimitCounter(Files& files, std::filesystem::path path, std::function<bool()> can_record);
  const Entry* find(LinkId link) const;
  Entry& find_or_add(LinkId link);
  Result<void> save_locked();
  std::string encode() const;
  Result<void> decode(std::string_view bytes);
  Result<void> replay(const std::shared_ptr<Shard>& shard);

  Files& files_;
  const std::filesystem::path path_;
  const std::function<bool()> can_record_;
  // Chains that only grow, at their front: a reader needs no lock.
  std::vector<std::atomic<Entry*>> chains_;
  std::mutex settling_;  // over what is settled: the two below, `settled` of all, the file
  std::map<ShardId, std::uint64_t> covered_;  // number after the last hit that is settled
  bool unsaved_ = false;
};

}  // namespace tally
