// SPDX-License-Identifier: Apache-2.0
#include "clicks/click_export.h"

#include <algorithm>
#include <limits>

namespace tally {
namespace {

constexpr std::size_t kPagesAtOnce = 2;

// One for each partition that the range touches, of nobody knows how many rows.
std::deque<ExportStretch> partitions(const TimeRange& range) {
  std::deque<ExportStretch> out;
  for (UnixMillis from = range.from; from < range.to; from = out.back().times.to) {
    ExportStretch& one = out.emplace_back();
    one.last = LinkId{std::numeric_limits<std::uint64_t>::max()};
    one.times = {from, std::min(range.to, ClickStore::partition_end(from))};
    one.rows = std::numeric_limits<std::uint64_t>::max();
  }
  return out;
}

}  // namespace

ClickExport::ClickExport(ClickStore& store, StatsQuery query, std::uint64_t rows, Write write)
    : store_(store),
      query_(std::move(query)),
      rows_(rows),
      write_(std::move(write)),
      todo_(partitions(query_.range)) {}

Result<std::optional<ClickExport::Page>> ClickExport::next() {
  while (pages_.size() < kPagesAtOnce) {
    TRY_ASSIGN(const auto stretch, plan());
    if (!stretch) break;
    pages_.push_back(
        std::async(std::launch::async, [this, stretch = *stretch] { return make(stretch); }));
  }
  if (pages_.empty()) return std::nullopt;
  TRY_ASSIGN(Page page, pages_.front().get());
  pages_.pop_front();
  return page;
}

bool ClickExport::is_too_large(const ExportStretch& stretch) const {
  return stretch.rows > 2 * rows_ && stretch.times.to - stretch.times.from > 1;
}

// The next stretch that is small enough for a page.
Result<std::optional<ExportStretch>> ClickExport::plan() {
  while (!todo_.empty()) {
    const ExportStretch stretch = todo_.front();
    todo_.pop_front();
    if (!is_too_large(stretch)) return stretch;
    TRY_ASSIGN(const auto parts, store_.stretches(query_, stretch, rows_));
    todo_.insert(todo_.begin(), parts.begin(), parts.end());
  }
  return std::nullopt;
}

Result<ClickExport::Page> ClickExport::make(const ExportStretch& stretch) {
  TRY_ASSIGN(ClickRows rows, store_.rows_of(query_, stretch));
  return write_(rows);
}

}  // namespace tally
