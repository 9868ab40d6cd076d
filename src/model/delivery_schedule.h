// SPDX-License-Identifier: Apache-2.0
//
// When what a receiver did not take is tried again: an event for a webhook, a file for a bucket.
// After 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h, as docs/reference/semantics.md has it under
// "Webhook". Each is longer or shorter by up to a fifth, so that what failed together does not come
// back together. Pure but for the dice.
#pragma once

#include <cstdint>
#include <optional>

#include "base/clock.h"
#include "base/random.h"

namespace tally {

// A first try, and one after each of nine waits.
inline constexpr std::uint32_t kDeliveryAttempts = 10;

// How long to wait after so many attempts, from 1 on; nothing when that was the last.
std::optional<UnixMillis> retry_delay(std::uint32_t attempts, Random& random);

// The same where the receiver said how long (Retry-After, in seconds or as a date): as long, but
// within the schedule's own wait and twice of it.
std::optional<UnixMillis> retry_delay(std::uint32_t attempts, Random& random,
                                      std::optional<UnixMillis> asked);

// The longest that either gives. Who waits for more than that has seen the clock set back.
UnixMillis longest_delay(std::uint32_t attempts);

// What a Retry-After header asks for, from `now` on. Nothing when it does not say.
std::optional<UnixMillis> read_retry_after(std::string_view header, UnixMillis now);

}  // namespace tally
