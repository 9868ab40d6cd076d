// SPDX-License-Identifier: Apache-2.0
//
// Clicks as rows of CSV, in the columns of docs/reference/api.md, "The stored click". `visitor` is
// not among them.
#pragma once

#include "api/csv_writer.h"
#include "model/click.h"
#include "model/click_id.h"

namespace tally {

// click_names(), and the cells below them.
void put_csv_names(CsvWriter& csv);
void put_csv_click(CsvWriter& csv, const Click& click, const ClickIdCodec& ids);

}  // namespace tally
