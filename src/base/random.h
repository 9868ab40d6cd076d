// SPDX-License-Identifier: Apache-2.0
//
// Randomness as a parameter: the system's for real use, a seeded one for tests.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace tally {

class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::byte> out) = 0;

  // Uniform in [0, bound); bound > 0.
  std::uint64_t below(std::uint64_t bound);

  // `length` characters drawn uniformly from `alphabet`.
  std::string text(std::size_t length, std::string_view alphabet);
};

// The operating system's generator, through libsodium. Thread-safe.
class SystemRandom final : public Random {
 public:
  SystemRandom();
  void fill(std::span<std::byte> out) override;
};

// splitmix64 (Steele, Lea, Flood 2014): a nanosecond a number, for whoever draws by the hundred
// million. The numbers of one sequence are all different; never for secrets.
class SplitMix64 {
 public:
  explicit SplitMix64(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  // In [0, bound), each as good as equally likely.
  std::uint32_t below(std::uint32_t bound) {
    return static_cast<std::uint32_t>(((next() >> 32) * bound) >> 32);
  }
  // In [0, 1).
  double share() { return static_cast<double>(next() >> 11) * 0x1p-53; }

 private:
  std::uint64_t state_;
};

// The same sequence for the same seed; for tests and demos, never for secrets.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : sequence_(seed) {}
  void fill(std::span<std::byte> out) override;

 private:
  SplitMix64 sequence_;
};

}  // namespace tally
