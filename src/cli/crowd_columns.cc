// SPDX-License-Identifier: Apache-2.0
#include "cli/crowd_columns.h"

#include <algorithm>

#include "base/bytes.h"

namespace tally {
namespace {

constexpr std::string_view kOfOrigin[] = {"outcome", "trigger", "referrer_host", "referrer_path",
                                          "channel", "source",  "medium",        "campaign",
                                          "content", "term",    "src",           "ad_click"};
constexpr std::string_view kOfAgent[] = {
    "traffic",    "reason",   "platform",        "device",    "screen_source",
    "in_app",     "screen_w", "screen_h",        "dpr",       "os",
    "os_version", "browser",  "browser_version", "user_agent"};
constexpr std::string_view kOfPlace[] = {"ip", "country", "region", "city", "language"};
constexpr std::string_view kOfRow[] = {"time", "n", "first", "first_ws", "visitor"};

bool is_in(std::span<const std::string_view> names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

// Few enough to stay in the processor's cache while one column after the other is written.
constexpr std::size_t kAtOnce = 2'000;

std::uint32_t position(const CrowdClick& click, CrowdPart part) {
  switch (part) {
    case CrowdPart::link:
      return click.link;
    case CrowdPart::origin:
      return click.origin;
    case CrowdPart::agent:
      return click.agent;
    default:
      return click.place;
  }
}

// Appends `value(i)` for each of `count` rows, all of one width.
template <class Value>
void put_all(std::string& out, std::size_t count, Value value) {
  using T = decltype(value(std::size_t{}));
  const std::size_t before = out.size();
  out.resize(before + count * sizeof(T));
  char* to = out.data() + before;
  for (std::size_t i = 0; i < count; ++i, to += sizeof(T)) {
    const T one = value(i);
    std::memcpy(to, &one, sizeof one);
  }
}

// Appends each click's value of the column: room for all of them first, then copies.
void put_shared(std::string& out, std::span<const CrowdClick> clicks,
                const CrowdColumns::Values& column) {
  const std::size_t before = out.size();
  std::size_t size = before;
  for (const CrowdClick& click : clicks) size += column.of[position(click, column.part)].size();
  out.resize_and_overwrite(size, [&](char* bytes, std::size_t) {
    char* to = bytes + before;
    for (const CrowdClick& click : clicks)
      to = std::ranges::copy(column.of[position(click, column.part)], to).out;
    return size;
  });
}

}  // namespace

CrowdPart part_of(std::string_view column) {
  if (is_in(kOfOrigin, column)) return CrowdPart::origin;
  if (is_in(kOfAgent, column)) return CrowdPart::agent;
  if (is_in(kOfPlace, column)) return CrowdPart::place;
  return is_in(kOfRow, column) ? CrowdPart::row : CrowdPart::link;
}

CrowdColumns::CrowdColumns() {
  for (const Column& column : click_columns()) columns_.push_back({part_of(column.name), {}});
}

std::uint32_t CrowdColumns::add(CrowdPart part, const Click& click, bool once) {
  const auto all = click_columns();
  std::vector<std::string> values;
  std::string together;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (columns_[i].part != part) continue;
    all[i].put(click, values.emplace_back());
    together += values.back();
  }
  std::uint32_t& count = counts_[static_cast<std::size_t>(part)];
  if (once) {
    const auto [found, is_new] = known_.try_emplace(std::move(together), count);
    if (!is_new) return found->second;
  }
  auto value = values.begin();
  for (Values& column : columns_)
    if (column.part == part) column.of.push_back(std::move(*value++));
  return count++;
}

void CrowdBatch::add(std::span<const CrowdClick> clicks, const CrowdColumns& columns,
                     ClickKey first) {
  while (!clicks.empty()) {
    const auto some = clicks.first(std::min(clicks.size(), kAtOnce));
    add_some(some, columns, first);
    first.n += some.size();
    clicks = clicks.subspan(some.size());
  }
}

void CrowdBatch::add_some(std::span<const CrowdClick> clicks, const CrowdColumns& columns,
                          ClickKey first) {
  ClickKey key = first;
  for (const CrowdClick& click : clicks) {
    begin_row(workspace_, click.time);
    note_hit(key);
    ++key.n;
  }
  const auto all = click_columns();
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::string& out = values()[i];
    const CrowdColumns::Values& column = columns.columns()[i];
    const std::size_t count = clicks.size();
    if (column.part != CrowdPart::row) {
      put_shared(out, clicks, column);
    } else if (all[i].name == "time") {
      put_all(out, count, [&](std::size_t row) { return clicks[row].time; });
    } else if (all[i].name == "n") {
      put_all(out, count, [&](std::size_t row) { return first.n + row; });
    } else if (all[i].name == "visitor") {
      put_all(out, count, [&](std::size_t row) { return clicks[row].visitor; });
    } else {
      const auto flag = all[i].name == "first" ? &CrowdClick::first : &CrowdClick::first_ws;
      put_all(out, count, [&](std::size_t row) { return std::uint8_t{clicks[row].*flag}; });
    }
  }
}

}  // namespace tally
