// SPDX-License-Identifier: Apache-2.0
//
// Clicks to whoever watches, as they come.
//
// One thread follows the enriched log and offers each click to each stream whose question it meets;
// the text of a click is made once, however many see it. A stream's sink takes texts without
// waiting, or is gone: nobody's slowness reaches another.
//
// A row's id is its place in the log, so a reader who was cut off goes on where it was, as long as
// the log keeps that part and it is not too much: then it is told that there is a gap. Whoever
// comes new begins at the end of the log. Rows are for eyes, so no more than kMostASecond are shown
// of a second; the counts of each second are whole.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "clicklog/enriched_log.h"
#include "live/seconds.h"
#include "model/click_filter.h"

namespace tally {

// A click's place in the log: "3-1287-4" is the fifth click of batch 1287 of the third start.
struct LivePlace {
  EnrichedCursor batch;
  std::uint32_t index = 0;

  std::string text() const;
  static std::optional<LivePlace> parse(std::string_view text);
  friend auto operator<=>(const LivePlace&, const LivePlace&) = default;
};

struct LiveQuestion {
  WorkspaceId workspace;
  TrafficFilter traffic = TrafficFilter::human;  // all: every hit, as in a list of clicks
  ClickFilter filter;
};

class LiveHub {
 public:
  static constexpr std::size_t kMostStreams = 1'024;
  static constexpr std::size_t kMostASecond = 2'000;  // rows of a stream
  static constexpr std::size_t kMostMissed = 5'000;   // rows given to one who comes back

  using Text = std::shared_ptr<const std::string>;
  struct Deps {
    const EnrichedLog& log;
    const Clock& clock;
    // A click as an event's data: one line.
    std::function<std::string(const Click&)> to_line;
  };
  // Takes an event; false when nobody reads any more.
  using Sink = std::function<bool(Text)>;

  explicit LiveHub(Deps deps) : deps_(std::move(deps)) {}
  ~LiveHub() { stop(); }
  LiveHub(const LiveHub&) = delete;
  LiveHub& operator=(const LiveHub&) = delete;

  void start();
  void stop();

  // Opens a stream: events go to `sink` from now on, or from behind `last` on, from this thread and
  // the hub's. unavailable when there are as many as can be.
  Result<void> open(LiveQuestion question, std::optional<LivePlace> last, Sink sink);
  std::size_t streams() const;
  std::uint64_t ended() const { return ended_; }  // that left, or did not read fast enough

 private:
  struct Stream;
  void run();
  EnrichedCursor place() const;
  void read_on();
  void offer(const LivePlace& place, const Click& click);
  void tell_seconds(UnixMillis through);
  void beat();
  Result<void> catch_up(Stream& stream, const LivePlace& last, const EnrichedCursor& until);
  Text row_of(const LivePlace& place, const Click& click) const;

  Deps deps_;
  std::atomic<bool> stopping_ = false;
  std::atomic<std::uint64_t> ended_ = 0;
  mutable std::mutex mutex_;
  std::vector<std::shared_ptr<Stream>> streams_;
  EnrichedCursor at_;  // before it every click was offered
  std::optional<EnrichedReader> reader_;
  std::thread thread_;
};

}  // namespace tally
