// SPDX-License-Identifier: Apache-2.0
//
// Conversions as JSON: the same names in the API and in events.
#pragma once

#include <string>

#include "base/json_writer.h"
#include "links/conversion_store.h"
#include "model/click_id.h"

namespace tally {

// As fields of an object that is open.
void put_conversion_fields(JsonWriter& out, const Conversion& conversion,
                           const ClickIdCodec& click_ids);

// The `data` of an event: the conversion as it is joined, and what its click tells of it.
std::string conversion_event_data(const Conversion& conversion, const JoinedLink& joined,
                                  const ClickIdCodec& click_ids);

}  // namespace tally
