// SPDX-License-Identifier: Apache-2.0
#include "enrich/day_set.h"

#include <algorithm>

namespace tally {
namespace {

// Half a megabyte: not worth giving back.
constexpr std::size_t kSmallTable = 1 << 16;
constexpr std::size_t kFilterBytesPerSlot = 16;
// 256 MiB of a day's 200 million fingerprints; with more, runs are asked more and more often.
constexpr std::size_t kMostFilters = 4;

}  // namespace

bool DaySet::insert(std::uint64_t fingerprint, std::optional<Error>& trouble) {
  asked_ = true;
  if (table_.full()) {
    outgrow_table();
    shrink_table();
  }
  if (!table_.insert(fingerprint)) return false;
  if (may_be_in_runs(fingerprint)) {
    for (const FingerprintRun& run : runs_) {
      const auto known = run.contains(fingerprint);
      if (known && *known) return false;
      if (!known) trouble = known.error();
    }
  }
  remember(fingerprint);
  unsaved_.push_back(fingerprint);
  return true;
}

bool DaySet::may_be_in_runs(std::uint64_t fingerprint) const {
  const auto may_hold = [&](const SeenFilter& filter) { return filter.may_hold(fingerprint); };
  return !table_has_all_ && (filters_.empty() || std::ranges::any_of(filters_, may_hold));
}

void DaySet::remember(std::uint64_t fingerprint) {
  if (filters_.empty()) return;
  if (filters_.back().full() && filters_.size() < kMostFilters)
    filters_.emplace_back(table_slots_ * kFilterBytesPerSlot);
  filters_.back().add(fingerprint);
}

void DaySet::outgrow_table() {
  if (!table_has_all_) return;
  filters_.clear();
  filters_.emplace_back(table_slots_ * kFilterBytesPerSlot);
  for (const std::uint64_t fingerprint : table_.values())
    if (fingerprint != 0) remember(fingerprint);
}

void DaySet::shrink_table() {
  table_.clear();
  table_has_all_ = runs_.empty();
  for (const std::uint64_t fingerprint : unsaved_) table_.insert(fingerprint);
}

void DaySet::rest() {
  if (!asked_ && table_.slots() > kSmallTable) {
    shrink_table();
    filters_.clear();
  }
  asked_ = false;
}

Result<std::optional<DaySet::Change>> DaySet::write(Files& files,
                                                    const std::filesystem::path& directory,
                                                    std::uint64_t number, std::uint64_t largest_run,
                                                    std::optional<Error>& trouble) {
  if (committed_ == 0) return std::nullopt;
  std::vector<std::uint64_t> fresh(unsaved_.begin(),
                                   unsaved_.begin() + static_cast<std::ptrdiff_t>(committed_));
  std::ranges::sort(fresh);
  std::size_t kept = runs_.size();
  std::uint64_t size = fresh.size();
  for (; kept > left_alone_; --kept) {
    const std::uint64_t next = runs_[kept - 1].info().entries;
    if (size * 2 < next || size + next > largest_run) break;
    size += next;
  }
  std::optional<Error> unreadable;
  const auto write_with = [&](std::span<const FingerprintRun> older) {
    return FingerprintRun::write(files, directory, {day_, number, 0}, fresh, older, unreadable);
  };
  auto run = write_with(std::span(runs_).subspan(kept));
  if (unreadable) {
    trouble = std::move(unreadable);
    kept = left_alone_ = runs_.size();
    run = write_with({});
  }
  if (!run) return std::unexpected(std::move(run).error());
  return Change{std::move(*run), runs_.size() - kept};
}

void DaySet::adopt(Change change) {
  runs_.erase(runs_.end() - static_cast<std::ptrdiff_t>(change.replaced), runs_.end());
  runs_.push_back(std::move(change.run));
  unsaved_.erase(unsaved_.begin(), unsaved_.begin() + static_cast<std::ptrdiff_t>(committed_));
  committed_ = 0;
}

Result<void> DaySet::load(Files& files, const std::filesystem::path& directory,
                          const RunInfo& info) {
  auto run = FingerprintRun::open(files, directory, info, [&](std::uint64_t fingerprint) {
    if (table_has_all_ && table_.full()) {
      outgrow_table();
      table_.clear();
      table_has_all_ = false;
    }
    if (table_has_all_) table_.insert(fingerprint);
    remember(fingerprint);
  });
  if (!run) {
    shrink_table();  // what the table has must be in a run that stays, or be saved
    return std::unexpected(std::move(run).error());
  }
  take_up(std::move(*run));
  return {};
}

void DaySet::take_up(FingerprintRun run) {
  const auto at = std::ranges::upper_bound(
      runs_, run.info().number, {}, [](const FingerprintRun& one) { return one.info().number; });
  if (static_cast<std::size_t>(at - runs_.begin()) < left_alone_) ++left_alone_;
  runs_.insert(at, std::move(run));
}

void DaySet::read_again(Files& files, const std::filesystem::path& directory,
                        std::optional<Error>& trouble) {
  std::erase_if(unread_, [&](Unread& one) {
    auto run = FingerprintRun::open(files, directory, one.info,
                                    [&](std::uint64_t fingerprint) { remember(fingerprint); });
    if (run) {
      take_up(std::move(*run));
      table_has_all_ = false;
      return true;
    }
    one.error = run.error();
    if (!FingerprintRun::is_lost(one.error)) return false;
    trouble = one.error;
    return true;
  });
}

}  // namespace tally
