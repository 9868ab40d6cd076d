// SPDX-License-Identifier: Apache-2.0
//
// The fields of a click in a file, by name: those of an export, and `visitor`. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/click.h"

namespace tally {

// A click on its way out of a file, field by field. One without an outcome went through.
struct ClickReading {
  ClickReading() { click.outcome = Outcome::redirected; }

  Click click;
  std::string click_id;
  std::string person;  // what the file calls the visitor
  bool has_time = false;
};

struct ClickField {
  std::string_view name;
  std::size_t number = 0;  // below kClickFields
  const ClickText* text = nullptr;
  Result<void> (*take)(std::string_view name, std::string_view value, ClickReading& out) = nullptr;

  // An empty value was not known. invalid/"bad_value" on the field's name.
  Result<void> read(std::string_view value, ClickReading& out) const;
};

inline constexpr std::size_t kClickFields = 43;

// Null when there is no field of that name.
const ClickField* find_click_field(std::string_view name);

std::unexpected<Error> bad_value(std::string_view field, std::string message);

}  // namespace tally
