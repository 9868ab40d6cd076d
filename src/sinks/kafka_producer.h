// SPDX-License-Identifier: Apache-2.0
//
// librdkafka, as far as records go out: nothing else names it.
//
// A record is taken into a bounded queue and sent by librdkafka's own threads, which connect,
// retry and wait for brokers that are away for as long as it takes: no record is given up because
// of its age. What came of each is reported from poll(), on the caller's thread. The producer is
// idempotent and waits for all replicas in sync, so a retry neither repeats nor reorders.
//
// After some errors librdkafka's producer is of no use any more (is_broken()); then another one
// takes its place, and what had not been reported is sent again.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/files.h"
#include "base/result.h"
#include "sinks/kafka_settings.h"

namespace tally {

struct KafkaRecord {
  std::string key, value;
  std::string workspace, seq, click_id;  // headers
  UnixMillis time = 0;
};

// What of the settings can be found wrong without a broker or a connection: `invalid`, or what the
// disk says of the file.
Result<void> check_kafka(Files& files, const KafkaSettings& settings);

class KafkaProducer {
 public:
  // Records that are taken and not reported, at most.
  static constexpr std::size_t kMostRecords = 20'000;
  static constexpr std::size_t kMostKilobytes = 64 * 1024;

  // What came of the record that was sent under `number`: "" when it is there, else why not.
  using Report = std::function<void(std::uint64_t number, std::string_view error)>;

  // check_kafka(), and `invalid` for what librdkafka finds wrong when it uses the properties. A
  // broker that is away is no fault.
  static Result<std::unique_ptr<KafkaProducer>> open(Files& files, const KafkaSettings& settings,
                                                     Report report);
  // What was not reported is not any more.
  ~KafkaProducer();
  KafkaProducer(const KafkaProducer&) = delete;
  KafkaProducer& operator=(const KafkaProducer&) = delete;

  // False when the queue is full: later.
  Result<bool> send(const KafkaRecord& record, std::uint64_t number);
  // Reports, after waiting for something to report.
  void poll(std::chrono::milliseconds most);
  // Waits until everything is reported, at most so long.
  void flush(std::chrono::milliseconds most);

  // Why no broker is there; "" when one is, as far as is known.
  std::string trouble() const { return away_ ? reason_ : std::string(); }
  bool is_broken() const { return broken_; }

 private:
  struct Library;
  KafkaProducer() = default;

  Report report_;
  bool away_ = false;
  bool broken_ = false;
  std::string reason_;
  std::unique_ptr<Library> library_;
};

}  // namespace tally
