// SPDX-License-Identifier: Apache-2.0
#include "clicks/view_batch.h"

namespace tally {

ViewBatch::ViewBatch() : RowBatch(StoreTable::landing_views) {}

ViewBatch::ViewBatch(std::span<const LandingView> views) : ViewBatch() {
  for (const LandingView& view : views) add(view);
}

void ViewBatch::add(const LandingView& view) {
  begin_row(view.workspace, view.time);
  note_hit(view.key);
  const auto columns = view_columns();
  for (std::size_t i = 0; i < columns.size(); ++i) columns[i].put(view, values()[i]);
}

}  // namespace tally
