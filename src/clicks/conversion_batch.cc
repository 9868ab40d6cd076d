// SPDX-License-Identifier: Apache-2.0
#include "clicks/conversion_batch.h"

namespace tally {

ConversionBatch::ConversionBatch() : RowBatch(StoreTable::conversions) {}

void ConversionBatch::add(const Conversion& conversion, const Click& click) {
  begin_row(click.workspace, click.time);
  if (!click.imported) note_hit(click.key);
  auto value = values().begin();
  for (const Column& column : click_columns()) column.put(click, *value++);
  for (const ConversionColumn& column : conversion_columns()) column.put(conversion, *value++);
}

}  // namespace tally
