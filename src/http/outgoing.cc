// SPDX-License-Identifier: Apache-2.0
#include "http/outgoing.h"

#include <pthread.h>

#include <algorithm>
#include <csignal>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "base/threads.h"
#include "http/easy_handle.h"
#include "http/host_queue.h"
#include "http/multi_loop.h"
#include "http/outgoing_transfer.h"

namespace tally {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

// Transfers that are kept for the next requests when fewer run.
constexpr std::size_t kIdleTransfers = 128;
constexpr milliseconds kLongestTurn{60'000};

OutgoingAnswer failed(std::string error) {
  OutgoingAnswer answer;
  answer.error = std::move(error);
  return answer;
}

OutgoingAnswer stopped_answer() {
  OutgoingAnswer answer = failed("stopped");
  answer.stopped = true;
  return answer;
}

}  // namespace

class Outgoing::Thread {
 public:
  explicit Thread(OutgoingOptions options)
      : options_(std::move(options)),
        loop_(static_cast<long>(options_.most_running)),
        queue_(options_.most_running, options_.most_per_host),
        thread_([this] { run(); }) {}

  ~Thread() {
    command(&Thread::ending_);
    thread_.join();
  }

  void send(OutgoingJob job) {
    const std::lock_guard lock(mutex_);
    inbox_.push_back(std::move(job));
    wake();
  }

  void stop() { command(&Thread::stopped_); }

 private:
  using Transfer = std::unique_ptr<OutgoingTransfer>;

  void command(bool Thread::* flag) {
    const std::lock_guard lock(mutex_);
    this->*flag = true;
    wake();
  }

  // Under the mutex. Only a thread that waits has to be woken.
  void wake() {
    news_ = true;
    if (waiting_) loop_.wake();
    waiting_ = false;
  }

  void run() {
    name_this_thread("outgoing");
    // A write to a connection that was closed is an error like any other.
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
    while (take_inbox()) {
      expire();
      start_what_may();
      loop_.turn(time_to_wait());
      waited();
      while (const auto finished = loop_.finished()) end(*finished);
    }
  }

  // False when it is time to end and there is nothing left to end.
  bool take_inbox() {
    std::vector<OutgoingJob> jobs;
    bool stopped = false, ending = false;
    {
      const std::lock_guard lock(mutex_);
      jobs.swap(inbox_);
      news_ = waiting_ = false;
      ending = ending_;
      stopped = stopped_ || ending;
    }
    for (OutgoingJob& job : jobs) {
      if (stopped) {
        job.finish(stopped_answer());
      } else if (auto origin = origin_of(job.request.url)) {
        job.host = *origin;
        const auto deadline = job.deadline;
        queue_.push(*origin, deadline, std::move(job));
      } else {
        job.finish(failed("not a URL of http or https"));
      }
    }
    if (stopped) end_all();
    return !ending || !jobs.empty();
  }

  void expire() {
    const auto now = Clock::now();
    while (const auto job = queue_.expired(now)) {
      OutgoingAnswer answer = failed("not sent in time: too many requests are under way");
      answer.stopped = true;
      job->finish(std::move(answer));
    }
  }

  void start_what_may() {
    while (auto job = queue_.next()) {
      Transfer transfer = take_transfer();
      const Result<void> begun = transfer->begin(std::move(*job));
      if (!begun) {
        finish(std::move(transfer), failed(begun.error().message));
        continue;
      }
      CURL* const handle = transfer->handle();
      running_.emplace(handle, std::move(transfer));
      loop_.add(handle);
    }
  }

  milliseconds time_to_wait() {
    {
      const std::lock_guard lock(mutex_);
      if (news_ || ending_) return milliseconds(0);
      waiting_ = true;
    }
    const auto deadline = queue_.first_deadline();
    if (!deadline) return kLongestTurn;
    return std::clamp(std::chrono::ceil<milliseconds>(*deadline - Clock::now()), milliseconds(0),
                      kLongestTurn);
  }

  // What is sent from here on, by functions that are told, is seen without a wake.
  void waited() {
    const std::lock_guard lock(mutex_);
    waiting_ = false;
  }

  void end(const MultiLoop::Finished& finished) {
    loop_.remove(finished.handle);
    Transfer transfer = std::move(running_.extract(finished.handle).mapped());
    OutgoingAnswer answer = transfer->end(finished.code);
    finish(std::move(transfer), std::move(answer));
  }

  void end_all() {
    while (const auto job = queue_.any()) job->finish(stopped_answer());
    while (!running_.empty()) {
      Transfer transfer = std::move(running_.extract(running_.begin()).mapped());
      loop_.remove(transfer->handle());
      finish(std::move(transfer), stopped_answer());
    }
  }

  void finish(Transfer transfer, OutgoingAnswer answer) {
    const OutgoingJob job = transfer->take_job();
    queue_.ended(job.host);
    if (transfer->reusable() && idle_.size() < kIdleTransfers) idle_.push_back(std::move(transfer));
    job.finish(std::move(answer));
  }

  Transfer take_transfer() {
    if (idle_.empty()) return std::make_unique<OutgoingTransfer>(options_, loop_);
    Transfer transfer = std::move(idle_.back());
    idle_.pop_back();
    return transfer;
  }

  const OutgoingOptions options_;
  MultiLoop loop_;

  std::mutex mutex_;
  std::vector<OutgoingJob> inbox_;
  bool news_ = false;     // for take_inbox()
  bool waiting_ = false;  // for news
  bool stopped_ = false;
  bool ending_ = false;

  // The thread's own.
  HostQueue<OutgoingJob> queue_;
  std::unordered_map<CURL*, Transfer> running_;
  std::vector<Transfer> idle_;

  std::thread thread_;
};

std::string_view OutgoingAnswer::header(std::string_view name) const {
  return header_value(headers, name);
}

Outgoing::Outgoing(OutgoingOptions options)
    : thread_(std::make_unique<Thread>(std::move(options))) {}
Outgoing::~Outgoing() = default;

void Outgoing::send(OutgoingRequest request, Done done) {
  const auto now = Clock::now();
  OutgoingJob job{std::move(request), std::move(done), {}, now, {}};
  job.deadline = now + job.request.timeout;
  thread_->send(std::move(job));
}

void Outgoing::stop() { thread_->stop(); }

}  // namespace tally
