// SPDX-License-Identifier: Apache-2.0
//
// One outgoing request on its way: a libcurl handle and what it has read of the answer.
//
// A handle is used again for the next request, with all options that are the same for every one
// left in place. What differs is set by begin(); end() says what came of it.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "http/easy_handle.h"
#include "http/multi_loop.h"
#include "http/outgoing.h"

namespace tally {

// A request that was sent: it belongs to its host's queue, then to a transfer.
struct OutgoingJob {
  OutgoingRequest request;
  Outgoing::Done done;
  std::string host;  // scheme, host and port, as the URL has them
  std::chrono::steady_clock::time_point sent;
  std::chrono::steady_clock::time_point deadline;

  // Tells its sender.
  void finish(OutgoingAnswer answer) const;
};

// "https://example.com:8443" of a URL; nothing when it is none of http or https.
std::optional<std::string> origin_of(std::string_view url);

class OutgoingTransfer {
 public:
  // Both outlive it.
  OutgoingTransfer(const OutgoingOptions& options, MultiLoop& loop);
  OutgoingTransfer(const OutgoingTransfer&) = delete;
  OutgoingTransfer& operator=(const OutgoingTransfer&) = delete;

  CURL* handle() const { return handle_.get(); }
  // Takes the job in any case; `invalid` when it cannot be sent as it is.
  Result<void> begin(OutgoingJob job);
  // What came of it. The handle is in no loop any more.
  OutgoingAnswer end(CURLcode code);
  // Gives back what begin() took.
  OutgoingJob take_job() { return std::move(job_); }
  // Whether it may begin() again. libcurl counts in a handle how often kept connections turned out
  // to be closed, over all its requests, and gives up at the sixth time; where that happened, the
  // request went over a new connection.
  bool reusable() const { return !dialled_; }

 private:
  static curl_socket_t open_socket(void* self, curlsocktype purpose, curl_sockaddr* address);
  static std::size_t read_head(char* data, std::size_t, std::size_t size, void* self);
  static std::size_t read_body(char* data, std::size_t, std::size_t size, void* self);
  static std::size_t read_file(char* data, std::size_t, std::size_t size, void* self);
  static int seek_file(void* self, curl_off_t offset, int origin);
  void set_fixed_options();
  void set_names();
  void set_body();
  int status() const;
  std::string error_text(CURLcode code) const;

  const OutgoingOptions& options_;
  MultiLoop& loop_;
  OutgoingJob job_;
  HeaderList headers_;
  HeaderList names_;
  AnswerHeaders answer_headers_;
  std::string body_;
  std::uint64_t sent_ = 0;  // bytes of the file
  std::string file_error_;
  bool enough_ = false;  // as much of the body as may be read
  bool dialled_ = false;
  std::string refusal_;  // of the guard, about the last address that it refused
  std::array<char, CURL_ERROR_SIZE> detail_{};
  EasyHandle handle_;
};

}  // namespace tally
