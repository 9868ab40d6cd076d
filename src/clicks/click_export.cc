// SPDX-License-Identifier: Apache-2.0
#include "clicks/click_export.h"

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

Result<void> ClickExport::begin() {
  ExportStretch all;
  all.last = LinkId{std::numeric_limits<std::uint64_t>::max()};
  all.times = query_.range;
  TRY_ASSIGN(const auto stretches, store_.stretches(query_, all, kPageRows));
  todo_.assign(stretches.begin(), stretches.end());
  page_ = std::async(std::launch::async, [this] { return fetch(); });
  return {};
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
