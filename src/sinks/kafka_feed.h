// SPDX-License-Identifier: Apache-2.0
//
// Clicks to Kafka, one record each, none missing.
//
// One thread follows the enriched log from a place of its own and gives each click to the producer.
// The place moves behind a batch of the log once a broker has reported each of its records, and is
// durable before the log may let the batch go. So after a crash records come again, under the same
// `seq`, and none is left out. Read ahead and not reported are kMostInFlight records and a batch at
// most; a broker that is away therefore costs a pinned log and no memory.
//
// A record that a broker refuses is not passed over: everything from the place on is sent again, by
// a new producer, after a while that grows. Somebody has to put it right (a topic that is missing,
// a right, a limit).
//
// Two things do not wait for ever. Whoever erases needs the log to be passed, or what is erased
// would be told afterwards; and a log without room would stop the journal. When Kafka has not taken
// what is in the way after a while, it is given up: counted, and remembered as a gap with its
// times. The clicks are in the click store and can be sent from there.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/files.h"
#include "base/result.h"
#include "base/worker.h"
#include "clicklog/enriched_log.h"
#include "model/click_id.h"
#include "sinks/kafka_producer.h"
#include "sinks/kafka_settings.h"
#include "sinks/kafka_state.h"

namespace tally {

// What Kafka gets of a click.
KafkaRecord kafka_record(const Click& click, const ClickIdCodec& ids, IpMode ip);

class KafkaFeed {
 public:
  static constexpr std::size_t kMostInFlight = 10'000;

  struct Deps {
    Files& files;
    const Clock& clock;
    EnrichedLog& log;
    ClickIdCodec click_ids;
    std::filesystem::path state_file;
  };
  struct Counters {
    std::atomic<std::uint64_t> delivered = 0;    // records, since the start
    std::atomic<std::uint64_t> failed = 0;       // that were refused; each is sent again
    std::atomic<std::uint64_t> undecodable = 0;  // batches of the log, each time one is read
    std::atomic<std::size_t> in_flight = 0;      // that are sent and not reported
    std::atomic<UnixMillis> as_of = 0;           // every click received before was passed
  };
  struct Standing {
    std::string trouble;  // "" when all is well
    std::uint64_t gaps = 0, gap_clicks = 0;
    std::optional<KafkaGap> last_gap;
  };

  struct Waits {
    std::chrono::milliseconds patience{10'000};  // until what is in the way of others is given up
    std::chrono::milliseconds grace{2'000};      // until brokers that take nothing are trouble
  };

  KafkaFeed(Deps deps, KafkaSettings settings, Waits waits);
  ~KafkaFeed() { stop(); }
  KafkaFeed(const KafkaFeed&) = delete;
  KafkaFeed& operator=(const KafkaFeed&) = delete;

  // Finds its place: at first the log's end. `invalid` for settings that cannot be; a place that
  // cannot be read is set aside and reported, and then all that the log has is sent. To be called
  // before the log is written.
  Result<void> open(const std::function<void(const std::string&)>& report);
  void start();
  void stop();

  // Everything before `cursor` has to be passed soon, whether Kafka takes it or not.
  void pass_before(const EnrichedCursor& cursor);

  const Counters& counters() const { return counters_; }
  Standing standing() const;

 private:
  using Instant = std::chrono::steady_clock::time_point;
  // A batch of the log some of whose records are not reported.
  struct Read {
    EnrichedCursor after;
    UnixMillis last_click = 0;
    std::size_t left = 0;
  };
  struct Waiting {
    KafkaRecord record;
    std::uint64_t read = 0;
  };

  void note_lost();
  Result<void> open_producer();
  void run();
  Result<void> step();
  Result<void> take_up(const EnrichedCursor& end);
  Result<bool> read_one(const EnrichedCursor& end);
  void note_undecodable(const Error& why);
  void send();
  void reported(std::uint64_t read, std::string_view error);
  void move_place();
  void fail(std::string why);
  void drop();
  Result<void> make_way();
  Result<void> give_up(const EnrichedCursor& until, std::string_view why);
  void add_gap(const KafkaGap& gap, std::string_view why);
  Result<void> save();
  std::string trouble() const;
  void show(const std::string& trouble);

  Deps deps_;
  const KafkaSettings settings_;
  const Waits waits_;
  Counters counters_;
  std::shared_ptr<EnrichedPin> pin_;
  KafkaState state_, saved_;
  Instant saved_at_, moved_at_;
  Instant waits_since_;  // something is to be reported, and nothing was
  std::optional<EnrichedReader> reader_;
  EnrichedCursor read_to_;
  std::deque<Read> reads_;
  std::uint64_t first_read_ = 0;  // the number of reads_.front()
  std::deque<Waiting> waiting_;   // read, and not yet with the producer
  std::string failure_;           // of records, until one is taken again
  bool failed_ = false;           // everything from the place on is to be sent again
  Instant retry_at_;
  std::chrono::milliseconds backoff_;
  std::optional<Instant> room_since_;
  EnrichedCursor room_until_;

  mutable std::mutex mutex_;
  EnrichedCursor pass_before_;
  Instant asked_at_;
  Standing standing_;

  std::unique_ptr<KafkaProducer> producer_;
  Worker worker_;
};

}  // namespace tally
