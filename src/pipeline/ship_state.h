// SPDX-License-Identifier: Apache-2.0
//
// What the shipper must remember to store each click exactly once: how far it has come, and the
// manifest of the inserts whose outcome it may not know. Kept in one small file, replaced durably.
// Layout in docs/formats/ship_state.md.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "base/result.h"
#include "clicklog/enriched_log.h"
#include "clicks/planned_insert.h"

namespace tally {

struct ShipState {
  EnrichedCursor cursor;  // everything before it is stored
  // The batches from `cursor` to `until` are being stored by these inserts.
  std::optional<EnrichedCursor> until;
  std::vector<PlannedInsert> inserts;
};

std::string encode_ship_state(const ShipState& state);
Result<ShipState> decode_ship_state(std::string_view bytes);

// The state in `path`; a fresh one when there is no such file.
Result<ShipState> load_ship_state(Files& files, const std::filesystem::path& path);

}  // namespace tally
