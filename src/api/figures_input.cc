// SPDX-License-Identifier: Apache-2.0
#include "api/figures_input.h"

#include <algorithm>
#include <array>
#include <optional>

#include "api/json.h"
#include "base/csv_reader.h"
#include "base/text.h"
#include "model/money.h"

namespace tally {
namespace {

constexpr std::uint64_t kMaxImpressions = 1'000'000'000'000;  // of one link on one day

// One entry as texts, however it came.
struct Entry {
  std::string link, day, value, currency;
};

// "lnk_7", "/summer/sale", "go.example/summer".
Result<std::variant<LinkId, NamedLink>> read_link(std::string_view text) {
  if (const auto id = LinkId::parse(text)) return *id;
  const auto slash = text.find('/');
  if (slash == std::string_view::npos)
    return fail_field("link", "bad_value", "must be a link's id, or its path, like /summer");
  NamedLink out;
  out.domain = lower(text.substr(0, slash));
  text.remove_prefix(slash + 1);
  const auto behind = std::min(text.find('/'), text.size());
  const auto token = percent_decode(text.substr(std::min(behind + 1, text.size())));
  out.prefix = text.substr(0, behind);
  if (!token) return fail_field("link", "bad_value", "has a broken percent-escape");
  out.token = *token;
  return out;
}

Result<std::int64_t> read_value(std::string_view text, FigureKind kind) {
  const std::string field(value_name(kind));
  if (kind == FigureKind::costs) {
    const auto micros = parse_amount(text);
    if (micros) return *micros;
    return fail_field(field, "bad_value",
                      "must be an amount like 12.50: not negative, at most six decimals");
  }
  const auto count = parse_number<std::uint64_t>(text);
  if (count && *count <= kMaxImpressions) return static_cast<std::int64_t>(*count);
  return fail_field(field, "bad_value", "must be a whole number, not negative");
}

Result<FigureInput> read_entry(const Entry& entry, FigureKind kind) {
  FigureInput out;
  TRY_ASSIGN(out.link, read_link(entry.link));
  const auto day = parse_day(entry.day);
  if (!day) return fail_field("day", "bad_value", "must be a day like 2026-03-01");
  out.day = *day;
  TRY_ASSIGN(out.value, read_value(entry.value, kind));
  out.currency = entry.currency;
  return out;
}

void add(FigureBatch& batch, std::size_t index, std::size_t line, Result<FigureInput> figure) {
  if (figure) {
    batch.figures.push_back(std::move(*figure));
    batch.lines.push_back(line);
  } else {
    batch.faults.push_back({index, std::move(figure).error()});
    batch.fault_lines.push_back(line);
  }
}

// Links are named by id here, so that a fault can say which field it is in.
Result<FigureInput> read_item(JsonFields& fields, FigureKind kind) {
  Entry entry;
  const std::string_view value = value_name(kind);
  for (const std::string_view name : {std::string_view("link_id"), std::string_view("day"), value})
    fields.require(name);
  fields.text("link_id", entry.link);
  fields.text("day", entry.day);
  if (kind == FigureKind::costs) {
    fields.decimal(value, entry.value);
    fields.text_or_null("currency", entry.currency);
  } else {
    std::uint64_t count = 0;
    fields.number(value, count);
    entry.value = std::to_string(count);
  }
  TRY(fields.finish());
  if (!LinkId::parse(entry.link)) return fail_field("link_id", "bad_value", "is not a link's id");
  return read_entry(entry, kind);
}

// Which column of a CSV file is what.
struct Columns {
  std::size_t link = 0, day = 0, value = 0;
  std::optional<std::size_t> currency;
  std::size_t count = 0;
};

std::unexpected<Error> bad_header(std::string message, std::string_view field) {
  return std::unexpected(Error{ErrorCode::malformed,
                               "line 1: " + std::move(message),
                               {},
                               std::string(cut_utf8(field, 100)),
                               "bad_header"});
}

Result<Columns> read_header(const std::vector<std::string>& cells, FigureKind kind) {
  Columns out;
  out.count = cells.size();
  std::array<std::optional<std::size_t>, 4> found;
  const std::array<std::string_view, 4> names = {"link", "day", value_name(kind), "currency"};
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const auto name = std::ranges::find(names, cells[i]);
    const bool known = name != names.end() && (*name != "currency" || kind == FigureKind::costs);
    if (!known) return bad_header("there is no column '" + cells[i] + "'", cells[i]);
    auto& place = found[static_cast<std::size_t>(name - names.begin())];
    if (place) return bad_header("the column '" + cells[i] + "' is there twice", cells[i]);
    place = i;
  }
  for (std::size_t i = 0; i < 3; ++i)
    if (!found[i])
      return bad_header("the column '" + std::string(names[i]) + "' is missing", names[i]);
  out.link = *found[0];
  out.day = *found[1];
  out.value = *found[2];
  out.currency = found[3];
  return out;
}

Result<FigureInput> read_record(const std::vector<std::string>& cells, const Columns& columns,
                                FigureKind kind) {
  if (cells.size() != columns.count)
    return fail_field("", "bad_record", "has another number of cells than the first line");
  return read_entry({cells[columns.link], cells[columns.day], cells[columns.value],
                     columns.currency ? cells[*columns.currency] : std::string()},
                    kind);
}

}  // namespace

std::string_view value_name(FigureKind kind) {
  return kind == FigureKind::impressions ? "impressions" : "amount";
}

Result<FigureBatch> read_figures_json(std::string_view body, FigureKind kind) {
  TRY_ASSIGN(const JsonDocument document, JsonDocument::parse(body));
  JsonFields fields(document);
  std::vector<JsonFields> items = fields.items("entries");
  TRY(fields.finish());
  FigureBatch out;
  for (std::size_t i = 0; i < items.size() && out.faults.size() < kMaxFigureFaults; ++i)
    add(out, i, 0, read_item(items[i], kind));
  if (items.empty()) return fail_field("entries", "required", "must be at least one entry");
  return out;
}

Result<FigureBatch> read_figures_csv(std::string_view body, FigureKind kind) {
  if (!is_utf8(body))
    return std::unexpected(
        Error{ErrorCode::malformed, "the body is not UTF-8", {}, {}, "not_utf8"});
  CsvReader reader(body);
  std::vector<std::string> cells;
  TRY_ASSIGN(bool more, reader.next(cells));
  TRY_ASSIGN(const Columns columns, read_header(cells, kind));
  FigureBatch out;
  for (std::size_t i = 0;; ++i) {
    TRY_ASSIGN(more, reader.next(cells));
    if (!more || out.faults.size() == kMaxFigureFaults) break;
    add(out, i, reader.line(), read_record(cells, columns, kind));
  }
  if (out.figures.empty() && out.faults.empty())
    return fail_field("", "required", "must be at least one line behind the first");
  return out;
}

}  // namespace tally
