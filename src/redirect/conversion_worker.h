// SPDX-License-Identifier: Apache-2.0
//
// Conversions that pages tell of, away from the edge loops: they are safe in a database before
// their sender is answered, and a database may take its time.
//
// Who takes them, and what a body means, is somebody else's: here it is bytes in, an answer out.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "redirect/side_worker.h"

namespace tally {

// What the sender is told: 204, or a status of refusal and one line of plain text.
struct ConversionReply {
  int status = 204;
  std::string text;
};

// Called by one thread at a time. What it takes is durable when it returns.
using ConversionTaker = std::function<ConversionReply(std::string_view body)>;

using ConversionWorker = SideWorker<std::string, ConversionReply>;
using ReplyBox = ConversionWorker::Box;

inline constexpr std::size_t kMaxWaitingConversions = 256;

}  // namespace tally
