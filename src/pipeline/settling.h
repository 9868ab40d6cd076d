// SPDX-License-Identifier: Apache-2.0
//
// How a thread that has told the click store to change rows waits until it has.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>

#include "base/result.h"
#include "base/worker.h"
#include "clicks/click_store.h"

namespace tally {

inline constexpr std::chrono::milliseconds kSettlingPoll{100};

// What work says that was told to end; `unavailable`, so that it is done again at the next start.
std::unexpected<Error> stopped();

// Waits until every order is carried out, through troubles that pass: what is ordered stays so, and
// to order it again would only make more of the same work.
Result<void> settle(ClickStore& store, Worker& worker);

// Has the first clicks of these UTC days worked out from the stored clicks.
Result<void> put_first_clicks_right(ClickStore& store, Worker& worker, WorkspaceId workspace,
                                    std::span<const std::int64_t> days);

}  // namespace tally
