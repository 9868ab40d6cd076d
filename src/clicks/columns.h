// SPDX-License-Identifier: Apache-2.0
//
// The columns of the store's tables: of each one list that the schema, the insert and the reading
// of raw clicks all walk, so that they cannot disagree on an order or a type.
//
// Names are those of the stored click in docs/reference/api.md. Kinds are stored by name and not by
// number (LowCardinality makes that as small), so that whoever looks at the table with other tools
// reads words. The codecs were chosen by measuring; docs/formats/store.md has the figures.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "clicks/click_store.h"
#include "model/click.h"
#include "model/conversion.h"
#include "model/landing_view.h"

namespace tally {

struct ColumnType {
  std::string_view name;
  std::string_view type;
  std::string_view codec;  // for the modern dialect; "" for the server's own choice
  std::size_t width;       // of a value in bytes; 0: text

  // The type that a value is sent as; the server makes dictionaries of texts itself.
  std::string_view wire_type() const {
    return type == "LowCardinality(String)" ? std::string_view("String") : type;
  }
};

// `put` appends the value as it goes over the wire: numbers little-endian, text with its length
// before. `take` reads that.
struct Column : ColumnType {
  std::function<void(const Click&, std::string&)> put;
  std::function<bool(std::string_view, Click&)> set;  // from unescaped text; false: broken
  std::function<bool(ByteReader&, Click&)> take;      // false: broken
};
struct ViewColumn : ColumnType {
  std::function<void(const LandingView&, std::string&)> put;
};
// Behind the columns of the click that it came of.
struct ConversionColumn : ColumnType {
  std::function<void(const Conversion&, std::string&)> put;
};

std::span<const Column> click_columns();
std::span<const ViewColumn> view_columns();
std::span<const ConversionColumn> conversion_columns();
std::span<const ColumnType> column_types(StoreTable table);

// "workspace_id,link_id,…" in the order of click_columns().
std::string column_names();

// The click in one TabSeparated row of all columns; `corrupt` when the row is not one.
Result<Click> read_row(std::span<const std::string_view> fields);

}  // namespace tally
