// SPDX-License-Identifier: Apache-2.0
#include "clicks/click_batch.h"

namespace tally {

ClickBatch::ClickBatch() : RowBatch(StoreTable::clicks) {}

ClickBatch::ClickBatch(std::span<const Click> clicks) : ClickBatch() {
  for (const Click& click : clicks) add(click);
}

void ClickBatch::add(const Click& click) {
  begin_row(click.workspace, click.time);
  if (!click.imported) note_hit(click.key);
  const auto columns = click_columns();
  for (std::size_t i = 0; i < columns.size(); ++i) columns[i].put(click, values()[i]);
}

}  // namespace tally
