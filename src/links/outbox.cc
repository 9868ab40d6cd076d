// SPDX-License-Identifier: Apache-2.0
#include "links/outbox.h"

#include <fmt/format.h>

#include "model/calendar.h"

namespace tally {

// Nothing here needs an escape, and `data` is JSON already.
std::string event_body(const OutboxEvent& event) {
  return fmt::format(R"({{"id":"{}","event":"{}","timestamp":"{}","data":{}}})", event.id.text(),
                     event.event, format_utc(event.time), event.data);
}

}  // namespace tally
