// SPDX-License-Identifier: Apache-2.0
#include "model/click_id.h"

#include <sodium.h>

#include <cstdint>
#include <cstring>

namespace tally {
namespace {

constexpr std::string_view kDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kLength = 26;
constexpr int kRounds = 4;

struct Block {
  std::uint64_t left = 0;
  std::uint64_t right = 0;
};

std::uint64_t round_function(const ClickIdCodec::Key& key, std::uint64_t half, int round) {
  std::array<unsigned char, 9> in{};
  std::memcpy(in.data(), &half, sizeof half);
  in[8] = static_cast<unsigned char>(round);
  std::uint64_t out = 0;
  crypto_shorthash_siphash24(reinterpret_cast<unsigned char*>(&out), in.data(), in.size(),
                             key.data());
  return out;
}

Block permute(const ClickIdCodec::Key& key, Block block) {
  for (int round = 0; round < kRounds; ++round)
    block = {block.right, block.left ^ round_function(key, block.right, round)};
  return block;
}

Block undo(const ClickIdCodec::Key& key, Block block) {
  for (int round = kRounds - 1; round >= 0; --round)
    block = {block.right ^ round_function(key, block.left, round), block.left};
  return block;
}

std::string to_digits(Block block) {
  std::string out(kLength, '0');
  for (std::size_t i = kLength; i-- > 0;) {
    out[i] = kDigits[block.right & 31];
    block.right = (block.right >> 5) | (block.left << 59);
    block.left >>= 5;
  }
  return out;
}

std::optional<Block> from_digits(std::string_view text) {
  // 26 digits hold 130 bits: the first one may use only three of its five.
  if (text.size() != kLength || text.front() > '7') return std::nullopt;
  Block out;
  for (const char c : text) {
    const auto digit = kDigits.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    out.left = (out.left << 5) | (out.right >> 59);
    out.right = (out.right << 5) | digit;
  }
  return out;
}

}  // namespace

std::string ClickIdCodec::encode(const ClickKey& key) const {
  const std::uint64_t shard = static_cast<std::uint64_t>(key.node) << 48 |
                              static_cast<std::uint64_t>(key.epoch) << 16 | key.shard;
  return to_digits(permute(key_, {shard, key.n}));
}

std::optional<ClickKey> ClickIdCodec::decode(std::string_view text) const {
  const auto block = from_digits(text);
  if (!block) return std::nullopt;
  const Block plain = undo(key_, *block);
  return ClickKey{static_cast<std::uint16_t>(plain.left >> 48),
                  static_cast<std::uint32_t>(plain.left >> 16),
                  static_cast<std::uint16_t>(plain.left), plain.right};
}

}  // namespace tally
