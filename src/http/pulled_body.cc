// SPDX-License-Identifier: Apache-2.0
#include "http/pulled_body.h"

#include "base/threads.h"

namespace tally {
namespace {

constexpr std::size_t kMostWaiting = 1024 * 1024;

}  // namespace

PulledBody::PulledBody(HttpClient& client, HttpRequest request, std::string body, Judge judge)
    : client_(client),
      thread_([this, request = std::move(request), body = std::move(body),
               judge = std::move(judge)]() mutable { call(std::move(request), body, judge); }) {}

PulledBody::~PulledBody() {
  {
    const std::scoped_lock lock(mutex_);
    closed_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void PulledBody::call(HttpRequest request, const std::string& body, const Judge& judge) {
  name_this_thread("pulled body");
  request.body = body;
  request.sink = [this](std::string_view bytes) { return take(bytes); };
  request.give_up = [this, also = std::move(request.give_up)] {
    return is_closed() || (also && also());
  };
  const auto response = client_.request(request);
  const std::scoped_lock lock(mutex_);
  if (!response) {
    error_ = response.error();
  } else if (response->status != 200) {
    error_ = judge(*response);
  }
  done_ = true;
  changed_.notify_all();
}

bool PulledBody::take(std::string_view bytes) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return closed_ || waiting_.size() < kMostWaiting; });
  waiting_ += bytes;
  changed_.notify_all();
  return !closed_;
}

bool PulledBody::is_closed() {
  const std::scoped_lock lock(mutex_);
  return closed_;
}

Result<bool> PulledBody::next(std::string& chunk) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return done_ || !waiting_.empty(); });
  if (error_) return std::unexpected(*error_);
  chunk += waiting_;
  waiting_.clear();
  changed_.notify_all();
  return !done_;
}

}  // namespace tally
