// SPDX-License-Identifier: Apache-2.0
//
// Checks the passwords of links away from the edge loops.
//
// Argon2id is slow on purpose: some 50 ms and 19 MiB for one try. At most kMaxWaiting questions
// wait, a few seconds' worth. Guessing is thereby slowed down for all links together.
#pragma once

#include <string>
#include <string_view>

#include "redirect/side_worker.h"

namespace tally {

struct PasswordCheck {
  std::string hash, attempt;
};

using VerdictBox = SideWorker<PasswordCheck, bool>::Box;

class PasswordWorker {
 public:
  static constexpr std::size_t kMaxWaiting = 64;

  PasswordWorker();

  // Does `attempt` fit `hash`, which libsodium's crypto_pwhash_str made? As SideWorker::ask().
  bool ask(std::string_view hash, std::string_view attempt, std::uint64_t key, VerdictBox& box);

 private:
  SideWorker<PasswordCheck, bool> worker_;
};

}  // namespace tally
