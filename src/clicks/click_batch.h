// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "clicks/row_batch.h"
#include "model/click.h"

namespace tally {

// Clicks on their way into the store.
class ClickBatch : public RowBatch {
 public:
  ClickBatch();
  explicit ClickBatch(std::span<const Click> clicks);

  // All clicks of a batch are of one partition.
  void add(const Click& click);
};

}  // namespace tally
