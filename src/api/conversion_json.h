// SPDX-License-Identifier: Apache-2.0
//
// A conversion as its sender writes it and as it is shown. Pure.
#pragma once

#include <string>
#include <string_view>

#include "base/json_writer.h"
#include "base/result.h"
#include "links/conversion_store.h"
#include "model/click_id.h"

namespace tally {

// What a conversion is told against.
struct ConversionRules {
  const ClickIdCodec& click_ids;
  std::string currency;  // of the workspace; "" when it has none
  UnixMillis now = 0;
  std::string header_key;  // Idempotency-Key; "" without
};

struct ConversionInput {
  Conversion conversion;
  ConversionRequest request;
};

// Reads a body. Faults name their field: click_id ("bad_click_id"), event ("bad_event"), value,
// currency ("no_currency", "other_currency"), time ("bad_time"), id ("bad_id", "other_key").
Result<ConversionInput> read_conversion_json(WorkspaceId workspace, std::string_view body,
                                             const ConversionRules& rules);

void put_conversion(JsonWriter& out, const Conversion& conversion, const ClickIdCodec& click_ids);

}  // namespace tally
