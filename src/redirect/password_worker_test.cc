// SPDX-License-Identifier: Apache-2.0
#include "redirect/password_worker.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <sodium.h>

#include <array>
#include <map>

namespace tally {
namespace {

// As cheap as libsodium allows: the worker is under test, not Argon2.
std::string hash_of(std::string_view password) {
  std::array<char, crypto_pwhash_STRBYTES> out{};
  EXPECT_EQ(crypto_pwhash_str(out.data(), password.data(), password.size(),
                              crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN),
            0);
  return out.data();
}

class PasswordWorkerTest : public ::testing::Test {
 protected:
  std::map<std::uint64_t, bool> await(std::size_t count) {
    std::map<std::uint64_t, bool> out;
    while (out.size() < count) {
      pollfd wanted{waker_.fd(), POLLIN, 0};
      if (::poll(&wanted, 1, 10'000) != 1) break;
      waker_.drain();
      for (const auto& verdict : box_.take()) out[verdict.key] = verdict.verdict;
    }
    return out;
  }

  Waker waker_{Waker::create().value()};
  VerdictBox box_{waker_};
};

TEST_F(PasswordWorkerTest, SaysWhichAttemptsFit) {
  PasswordWorker worker;
  const std::string hash = hash_of("s3cret & more");
  EXPECT_TRUE(worker.ask(hash, "s3cret & more", 1, box_));
  EXPECT_TRUE(worker.ask(hash, "s3cret", 2, box_));
  EXPECT_TRUE(worker.ask(hash, "", 3, box_));
  EXPECT_TRUE(worker.ask("not a hash", "s3cret & more", 4, box_));
  EXPECT_TRUE(worker.ask("", "", 5, box_));
  const std::map<std::uint64_t, bool> wanted = {
      {1, true}, {2, false}, {3, false}, {4, false}, {5, false}};
  EXPECT_EQ(await(5), wanted);
  EXPECT_FALSE(box_.filled());
}

TEST_F(PasswordWorkerTest, RefusesMoreThanItCanSoonAnswer) {
  PasswordWorker worker;
  const std::string hash = hash_of("x");
  std::size_t taken = 0;
  for (std::uint64_t key = 0; key < 3 * PasswordWorker::kMaxWaiting; ++key)
    if (worker.ask(hash, "x", key, box_)) ++taken;
  EXPECT_GE(taken, PasswordWorker::kMaxWaiting);
  EXPECT_LT(taken, 3 * PasswordWorker::kMaxWaiting);
  EXPECT_EQ(await(taken).size(), taken);
  EXPECT_TRUE(worker.ask(hash, "x", 1'000, box_));
}

TEST_F(PasswordWorkerTest, EndsWithQuestionsLeft) {
  PasswordWorker worker;
  for (std::uint64_t key = 0; key < 10; ++key) worker.ask(hash_of("x"), "x", key, box_);
}

}  // namespace
}  // namespace tally
