// SPDX-License-Identifier: Apache-2.0
#include "pipeline/settling.h"

namespace tally {
namespace {

constexpr std::chrono::milliseconds kRetryAfter{2000};

}  // namespace

std::unexpected<Error> stopped() { return fail(ErrorCode::unavailable, "the program is stopping"); }

Result<void> settle(ClickStore& store, Worker& worker) {
  for (;;) {
    auto going = store.rewriting();
    if (going && !*going) return {};
    if (!going && going.error().code != ErrorCode::unavailable)
      return std::unexpected(std::move(going).error());
    if (!worker.pause(going ? kSettlingPoll : kRetryAfter)) return stopped();
  }
}

Result<void> put_first_clicks_right(ClickStore& store, Worker& worker, WorkspaceId workspace,
                                    std::span<const std::int64_t> days) {
  for (const std::int64_t day : days) {
    TRY_ASSIGN(const bool ordered, store.order_first_clicks(workspace, day));
    if (ordered) TRY(settle(store, worker));
  }
  return {};
}

}  // namespace tally
