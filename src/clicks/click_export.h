// SPDX-License-Identifier: Apache-2.0
//
// All hits that a query means, page by page, in constant memory: two pages at most, one that is
// read and one that the store is asked for meanwhile. In the order of partition (of 30 days), link
// and time, because a question then reads the parts of one partition only.
#pragma once

#include <deque>
#include <future>
#include <optional>

#include "base/result.h"
#include "clicks/click_rows.h"
#include "clicks/click_store.h"

namespace tally {

class ClickExport {
 public:
  ClickExport(ClickStore& store, StatsQuery query);
  ClickExport(const ClickExport&) = delete;
  ClickExport& operator=(const ClickExport&) = delete;
  // Waits for the question that is under way.
  ~ClickExport() = default;

  // The next page, of at least one row as a rule; nothing at the end.
  Result<std::optional<ClickRows>> next();

 private:
  Result<std::optional<ClickRows>> fetch();

  ClickStore& store_;
  const StatsQuery query_;
  std::deque<ExportStretch> todo_;  // `page_` has it while it runs
  std::future<Result<std::optional<ClickRows>>> page_;
};

}  // namespace tally
