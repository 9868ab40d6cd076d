// SPDX-License-Identifier: Apache-2.0
#include "api/export_table.h"

#include "api/csv_writer.h"
#include "base/json_writer.h"

namespace tally {
namespace {

constexpr std::string_view kText = "String", kCount = "UInt64", kMaybeCount = "Nullable(UInt64)";

void put_tsv(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\\':
        out += "\\\\";
        break;
      default:
        out.push_back(c);
    }
  }
}

}  // namespace

ExportTable ExportTable::of(const Breakdown& breakdown) {
  static constexpr Column kColumns[] = {
      {"value", kText}, {"kind", kText}, {"clicks", kCount}, {"unique_clicks", kMaybeCount}};
  ExportTable out;
  out.columns_ = kColumns;
  for (const BreakdownRow& row : breakdown.rows)
    out.rows_.push_back(
        {row.value, std::string(to_text(row.kind)), Number(row.clicks), row.unique_clicks});
  return out;
}

ExportTable ExportTable::of(std::span<const SeriesPoint> series, const TimeZone& zone) {
  static constexpr Column kColumns[] = {{"t", kText},
                                        {"local", kText},
                                        {"clicks", kCount},
                                        {"unique_clicks", kMaybeCount},
                                        {"bots", kCount}};
  ExportTable out;
  out.columns_ = kColumns;
  for (const SeriesPoint& point : series)
    out.rows_.push_back({format_utc(point.start), format_local(point.start, zone),
                         Number(point.clicks), point.unique_clicks, Number(point.bots)});
  return out;
}

std::string ExportTable::csv(bool guarded) const {
  std::string out;
  CsvWriter csv(out, guarded);
  for (const Column& column : columns_) csv.plain(column.name);
  csv.end_row();
  for (const auto& row : rows_) {
    for (const Cell& cell : row) {
      if (const auto* text = std::get_if<std::string>(&cell)) {
        csv.text(*text);
      } else {
        csv.number(std::get<Number>(cell));
      }
    }
    csv.end_row();
  }
  return out;
}

std::string ExportTable::ndjson() const {
  std::string out;
  for (const auto& row : rows_) {
    JsonWriter json;
    json.begin_object();
    for (std::size_t i = 0; i < row.size(); ++i)
      std::visit([&](const auto& cell) { json.field(columns_[i].name, cell); }, row[i]);
    out += json.end_object().take() + "\n";
  }
  return out;
}

std::string ExportTable::structure() const {
  std::string out;
  for (const Column& column : columns_)
    out.append(out.empty() ? "" : ", ").append(column.name).append(" ").append(column.type);
  return out;
}

std::string ExportTable::tsv() const {
  std::string out;
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) out.push_back('\t');
      if (const auto* text = std::get_if<std::string>(&row[i])) {
        put_tsv(out, *text);
      } else {
        const Number number = std::get<Number>(row[i]);
        out += number ? std::to_string(*number) : "\\N";
      }
    }
    out.push_back('\n');
  }
  return out;
}

}  // namespace tally
