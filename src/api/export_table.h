// SPDX-License-Identifier: Apache-2.0
//
// Counted rows for an export: a breakdown or a series, written as CSV, as JSON lines, or handed to
// the click store, which writes them as Parquet.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "clicks/click_store.h"
#include "model/calendar.h"

namespace tally {

class ExportTable {
 public:
  static ExportTable of(const Breakdown& breakdown);
  static ExportTable of(std::span<const SeriesPoint> series, const TimeZone& zone);

  std::size_t size() const { return rows_.size(); }
  std::string csv(bool guarded) const;
  std::string ndjson() const;
  // For ClickStore::parquet_of().
  std::string structure() const;
  std::string tsv() const;

 private:
  using Number = std::optional<std::uint64_t>;
  using Cell = std::variant<std::string, Number>;
  struct Column {
    std::string_view name, type;
  };

  std::span<const Column> columns_;
  std::vector<std::vector<Cell>> rows_;
};

}  // namespace tally
