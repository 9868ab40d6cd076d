// SPDX-License-Identifier: Apache-2.0
//
// The columns of the click table: one list that the schema, the insert and the reading of raw
// clicks all walk, so that they cannot disagree on an order or a type.
//
// Names are those of the stored click in docs/reference/api.md. Kinds are stored by name and not by
// number (LowCardinality makes that as small), so that whoever looks at the table with other tools
// reads words. The codecs were chosen by measuring; docs/formats/store.md has the figures.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/click.h"

namespace tally {

struct Column {
  std::string_view name;
  std::string_view type;
  std::string_view codec;  // for the modern dialect; "" for the server's own choice
  std::function<void(const Click&, std::string&)> put;  // appends its RowBinary form
  std::function<bool(std::string_view, Click&)> set;    // from unescaped text; false: broken
};

std::span<const Column> click_columns();

// "workspace_id,link_id,…" in the order of click_columns().
std::string column_names();

// One click in RowBinary.
void put_row(const Click& click, std::string& out);

// The click in one TabSeparated row of all columns; `corrupt` when the row is not one.
Result<Click> read_row(std::span<const std::string_view> fields);

}  // namespace tally
