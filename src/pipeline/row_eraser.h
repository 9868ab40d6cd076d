// SPDX-License-Identifier: Apache-2.0
//
// Erases rows: of the click store, of everything there that copies or counts them, and of the list
// of conversions.
//
// What it is told to erase must be stored to the end (log_eraser.h). Everything may be done again;
// it is done when the store says that nothing is left.
#pragma once

#include <span>

#include "base/result.h"
#include "base/worker.h"
#include "clicks/click_store.h"
#include "links/conversion_store.h"
#include "model/erasure.h"

namespace tally {

class RowEraser {
 public:
  RowEraser(ClickStore& clicks, ConversionStore& conversions)
      : clicks_(clicks), conversions_(conversions) {}

  // Erases clicks with their views and conversions, on the worker's thread; how much that was.
  Result<Erasable> erase(const Erasure& what, Worker& worker) const;
  // Drops whole partitions that end at or before `before`, in which nothing is kept for any of
  // `workspaces`, who are all there are; how many.
  Result<std::size_t> drop(std::span<const WorkspaceId> workspaces, UnixMillis before,
                           Worker& worker) const;
  // Deletes counts that were made when the rows were there, once nobody reads them any more.
  Result<void> forget_counts(Worker& worker) const;

 private:
  Result<void> await_no_batch(Worker& worker) const;
  Result<void> forget_conversions(const Erasure& what) const;

  ClickStore& clicks_;
  ConversionStore& conversions_;
};

}  // namespace tally
