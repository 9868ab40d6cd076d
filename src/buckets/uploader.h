// SPDX-License-Identifier: Apache-2.0
//
// Takes scheduled files to the buckets that their schedules name.
//
// A file is written first and put afterwards, by somebody else: a bucket that is slow or down holds
// up neither the writing of files nor other buckets. Each schedule has one request under way at a
// time, so that its own trouble is all that it waits for; the requests run elsewhere
// (http/outgoing.h). First the file is put, then its manifest; what is to go is taken away in the
// other order.
//
// How far a run is, is written down with it. After a crash it is put again, under the same key: a
// key always holds one whole file. What fails is tried again as model/delivery_schedule.h has it,
// and after that once a day for as long as there is a file, with the reason in the API: nothing is
// given up silently. When one goes well, the others of its schedule are due at once.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/files.h"
#include "base/random.h"
#include "base/worker.h"
#include "http/outgoing.h"
#include "links/export_store.h"

namespace tally {

// S3 takes no more in one request.
inline constexpr std::uint64_t kMaxObjectBytes = 5ULL << 30;

// What came of one request.
struct BucketAnswer {
  int status = 0;     // 0: there was no answer
  std::string error;  // "" when it was done
  std::int64_t took_ms = 0;
};

// A small object that was put, and deleted if it was.
struct BucketTrial {
  std::string key;
  BucketAnswer put;
  std::optional<BucketAnswer> deleted;

  bool ok() const { return deleted && deleted->error.empty(); }
};

class BucketUploader {
 public:
  struct Deps {
    const Clock& clock;
    Random& random;
    ExportStore& exports;
    // The file of a run that is ready.
    std::function<Result<std::unique_ptr<ReadFile>>(const ExportSchedule&, const ExportRun&)> open;
  };

  BucketUploader(Deps deps, OutgoingOptions options);
  ~BucketUploader() { stop(); }
  BucketUploader(const BucketUploader&) = delete;
  BucketUploader& operator=(const BucketUploader&) = delete;

  void start();
  void stop();
  // There may be something new to be put or deleted.
  void wake() { worker_.wake(); }
  // One look: takes what was answered, and sends what is due. For tests; start() calls it.
  Result<void> step();
  // How many requests are under way. For tests, between two looks.
  std::size_t running() const { return jobs_.size(); }

  // From any thread; waits for two requests, each of which has a few seconds.
  BucketTrial test(const ExportBucket& bucket);

  std::uint64_t uploaded() const { return uploaded_; }  // files, since the start
  std::uint64_t failures() const { return failures_; }  // requests, since the start
  UploadStanding standing() const;                      // as of the last look

 private:
  // A run on its way: its first request, or its second.
  struct Job {
    ScheduledRun what;
    bool second = false;
    bool deletes() const { return what.run.upload.state == UploadState::stale; }
  };
  struct Answer {
    ExportId schedule;
    OutgoingAnswer answer;
  };

  void run();
  Result<void> take_answers();
  Result<void> take(Job& job, const OutgoingAnswer& answer, bool& done);
  Result<void> begin(ScheduledRun what);
  void send(const Job& job, std::shared_ptr<const ReadFile> file);
  OutgoingRequest request_of(const Job& job, std::shared_ptr<const ReadFile> file) const;
  Result<void> put_off(const Job& job, const std::string& error, const OutgoingAnswer& answer);
  BucketAnswer ask(OutgoingRequest request);

  Deps deps_;
  std::map<ExportId, Job> jobs_;  // by schedule
  std::atomic<std::uint64_t> uploaded_ = 0, failures_ = 0;
  mutable std::mutex mutex_;
  std::vector<Answer> answers_;
  UploadStanding standing_;
  Worker worker_;
  std::unique_ptr<Outgoing> outgoing_;  // it wakes the worker until it is gone
};

}  // namespace tally
