// SPDX-License-Identifier: Apache-2.0
//
// Whoever tests a receiver that others named, a webhook's or a bucket's, waits for it on one of the
// few threads that answer. So one does at a time, and others are told to come again.
#pragma once

#include "api/call.h"

namespace tally {

class TestTurn {
 public:
  explicit TestTurn(Api& api) : api_(api), is_mine_(!api.testing.exchange(true)) {}
  ~TestTurn() {
    if (is_mine_) api_.testing = false;
  }
  TestTurn(const TestTurn&) = delete;
  TestTurn& operator=(const TestTurn&) = delete;

  // `conflict` when it is somebody else's.
  Result<void> check(std::string message) const {
    if (is_mine_) return {};
    return std::unexpected(
        Error{ErrorCode::conflict, std::move(message), "wait for its answer", {}, "test_running"});
  }

 private:
  Api& api_;
  const bool is_mine_;
};

}  // namespace tally
