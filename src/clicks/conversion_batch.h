// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "clicks/row_batch.h"
#include "model/click.h"
#include "model/conversion.h"

namespace tally {

// Conversions on their way into the store, each with the click that it came of.
class ConversionBatch : public RowBatch {
 public:
  ConversionBatch();

  // All clicks of a batch are of one partition.
  void add(const Conversion& conversion, const Click& click);
};

}  // namespace tally
