// SPDX-License-Identifier: Apache-2.0
#include "sinks/kafka_feed.h"

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "base/state_file.h"
#include "clicklog/batch.h"
#include "clicklog/click_json.h"
#include "model/calendar.h"

namespace tally {
namespace {

// A build with this set moves on in the log before records are reported: the crash tests must catch
// it.
#ifdef TALLY_MUTANT_KAFKA_CURSOR_FIRST
constexpr bool kCursorFirst = true;
#else
constexpr bool kCursorFirst = false;
#endif

constexpr std::chrono::milliseconds kWait{100};
constexpr std::chrono::milliseconds kSaveEvery{500};
constexpr std::chrono::milliseconds kFirstBackoff{1'000}, kLongestBackoff{30'000};
constexpr std::chrono::milliseconds kLastFlush{3'000};
// Batches without clicks are read so many at a time.
constexpr int kReadsAtOnce = 256;

}  // namespace

KafkaRecord kafka_record(const Click& click, const ClickIdCodec& ids, IpMode ip) {
  KafkaRecord out;
  out.key = click.link.text();
  JsonWriter value;
  put_click(value, click, ids, part_of(click.ip, ip));
  out.value = value.take();
  out.workspace = click.workspace.text();
  out.seq = sequence_of(click.key);
  out.click_id = ids.encode(click.key);
  out.time = click.time;
  return out;
}

KafkaFeed::KafkaFeed(Deps deps, KafkaSettings settings, Waits waits)
    : deps_(std::move(deps)),
      settings_(std::move(settings)),
      waits_(waits),
      pin_(deps_.log.pin()),
      backoff_(kFirstBackoff) {}

Result<void> KafkaFeed::open(const std::function<void(const std::string&)>& report) {
  auto found = load_kafka_state(deps_.files, deps_.state_file);
  if (!found && found.error().code == ErrorCode::conflict)
    return std::unexpected(std::move(found).error());
  if (!found)
    report("clicks of the last days are sent to Kafka again, " + set_aside(deps_.state_file) +
           ": " + found.error().line());
  else if (!*found)
    state_.cursor = deps_.log.watermark().end;
  else
    state_ = **found;
  if (found && *found) note_lost();
  TRY(open_producer());
  read_to_ = state_.cursor;
  return save();
}

// While no records were wanted, nothing held the log. Where it goes on behind the place with a
// batch that cannot be the next one, there were others.
void KafkaFeed::note_lost() {
  bool earlier = false;  // batches from before the place are there: none behind it went
  for (const auto& shard : deps_.log.shards()) {
    const std::uint32_t epoch = shard->id().epoch;
    for (const SegmentState& segment : shard->segments()) {
      if (segment.end == segment.id.first) continue;
      const EnrichedCursor first{epoch, segment.id.first};
      if (EnrichedCursor{epoch, segment.end} <= state_.cursor) {
        earlier = true;
        continue;
      }
      if (first <= state_.cursor || (earlier && epoch != state_.cursor.epoch)) return;
      add_gap({state_.last_click, segment.created, 0, first}, "they left the log meanwhile");
      return;
    }
  }
}

Result<void> KafkaFeed::open_producer() {
  TRY_ASSIGN(producer_, KafkaProducer::open(deps_.files, settings_,
                                            [this](std::uint64_t read, std::string_view error) {
                                              reported(read, error);
                                            }));
  return {};
}

void KafkaFeed::start() {
  moved_at_ = deps_.clock.steady();
  worker_.start("kafka", [this] { run(); });
}

// What is under way is waited for, but not long: the next start sends the rest again.
void KafkaFeed::stop() {
  worker_.stop();
  if (!producer_) return;
  if (producer_->trouble().empty()) producer_->flush(kLastFlush);
  producer_.reset();
  if (state_ == saved_) return;
  if (const auto saved = save(); !saved) log_warn("kafka: {}", saved.error().line());
}

void KafkaFeed::pass_before(const EnrichedCursor& cursor) {
  const std::lock_guard lock(mutex_);
  if (cursor <= pass_before_) return;
  pass_before_ = cursor;
  asked_at_ = deps_.clock.steady();
}

KafkaFeed::Standing KafkaFeed::standing() const {
  const std::lock_guard lock(mutex_);
  return standing_;
}

void KafkaFeed::run() {
  while (!worker_.stopping()) {
    const auto done = step();
    show(done ? trouble() : done.error().line());
    if (!done) worker_.pause(kFirstBackoff);
  }
}

// Brokers may go and come back while there is nothing to send: that is none.
std::string KafkaFeed::trouble() const {
  if (!failure_.empty() || !producer_) return failure_;
  const bool waits = !reads_.empty() && deps_.clock.steady() - waits_since_ >= waits_.grace;
  return waits ? producer_->trouble() : std::string();
}

Result<void> KafkaFeed::step() {
  TRY(make_way());
  if (!producer_) {
    if (deps_.clock.steady() < retry_at_) {
      worker_.pause(kWait);
      return {};
    }
    TRY(open_producer());
  }
  const EnrichedLog::Watermark known = deps_.log.watermark();
  TRY(take_up(known.end));
  if (reads_.empty() && read_to_ >= known.end) {
    counters_.as_of = std::max(counters_.as_of.load(), known.through);
    deps_.log.wait(read_to_, kWait);
  }
  producer_->poll(reads_.empty() ? std::chrono::milliseconds(0) : kWait);
  if (producer_->is_broken()) fail(producer_->trouble());
  if (failed_) {
    drop();
    retry_at_ = deps_.clock.steady() + backoff_;
    backoff_ = std::min(2 * backoff_, kLongestBackoff);
  }
  if (state_ != saved_ && deps_.clock.steady() - saved_at_ >= kSaveEvery) TRY(save());
  return {};
}

// Reads as long as there is room, and gives what was read to the producer.
Result<void> KafkaFeed::take_up(const EnrichedCursor& end) {
  send();
  for (int reads = 0; reads < kReadsAtOnce; ++reads) {
    if (!waiting_.empty() || counters_.in_flight >= kMostInFlight || failed_) break;
    TRY_ASSIGN(const bool read, read_one(end));
    if (!read) break;
    send();
  }
  move_place();
  return {};
}

Result<bool> KafkaFeed::read_one(const EnrichedCursor& end) {
  if (read_to_ >= end) return false;
  if (!reader_ || reader_->cursor() != read_to_) reader_.emplace(deps_.log, read_to_);
  bool read = false;
  TRY(reader_->read(
      [&](const EnrichedCursor& after, std::string_view bytes) {
        read = true;
        Read one{after, 0, 0};
        std::deque<Waiting> records;
        BatchHead head;
        const auto decoded = read_batch(
            bytes, head,
            [&](const Click& click) {
              records.push_back({kafka_record(click, deps_.click_ids, settings_.ip),
                                 first_read_ + reads_.size()});
              one.last_click = std::max(one.last_click, click.time);
            },
            [](const LandingView&) {});
        if (decoded) {
          one.left = records.size();
          waiting_ = std::move(records);
        } else {
          note_undecodable(decoded.error());
        }
        if (reads_.empty()) waits_since_ = deps_.clock.steady();
        reads_.push_back(one);
        return true;
      },
      1));
  read_to_ = std::max(read_to_, reader_->cursor());
  return read;
}

// It is passed over: what is in it nobody can tell.
void KafkaFeed::note_undecodable(const Error& why) {
  log_error("kafka: {}", why.line());
  ++counters_.undecodable;
}

void KafkaFeed::send() {
  while (!waiting_.empty() && !failed_) {
    const auto taken = producer_->send(waiting_.front().record, waiting_.front().read);
    if (!taken) fail(taken.error().line());
    if (!taken || !*taken) return;
    waiting_.pop_front();
    ++counters_.in_flight;
  }
}

void KafkaFeed::reported(std::uint64_t read, std::string_view error) {
  --counters_.in_flight;
  if (!error.empty()) {
    ++counters_.failed;
    fail(std::string(error));
    return;
  }
  ++counters_.delivered;
  moved_at_ = deps_.clock.steady();
  if (!failed_) {
    failure_.clear();
    backoff_ = kFirstBackoff;
  }
  --reads_[read - first_read_].left;
  if (reads_.front().left == 0) move_place();
}

void KafkaFeed::move_place() {
  const EnrichedCursor before = state_.cursor;
  for (; !reads_.empty() && reads_.front().left == 0; ++first_read_) {
    state_.cursor = reads_.front().after;
    state_.last_click = std::max(state_.last_click, reads_.front().last_click);
    reads_.pop_front();
  }
  // Another start's part of the log may begin here.
  if (reads_.empty() || kCursorFirst) state_.cursor = std::max(state_.cursor, read_to_);
  if (state_.cursor == before) return;
  moved_at_ = waits_since_ = deps_.clock.steady();
  counters_.as_of = std::max(counters_.as_of.load(), state_.last_click);
}

void KafkaFeed::fail(std::string why) {
  if (!failed_) failure_ = std::move(why);
  failed_ = true;
}

// Lets go of everything that was read; reading begins at the place again.
void KafkaFeed::drop() {
  producer_.reset();
  counters_.in_flight = 0;
  waiting_.clear();
  first_read_ += reads_.size();
  reads_.clear();
  reader_.reset();
  read_to_ = state_.cursor;
  failed_ = false;
}

// An erase waits as long as something is taken; a log without room does not wait for that.
Result<void> KafkaFeed::make_way() {
  const Instant now = deps_.clock.steady();
  EnrichedCursor asked;
  Instant asked_at;
  {
    const std::lock_guard lock(mutex_);
    asked = pass_before_;
    asked_at = asked_at_;
  }
  if (state_.cursor < asked && now - std::max(asked_at, moved_at_) >= waits_.patience)
    TRY(give_up(asked, "an erase or a retention had to pass"));
  const bool tight = deps_.log.wants_room();
  if (!tight || state_.cursor >= room_until_) room_since_.reset();
  if (!tight) return {};
  if (!room_since_) {
    room_since_ = now;
    room_until_ = deps_.log.watermark().end;
  }
  if (now - *room_since_ < waits_.patience) return {};
  room_since_.reset();
  return give_up(room_until_, "the room for logs is needed");
}

Result<void> KafkaFeed::give_up(const EnrichedCursor& until, std::string_view why) {
  drop();
  retry_at_ = deps_.clock.steady();
  KafkaGap gap{INT64_MAX, 0, 0, until};
  EnrichedReader reader(deps_.log, state_.cursor);
  TRY(reader.read([&](const EnrichedCursor& after, std::string_view bytes) {
    if (after > until) return false;
    BatchHead head;
    const auto decoded = read_batch(
        bytes, head,
        [&](const Click& click) {
          gap.from = std::min(gap.from, click.time);
          gap.to = std::max(gap.to, click.time + 1);
          ++gap.clicks;
        },
        [](const LandingView&) {});
    if (!decoded) note_undecodable(decoded.error());
    return true;
  }));
  if (gap.clicks > 0) add_gap(gap, why);
  state_.cursor = std::max(state_.cursor, until);
  read_to_ = state_.cursor;
  return save();
}

void KafkaFeed::add_gap(const KafkaGap& gap, std::string_view why) {
  const std::string from = format_utc(gap.from), to = format_utc(gap.to);
  log_error(
      "kafka: {} from {} to {} were not sent: {}. The click store has them: `tallymark export "
      "--format ndjson traffic=all from={} to={}` (docs/reference/kafka.md)",
      gap.clicks == 0 ? "clicks" : std::to_string(gap.clicks) + " clicks", from, to, why, from, to);
  state_.add(gap);
  state_.cursor = gap.until;
  state_.last_click = std::max(state_.last_click, gap.to - 1);
}

// The log may let go only of what is durably behind the place.
Result<void> KafkaFeed::save() {
  TRY(deps_.files.replace(deps_.state_file, encode_kafka_state(state_)));
  saved_ = state_;
  saved_at_ = deps_.clock.steady();
  pin_->release_before(state_.cursor);
  const std::lock_guard lock(mutex_);
  standing_.gaps = state_.gaps;
  standing_.gap_clicks = state_.gap_clicks;
  if (!state_.latest.empty()) standing_.last_gap = state_.latest.back();
  return {};
}

// Brokers that are away are told of once, however often they are tried.
void KafkaFeed::show(const std::string& trouble) {
  const std::lock_guard lock(mutex_);
  if (standing_.trouble.empty() && !trouble.empty())
    log_error("kafka: {}: clicks wait in the log", trouble);
  if (!standing_.trouble.empty() && trouble.empty()) log_info("kafka: goes on");
  standing_.trouble = trouble;
}

}  // namespace tally
