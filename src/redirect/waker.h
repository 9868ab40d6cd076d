// SPDX-License-Identifier: Apache-2.0
//
// Wakes an edge loop from another thread.
#pragma once

#include "base/result.h"
#include "redirect/socket.h"

namespace tally {

class Waker {
 public:
  explicit Waker(Socket fd) : fd_(std::move(fd)) {}
  static Result<Waker> create();
  void wake() const;
  void drain() const;
  int fd() const { return fd_.get(); }

 private:
  Socket fd_;
};

}  // namespace tally
