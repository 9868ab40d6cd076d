// SPDX-License-Identifier: Apache-2.0
//
// The body of an answer, however large, taken at the reader's pace.
//
// A thread makes the call and stops reading while the reader has not taken what is there, so that
// about a megabyte is held at a time and the server at the other end waits as well.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "http/client.h"

namespace tally {

class PulledBody {
 public:
  // What an answer other than 200 means.
  using Judge = std::function<Error(const HttpResponse&)>;

  // `request` is made by this object's thread, with `body` as its body.
  PulledBody(HttpClient& client, HttpRequest request, std::string body, Judge judge);
  PulledBody(const PulledBody&) = delete;
  PulledBody& operator=(const PulledBody&) = delete;
  // Ends the call, within a second or two.
  ~PulledBody();

  // Waits for the next piece and appends it to `chunk`; false when that was the last.
  Result<bool> next(std::string& chunk);

 private:
  void call(HttpRequest request, const std::string& body, const Judge& judge);
  bool take(std::string_view bytes);
  bool is_closed();

  HttpClient& client_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string waiting_;  // arrived and not taken
  bool done_ = false;    // nothing more arrives
  bool closed_ = false;  // nobody takes
  std::optional<Error> error_;
  std::thread thread_;
};

}  // namespace tally
