// SPDX-License-Identifier: Apache-2.0
//
// All hits that a query means, page by page, in the order of link and time, in constant memory:
// two pages at most, one that is read and one that the store is asked for meanwhile.
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
  ClickExport(ClickStore& store, StatsQuery query) : store_(store), query_(std::move(query)) {}
  ClickExport(const ClickExport&) = delete;
  ClickExport& operator=(const ClickExport&) = delete;
  // Waits for the question that is under way.
  ~ClickExport() = default;

  // Looks up what there is; to be called once, before anything else.
  Result<void> begin();
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
