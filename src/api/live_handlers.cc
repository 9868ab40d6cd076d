// SPDX-License-Identifier: Apache-2.0
//
// Clicks as they come, as Server-Sent Events (https://html.spec.whatwg.org/multipage/
// server-sent-events.html): `click` for each row, `second` for the counts of each second that is
// over, `gap` when somebody comes back too late for all that was missed, and a comment when there
// is nothing else for a while.
#include <algorithm>

#include "api/asked.h"
#include "api/handlers.h"
#include "api/parameter.h"
#include "live/live_hub.h"

namespace tally {
namespace {

// A stream ends now and then, so that a key that was taken back does not read on for ever. Browsers
// come back by themselves, and miss nothing.
constexpr UnixMillis kLongest = 15 * kMillisPerMinute;
constexpr std::size_t kMostPieces = 8'192;
constexpr std::size_t kMostBytes = 8 * 1024 * 1024;
constexpr StatsAccepts kLive{};

Result<LiveQuestion> read_question(Api& api, const Call& call) {
  TRY_ASSIGN(const auto parameters, parse_query_string(call.request.query));
  for (const auto& [name, value] : parameters)
    for (const std::string_view of_time : {"from", "to", "range", "tz"})
      if (name == of_time) return unknown_parameter(name);
  TRY_ASSIGN(const StatsQuestion question, read_stats_question(parameters, kLive));
  std::vector<Filter> filters;
  for (const Filter& filter : question.filters) {
    TRY_ASSIGN(Filter stored, stored_filter(api, call.workspace(), filter));
    filters.push_back(std::move(stored));
  }
  TRY_ASSIGN(ClickFilter filter, as_parameter(ClickFilter::make(filters)));
  return LiveQuestion{call.workspace(), question.traffic, std::move(filter)};
}

Result<std::optional<LivePlace>> last_seen(const Request& request) {
  const std::string_view text = request.field("Last-Event-ID");
  if (text.empty()) return std::nullopt;
  const auto place = LivePlace::parse(text);
  if (!place)
    return std::unexpected(Error{ErrorCode::malformed,
                                 "Last-Event-ID is the id of an event of this stream",
                                 "leave it out to begin now", "Last-Event-ID", "bad_value"});
  return place;
}

}  // namespace

Result<Response> get_live(Api& api, const Call& call) {
  TRY_ASSIGN(LiveQuestion question, read_question(api, call));
  TRY_ASSIGN(const auto last, last_seen(call.request));
  const auto body = std::make_shared<PushedBody>(kMostPieces, kMostBytes);
  const Clock& clock = api.deps.clock;
  const UnixMillis until = clock.now_ms() + kLongest;
  TRY(api.deps.live.open(std::move(question), last, [body, &clock, until](LiveHub::Text text) {
    if (clock.now_ms() < until) return body->push(std::move(text));
    body->finish();
    return false;
  }));
  Response out;
  // Proxies such as nginx would keep events back until they have a buffer of them.
  out.fields = {{"Content-Type", "text/event-stream"}, {"X-Accel-Buffering", "no"}};
  out.body = "retry: 2000\n\n";
  out.pushed = body;
  return out;
}

}  // namespace tally
