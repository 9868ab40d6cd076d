// SPDX-License-Identifier: Apache-2.0
//
// A click as JSON: lists of clicks, exports, live rows and records for other systems have these
// fields (docs/reference/api.md). The number of a visitor is in none of them.
#pragma once

#include <string>

#include "base/json_writer.h"
#include "model/click.h"
#include "model/click_id.h"

namespace tally {

// An object of a click whose address is told as `ip`, which may be less than is stored.
void put_click(JsonWriter& out, const Click& click, const ClickIdCodec& ids, const Address& ip);

std::string click_json(const Click& click, const ClickIdCodec& ids);

// "node-epoch-shard-n": where a click was written first, and no other one.
std::string sequence_of(const ClickKey& key);

}  // namespace tally
