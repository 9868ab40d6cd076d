// SPDX-License-Identifier: Apache-2.0
#include "live/live_hub.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <utility>

#include "base/log.h"
#include "base/text.h"
#include "base/threads.h"
#include "clicklog/batch.h"
#include "model/calendar.h"

namespace tally {
namespace {

constexpr std::chrono::milliseconds kWait{100};
constexpr std::chrono::seconds kBeatEvery{15};
// Reading what somebody missed ends at so many clicks, whether they are asked for or not.
constexpr std::size_t kMostRead = 200'000;

LiveHub::Text text_of(std::string text) {
  return std::make_shared<const std::string>(std::move(text));
}

LiveHub::Text second_text(UnixMillis second, const SecondCounts& counts) {
  return text_of(fmt::format(
      "event: second\ndata: {{\"t\":\"{}\",\"clicks\":{},\"unique_clicks\":{},"
      "\"bots\":{},\"skipped\":{}}}\n\n",
      format_utc(second), counts.clicks, counts.unique_clicks, counts.bots, counts.skipped));
}

}  // namespace

std::string LivePlace::text() const { return fmt::format("{}-{}-{}", batch.epoch, batch.n, index); }

std::optional<LivePlace> LivePlace::parse(std::string_view text) {
  const auto first = text.find('-');
  const auto second = text.find('-', first == text.npos ? first : first + 1);
  if (second == text.npos) return std::nullopt;
  const auto epoch = parse_number<std::uint32_t>(text.substr(0, first));
  const auto n = parse_number<std::uint64_t>(text.substr(first + 1, second - first - 1));
  const auto index = parse_number<std::uint32_t>(text.substr(second + 1));
  if (!epoch || !n || !index) return std::nullopt;
  return LivePlace{{*epoch, *n}, *index};
}

struct LiveHub::Stream {
  Stream(LiveQuestion asked, Sink to)
      : question(std::move(asked)), sink(std::move(to)), seconds(question.traffic) {}

  bool wants_row(const Click& click) const {
    return question.traffic == TrafficFilter::all || is_asked(question.traffic, click.traffic);
  }
  bool may_be_shown(UnixMillis time) {
    const UnixMillis second = time / kMillisPerSecond;
    if (second != shown_in) shown = 0;
    shown_in = second;
    return ++shown <= kMostASecond;
  }
  // To the reader, or to the end of what waits until the reader has what was missed.
  void give(Text text) {
    if (held)
      held->push_back(std::move(text));
    else
      open = open && sink(std::move(text));
  }

  const LiveQuestion question;
  const Sink sink;
  Seconds seconds;
  std::optional<std::vector<Text>> held;
  bool open = true;
  UnixMillis shown_in = 0;
  std::size_t shown = 0;
};

void LiveHub::start() {
  at_ = deps_.log.watermark().end;
  thread_ = std::thread([this] { run(); });
}

void LiveHub::stop() {
  if (!thread_.joinable()) return;
  stopping_ = true;
  thread_.join();
}

void LiveHub::run() {
  name_this_thread("live");
  auto next_beat = deps_.clock.steady() + kBeatEvery;
  while (!stopping_) {
    deps_.log.wait(place(), kWait);
    read_on();
    if (deps_.clock.steady() < next_beat) continue;
    beat();
    next_beat = deps_.clock.steady() + kBeatEvery;
  }
}

EnrichedCursor LiveHub::place() const {
  const std::lock_guard lock(mutex_);
  return at_;
}

// Nobody watches most of the time: then the place moves on unread.
void LiveHub::read_on() {
  const std::lock_guard lock(mutex_);
  const EnrichedLog::Watermark known = deps_.log.watermark();
  if (streams_.empty()) {
    at_ = known.end;
    return;
  }
  if (!reader_ || reader_->cursor() != at_) reader_.emplace(deps_.log, at_);
  const auto read = reader_->read([&](const EnrichedCursor& after, std::string_view bytes) {
    LivePlace place{after, 0};
    BatchHead head;
    const auto done = read_batch(
        bytes, head,
        [&](const Click& click) {
          offer(place, click);
          ++place.index;
        },
        [](const LandingView&) {});
    if (!done) log_error("live: {}", done.error().line());
    at_ = after;
    return true;
  });
  if (!read) {
    log_error("live: {}", read.error().line());
    at_ = known.end;  // the counts of what was passed over are missing, and nothing more
  }
  at_ = std::max(at_, reader_->cursor());
  tell_seconds(known.through);
  std::erase_if(streams_, [&](const auto& stream) {
    if (stream->open) return false;
    ++ended_;
    return true;
  });
}

LiveHub::Text LiveHub::row_of(const LivePlace& place, const Click& click) const {
  return text_of(
      fmt::format("id: {}\nevent: click\ndata: {}\n\n", place.text(), deps_.to_line(click)));
}

void LiveHub::offer(const LivePlace& place, const Click& click) {
  Text row;
  for (const auto& stream : streams_) {
    const LiveQuestion& question = stream->question;
    if (!stream->open || question.workspace != click.workspace || !question.filter.passes(click))
      continue;
    stream->seconds.count(click);
    if (!stream->wants_row(click)) continue;
    if (!stream->may_be_shown(click.time)) {
      ++stream->seconds.of(click).skipped;
      continue;
    }
    if (!row) row = row_of(place, click);
    stream->give(row);
  }
}

void LiveHub::tell_seconds(UnixMillis through) {
  for (const auto& stream : streams_)
    stream->seconds.tell(through, [&](UnixMillis second, const SecondCounts& counts) {
      stream->give(second_text(second, counts));
    });
}

void LiveHub::beat() {
  static const Text kBeat = text_of(":\n\n");
  const std::lock_guard lock(mutex_);
  for (const auto& stream : streams_) stream->give(kBeat);
}

std::size_t LiveHub::streams() const {
  const std::lock_guard lock(mutex_);
  return streams_.size();
}

Result<void> LiveHub::open(LiveQuestion question, std::optional<LivePlace> last, Sink sink) {
  const auto stream = std::make_shared<Stream>(std::move(question), std::move(sink));
  if (last) stream->held.emplace();
  EnrichedCursor until;
  {
    const std::lock_guard lock(mutex_);
    if (streams_.size() >= kMostStreams)
      return std::unexpected(Error{ErrorCode::unavailable,
                                   "as many live streams as can be are open",
                                   "close one of them",
                                   {},
                                   "too_many_streams"});
    if (streams_.empty()) at_ = std::max(at_, deps_.log.watermark().end);
    until = at_;
    streams_.push_back(stream);
  }
  if (!last) return {};
  const auto caught_up = catch_up(*stream, *last, until);
  const std::lock_guard lock(mutex_);
  std::vector<Text> held = std::move(*stream->held);
  stream->held.reset();
  if (!caught_up) stream->open = false;
  for (Text& text : held) stream->give(std::move(text));
  return caught_up;
}

// What lies behind `last` and before the place from which the stream is offered clicks. Only this
// thread gives to its sink meanwhile.
Result<void> LiveHub::catch_up(Stream& stream, const LivePlace& last, const EnrichedCursor& until) {
  std::deque<Text> rows;
  std::size_t read = 0;
  bool gap = last.batch > until;
  // The log's numbers are of the next batch, a place's of the one after its own.
  EnrichedReader reader(deps_.log, {last.batch.epoch, last.batch.n == 0 ? 0 : last.batch.n - 1});
  bool first = true;
  TRY(reader.read([&](const EnrichedCursor& after, std::string_view bytes) {
    if (after > until) return false;
    gap = gap || read > kMostRead;
    if (read > kMostRead) return false;
    if (first && after > last.batch) gap = true;  // its batch is not kept any more
    first = false;
    LivePlace place{after, 0};
    BatchHead head;
    const auto done = read_batch(
        bytes, head,
        [&](const Click& click) {
          ++read;
          const LiveQuestion& question = stream.question;
          const LivePlace at{place.batch, place.index++};
          if (at > last && question.workspace == click.workspace && stream.wants_row(click) &&
              question.filter.passes(click))
            rows.push_back(row_of(at, click));
          if (rows.size() <= kMostMissed) return;
          rows.pop_front();
          gap = true;
        },
        [](const LandingView&) {});
    gap = gap || !done;
    return true;
  }));
  if (gap) stream.sink(text_of("event: gap\ndata: {}\n\n"));
  for (Text& row : rows)
    if (!stream.sink(std::move(row))) break;
  return {};
}

}  // namespace tally
