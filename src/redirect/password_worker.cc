// SPDX-License-Identifier: Apache-2.0
#include "redirect/password_worker.h"

#include <sodium.h>

namespace tally {
namespace {

bool check(PasswordCheck& question) {
  std::string& attempt = question.attempt;
  const bool fits =
      crypto_pwhash_str_verify(question.hash.c_str(), attempt.data(), attempt.size()) == 0;
  sodium_memzero(attempt.data(), attempt.size());
  return fits;
}

}  // namespace

PasswordWorker::PasswordWorker() : worker_(kMaxWaiting, check) {}

bool PasswordWorker::ask(std::string_view hash, std::string_view attempt, std::uint64_t key,
                         VerdictBox& box) {
  return worker_.ask({std::string(hash), std::string(attempt)}, key, box);
}

}  // namespace tally
