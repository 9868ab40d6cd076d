// SPDX-License-Identifier: Apache-2.0
#include "clicks/columns.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <concepts>
#include <vector>

#include "base/bytes.h"
#include "base/text.h"
#include "clicks/sql_text.h"

namespace tally {
namespace {

// What most questions filter and group by is read far more often than written: codecs that decode
// fast, for a tenth more bytes. All else is packed as the server packs.
constexpr std::string_view kScanned = "LZ4";
constexpr std::string_view kScannedNumber = "T64";
constexpr std::string_view kScannedId = "Delta(8), LZ4";

template <class T>
bool read_number(std::string_view text, T& out) {
  const auto value = parse_number<T>(text);
  if (value) out = *value;
  return value.has_value();
}

template <class T>
Column number(std::string_view name, std::string_view type, std::string_view codec,
              T Click::* member) {
  return {
      {name, type, codec, sizeof(T)},
      [member](const Click& click, std::string& out) { put_fixed(out, click.*member); },
      [member](std::string_view text, Click& click) { return read_number(text, click.*member); },
      [member](ByteReader& bytes, Click& click) {
        click.*member = bytes.fixed<T>();
        return true;
      }};
}

template <class T>
Column key_part(std::string_view name, std::string_view type, std::string_view codec,
                T ClickKey::* member) {
  return {{name, type, codec, sizeof(T)},
          [member](const Click& click, std::string& out) { put_fixed(out, click.key.*member); },
          [member](std::string_view text, Click& click) {
            return read_number(text, click.key.*member);
          },
          [member](ByteReader& bytes, Click& click) {
            click.key.*member = bytes.fixed<T>();
            return true;
          }};
}

template <class Tag>
Column id(std::string_view name, Id<Tag> Click::* member) {
  return {{name, "UInt64", kScannedId, sizeof(std::uint64_t)},
          [member](const Click& click, std::string& out) { put_fixed(out, (click.*member).value); },
          [member](std::string_view text, Click& click) {
            return read_number(text, (click.*member).value);
          },
          [member](ByteReader& bytes, Click& click) {
            (click.*member).value = bytes.fixed<std::uint64_t>();
            return true;
          }};
}

template <class Kind, std::size_t N>
bool read_kind(const std::array<std::string_view, N>& names, std::string_view text, Kind& out) {
  const auto value = parse_kind<Kind>(names, text);
  if (value) out = *value;
  return value.has_value();
}

template <class Kind, std::size_t N>
Column kind(std::string_view name, const std::array<std::string_view, N>& names,
            Kind Click::* member) {
  return {{name, "LowCardinality(String)", kScanned, 0},
          [member](const Click& click, std::string& out) { put_text(out, to_text(click.*member)); },
          [&names, member](std::string_view text, Click& click) {
            return read_kind(names, text, click.*member);
          },
          [&names, member](ByteReader& bytes, Click& click) {
            return read_kind(names, bytes.text(), click.*member);
          }};
}

Column flag(std::string_view name, bool Click::* member) {
  return {{name, "UInt8", kScannedNumber, 1},
          [member](const Click& click, std::string& out) {
            put_fixed(out, static_cast<std::uint8_t>(click.*member));
          },
          [member](std::string_view text, Click& click) {
            click.*member = text == "1";
            return text == "0" || text == "1";
          },
          [member](ByteReader& bytes, Click& click) {
            click.*member = bytes.fixed<std::uint8_t>() == 1;
            return true;
          }};
}

// What pages group and filter by. What else is known of places and programs is mostly read through
// the columns that carry it (derived.h).
constexpr std::array<std::string Click::*, 9> kScannedTexts = {
    &Click::country, &Click::language, &Click::os,     &Click::browser, &Click::referrer_host,
    &Click::channel, &Click::source,   &Click::medium, &Click::campaign};

// User agents are many, but few within one part: a dictionary of them takes 1 byte a click where
// the bare text takes 6.
Column text(const ClickText& field) {
  const auto member = field.member;
  const bool dictionary = field.few_values || member == &Click::user_agent;
  const bool scanned = std::ranges::find(kScannedTexts, member) != kScannedTexts.end();
  return {{field.name, dictionary ? "LowCardinality(String)" : "String",
           scanned ? kScanned : "Default", 0},
          [member](const Click& click, std::string& out) { put_text(out, click.*member); },
          [member](std::string_view value, Click& click) {
            click.*member = value;
            return true;
          },
          [member](ByteReader& bytes, Click& click) {
            click.*member = bytes.text();
            return true;
          }};
}

bool read_address(std::string_view text, Click& click) {
  click.ip = {};
  if (text.empty()) return true;
  const auto parsed = Address::parse(text);
  if (parsed) click.ip = *parsed;
  return parsed.has_value();
}

Column address() {
  return {{"ip", "String", "Default", 0},
          [](const Click& click, std::string& out) { put_text(out, click.ip.text()); },
          [](std::string_view value, Click& click) { return read_address(value, click); },
          [](ByteReader& bytes, Click& click) { return read_address(bytes.text(), click); }};
}

std::vector<Column> make_click_columns() {
  std::vector<Column> columns = {
      id("workspace_id", &Click::workspace),
      id("link_id", &Click::link),
      number("time", "Int64", kScannedNumber, &Click::time),
      key_part("node", "UInt16", "Default", &ClickKey::node),
      key_part("epoch", "UInt32", "Default", &ClickKey::epoch),
      key_part("shard", "UInt16", "Default", &ClickKey::shard),
      key_part("n", "UInt64", "Delta(8), Default", &ClickKey::n),
      kind("outcome", kOutcomeNames, &Click::outcome),
      kind("traffic", kTrafficNames, &Click::traffic),
      kind("trigger", kTriggerNames, &Click::trigger),
      kind("platform", kPlatformNames, &Click::platform),
      kind("device", kDeviceNames, &Click::device),
      kind("screen_source", kScreenSourceNames, &Click::screen_source),
      flag("first", &Click::first),
      flag("first_ws", &Click::first_ws),
      flag("in_app", &Click::in_app),
      flag("imported", &Click::imported),
      number("screen_w", "UInt16", "Default", &Click::screen_w),
      number("screen_h", "UInt16", "Default", &Click::screen_h),
      number("dpr", "Float32", "Default", &Click::dpr),
      number("visitor", "UInt64", "Default", &Click::visitor),
      address(),
  };
  for (const ClickText& field : click_texts()) columns.push_back(text(field));
  return columns;
}

// `get` gives the value of a view.
template <class Get>
ViewColumn of_view(std::string_view name, std::string_view type, std::string_view codec, Get get) {
  return {{name, type, codec, sizeof(get(LandingView{}))},
          [get](const LandingView& view, std::string& out) { put_fixed(out, get(view)); }};
}

std::vector<ViewColumn> make_view_columns() {
  using V = const LandingView&;
  constexpr std::string_view kRising = "Delta(8), Default";
  return {
      of_view("workspace_id", "UInt64", kRising, [](V v) { return v.workspace.value; }),
      of_view("link_id", "UInt64", kRising, [](V v) { return v.link.value; }),
      of_view("time", "Int64", kRising, [](V v) { return v.time; }),
      of_view("viewed", "Int64", kRising, [](V v) { return v.viewed; }),
      of_view("node", "UInt16", "Default", [](V v) { return v.key.node; }),
      of_view("epoch", "UInt32", "Default", [](V v) { return v.key.epoch; }),
      of_view("shard", "UInt16", "Default", [](V v) { return v.key.shard; }),
      of_view("n", "UInt64", kRising, [](V v) { return v.key.n; }),
      of_view("click_node", "UInt16", "Default", [](V v) { return v.click.node; }),
      of_view("click_epoch", "UInt32", "Default", [](V v) { return v.click.epoch; }),
      of_view("click_shard", "UInt16", "Default", [](V v) { return v.click.shard; }),
      of_view("click_n", "UInt64", kRising, [](V v) { return v.click.n; }),
      of_view("screen_w", "UInt16", "Default", [](V v) { return v.screen_w; }),
      of_view("screen_h", "UInt16", "Default", [](V v) { return v.screen_h; }),
      of_view("dpr", "Float32", "Default", [](V v) { return v.dpr; }),
  };
}

std::vector<ConversionColumn> make_conversion_columns() {
  using C = const Conversion&;
  using Out = std::string&;
  return {
      {{"conversion", "UInt64", "Default", 8}, [](C c, Out out) { put_fixed(out, c.id.value); }},
      {{"converted", "Int64", "Delta(8), Default", 8},
       [](C c, Out out) { put_fixed(out, c.time); }},
      {{"value_micros", "Int64", "Default", 8},
       [](C c, Out out) { put_fixed(out, c.value_micros.value_or(0)); }},
      {{"event", "LowCardinality(String)", "Default", 0},
       [](C c, Out out) { put_text(out, c.event); }},
  };
}

template <class Columns>
std::vector<ColumnType> types_of(const Columns& columns) {
  return {columns.begin(), columns.end()};
}

}  // namespace

std::span<const Column> click_columns() {
  static const std::vector<Column> columns = make_click_columns();
  return columns;
}

std::span<const ViewColumn> view_columns() {
  static const std::vector<ViewColumn> columns = make_view_columns();
  return columns;
}

std::span<const ConversionColumn> conversion_columns() {
  static const std::vector<ConversionColumn> columns = make_conversion_columns();
  return columns;
}

std::span<const ColumnType> column_types(StoreTable table) {
  static const std::vector<ColumnType> clicks = types_of(click_columns());
  static const std::vector<ColumnType> views = types_of(view_columns());
  static const std::vector<ColumnType> conversions = [] {
    auto out = types_of(click_columns());
    for (const ColumnType& column : conversion_columns()) out.push_back(column);
    return out;
  }();
  switch (table) {
    case StoreTable::clicks:
      return clicks;
    case StoreTable::landing_views:
      return views;
    case StoreTable::conversions:
      break;
  }
  return conversions;
}

std::string column_names() {
  std::string names;
  for (const Column& column : click_columns()) {
    if (!names.empty()) names.push_back(',');
    names += column.name;
  }
  return names;
}

Result<Click> read_row(std::span<const std::string_view> fields) {
  const auto columns = click_columns();
  if (fields.size() != columns.size())
    return fail(ErrorCode::corrupt, "a stored click has " + std::to_string(fields.size()) +
                                        " columns instead of " + std::to_string(columns.size()));
  Click click;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (!columns[i].set(tsv_unescape(fields[i]), click))
      return fail(ErrorCode::corrupt,
                  "a stored click has an unreadable " + std::string(columns[i].name));
  }
  return click;
}

}  // namespace tally
