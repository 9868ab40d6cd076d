// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "clicks/row_batch.h"
#include "model/landing_view.h"

namespace tally {

// Landing views on their way into the store. Their keys are those of the beacons.
class ViewBatch : public RowBatch {
 public:
  ViewBatch();
  explicit ViewBatch(std::span<const LandingView> views);

  // All views of a batch are of one partition.
  void add(const LandingView& view);
};

}  // namespace tally
