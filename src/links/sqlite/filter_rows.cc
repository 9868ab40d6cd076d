// SPDX-License-Identifier: Apache-2.0
#include "links/sqlite/filter_rows.h"

#include <string>

#include "model/filter_text.h"
#include "model/kinds.h"

namespace tally {

Result<std::vector<Filter>> read_filters(Database& db, FilterTable table, std::uint64_t owner) {
  TRY_ASSIGN(Statement row,
             db.query("SELECT dimension, filter FROM " + std::string(table.name) + " WHERE " +
                          std::string(table.owner) + " = ? ORDER BY place",
                      owner));
  std::vector<Filter> out;
  for (;;) {
    TRY_ASSIGN(const bool found, row.step());
    if (!found) return out;
    const auto by = parse_kind<Dimension>(kDimensionNames, row.view(0));
    auto filter = by ? parse_filter(*by, row.view(1)) : std::nullopt;
    if (!filter)
      return fail(ErrorCode::corrupt,
                  "link database: " + std::string(table.name) + " holds what is no filter");
    out.push_back(std::move(*filter));
  }
}

Result<void> write_filters(Database& db, FilterTable table, std::uint64_t owner,
                           const std::vector<Filter>& filters) {
  const std::string name(table.name), column(table.owner);
  TRY(db.run("DELETE FROM " + name + " WHERE " + column + " = ?", owner));
  for (std::size_t i = 0; i < filters.size(); ++i)
    TRY(db.run(
        "INSERT INTO " + name + " (" + column + ", place, dimension, filter) VALUES (?, ?, ?, ?)",
        owner, static_cast<std::int64_t>(i), to_text(filters[i].by), filter_text(filters[i])));
  return {};
}

}  // namespace tally
