// SPDX-License-Identifier: Apache-2.0
//
// All hits that a query means, written page by page, in constant memory: of three pages at most,
// one that is taken away and two that are read and written meanwhile, on cores of their own. In the
// order of partition (of 30 days), link and time, because a question then reads the parts of one
// partition only.
#pragma once

#include <deque>
#include <functional>
#include <future>
#include <optional>
#include <string>

#include "base/result.h"
#include "clicks/click_rows.h"
#include "clicks/click_store.h"

namespace tally {

class ClickExport {
 public:
  using Page = std::deque<std::string>;  // its text in pieces, none of them empty
  // Writes the rows of a page; called from several threads.
  using Write = std::function<Result<Page>(ClickRows&)>;

  // Pages have about `rows`. Every question reads some thousand rows of each part beside those that
  // it is about, so that small pages are dear; large ones take memory.
  ClickExport(ClickStore& store, StatsQuery query, std::uint64_t rows, Write write);
  ClickExport(const ClickExport&) = delete;
  ClickExport& operator=(const ClickExport&) = delete;
  // Waits for the questions that are under way.
  ~ClickExport() = default;

  // The next page; nothing at the end.
  Result<std::optional<Page>> next();

 private:
  bool is_too_large(const ExportStretch& stretch) const;
  Result<std::optional<ExportStretch>> plan();
  Result<Page> make(const ExportStretch& stretch);

  ClickStore& store_;
  const StatsQuery query_;
  const std::uint64_t rows_;
  const Write write_;
  std::deque<ExportStretch> todo_;
  std::deque<std::future<Result<Page>>> pages_;  // under way, in order
};

}  // namespace tally
