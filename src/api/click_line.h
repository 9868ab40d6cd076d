// SPDX-License-Identifier: Apache-2.0
//
// One line of NDJSON as a click, in one pass over its text. Pure.
#pragma once

#include <memory>
#include <string_view>

#include "api/click_fields.h"
#include "base/result.h"

namespace tally {

class ClickLineReader {
 public:
  ClickLineReader();
  ~ClickLineReader();

  // A flat object of fields, each there once. malformed/"bad_json", "duplicate_key", "too_deep";
  // invalid/"bad_record" when it is no object, "unknown_field", "wrong_type", and what a field says
  // of its value.
  Result<ClickReading> read(std::string_view line);

 private:
  struct Handler;
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace tally
