// SPDX-License-Identifier: Apache-2.0
#include "api/common_input.h"

#include <algorithm>

#include "api/stats_query.h"
#include "base/text.h"

namespace tally {
namespace {

void read_filter_field(JsonFields& fields, Dimension by, std::vector<Filter>& out) {
  const std::string name(to_text(by));
  if (!fields.has(name)) return;
  std::optional<std::string> text;
  fields.text_or_null(name, text);
  std::erase_if(out, [&](const Filter& filter) { return filter.by == by; });
  if (!text) return;
  auto filter = read_filter(by, *text);
  if (filter)
    out.push_back(std::move(*filter));
  else
    fields.refuse(name, "bad_value", filter.error().message);
}

}  // namespace

std::string one_of(std::span<const std::string_view> names) {
  std::string out = "must be one of ";
  for (std::size_t i = 0; i < names.size(); ++i) out.append(i == 0 ? "" : ", ").append(names[i]);
  return out;
}

void read_filters(JsonFields& fields, std::vector<Filter>& out) {
  fields.object_or_null(
      "filters",
      [&](JsonFields& inner) {
        for (std::size_t i = 0; i < kDimensionNames.size(); ++i)
          if (const auto by = static_cast<Dimension>(i); by != Dimension::traffic)
            read_filter_field(inner, by, out);
      },
      [&] { out.clear(); });
}

Result<void> check_name(std::string_view name, std::size_t most) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  if (trim(name).empty() || name.size() > most || std::ranges::any_of(name, is_control))
    return fail_field("name", "bad_value",
                      "must be 1 to " + std::to_string(most) + " bytes of text");
  return {};
}

}  // namespace tally
