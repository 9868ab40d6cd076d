// SPDX-License-Identifier: Apache-2.0
//
// For tests: clicks as the log holds them.
#pragma once

#include <span>
#include <string>

#include "clicklog/batch.h"

namespace tally {

inline std::string batch_of(std::span<const Click> clicks) {
  BatchHead head;
  head.clicks = clicks.size();
  std::string out;
  encode_batch_head(head, out);
  for (const Click& click : clicks) encode_click(click, out);
  return out;
}

}  // namespace tally
