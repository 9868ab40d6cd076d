// SPDX-License-Identifier: Apache-2.0
//
// What the tests of outgoing requests share.
#pragma once

#include <future>
#include <memory>
#include <string>
#include <vector>

#include "base/check.h"
#include "http/easy_handle.h"
#include "http/outgoing.h"
#include "http/receiver_fake.h"

namespace tally {

inline AddressGuard guard_allowing(std::string_view allowed) {
  auto guard = AddressGuard::parse(allowed);
  CHECK(guard);
  return std::move(*guard);
}

// Requests to this machine only.
inline OutgoingOptions loopback() {
  OutgoingOptions options;
  options.guard = guard_allowing("127.0.0.0/8, ::1");
  return options;
}

// Long enough that only a test of it sees its end.
inline OutgoingRequest post(std::string url, std::string body = "{}") {
  OutgoingRequest request;
  request.url = std::move(url);
  request.body = std::make_shared<const std::string>(std::move(body));
  request.timeout = request.connect_timeout = std::chrono::seconds(60);
  return request;
}

inline OutgoingAnswer ask(Outgoing& outgoing, OutgoingRequest request) {
  std::promise<OutgoingAnswer> promise;
  outgoing.send(std::move(request),
                [&](OutgoingAnswer answer) { promise.set_value(std::move(answer)); });
  return promise.get_future().get();
}

// The answers to many requests.
class Answers {
 public:
  Outgoing::Done next() {
    auto promise = std::make_shared<std::promise<OutgoingAnswer>>();
    futures_.push_back(promise->get_future());
    return [promise](OutgoingAnswer answer) { promise->set_value(std::move(answer)); };
  }
  std::vector<OutgoingAnswer> wait_for_all() {
    std::vector<OutgoingAnswer> out;
    for (auto& future : futures_) out.push_back(future.get());
    futures_.clear();
    return out;
  }

 private:
  std::vector<std::future<OutgoingAnswer>> futures_;
};

// Says yes to every request, on connections that stay.
inline ReceiverFake::Script answering() {
  return [](ReceiverFake::Connection& connection) {
    while (!connection.read_request().empty() &&
           connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) {
    }
  };
}

}  // namespace tally
