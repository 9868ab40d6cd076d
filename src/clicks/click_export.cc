// SPDX-License-Identifier: Apache-2.0
#include "clicks/click_export.h"

#include <algorithm>
#include <limits>

namespace tally {
namespace {

// Every question reads some thousand rows of each part beside those that it is about, so that small
// pages are dear; large ones take memory, about 400 bytes a row.
constexpr std::uint64_t kPageRows = 64 * 1024;

bool is_too_large(const ExportStretch& stretch) {
  return stretch.rows > 2 * kPageRows && stretch.times.to - stretch.times.from > 1;
}

}  // namespace

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

ClickExport::ClickExport(ClickStore& store, StatsQuery query)
    : store_(store), query_(std::move(query)), todo_(partitions(query_.range)) {
  page_ = std::async(std::launch::async, [this] { return fetch(); });
}

Result<std::optional<ClickRows>> ClickExport::next() {
  if (!page_.valid()) return std::nullopt;
  auto page = page_.get();
  if (page && *page) page_ = std::async(std::launch::async, [this] { return fetch(); });
  return page;
}

Result<std::optional<ClickRows>> ClickExport::fetch() {
  while (!todo_.empty()) {
    const ExportStretch stretch = todo_.front();
    todo_.pop_front();
    if (!is_too_large(stretch)) {
      TRY_ASSIGN(ClickRows rows, store_.rows_of(query_, stretch));
      return std::optional(std::move(rows));
    }
    TRY_ASSIGN(const auto parts, store_.stretches(query_, stretch, kPageRows));
    todo_.insert(todo_.begin(), parts.begin(), parts.end());
  }
  return std::nullopt;
}

}  // namespace tally
