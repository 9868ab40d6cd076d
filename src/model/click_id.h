// SPDX-License-Identifier: Apache-2.0
//
// The name by which the world knows a click.
//
// Inside, a click is the n-th hit of one journal shard (ClickKey). Shown as it is, that would tell
// everybody how many clicks there are and let them name the next one, and a conversion could be
// reported for a click that its sender never saw. So the key goes through a permutation of 128-bit
// blocks that only a holder of the secret can follow: nothing has to be stored, no two clicks share
// a name, and a name that we did not give out leads, almost surely, to a shard that does not exist.
//
// The permutation is a Feistel network of four rounds on 64-bit halves with SipHash-2-4 as the
// round function; with a pseudorandom function four rounds are a strong pseudorandom permutation
// (Luby and Rackoff, 1988). The halves are (node 16 bits, epoch 32, shard 16) and n. The text is
// the block as a number, 26 digits of Crockford's base 32 (no I, L, O, U), upper case; only that
// spelling is read.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "model/click.h"

namespace tally {

class ClickIdCodec {
 public:
  using Key = std::array<unsigned char, 16>;
  explicit ClickIdCodec(const Key& key) : key_(key) {}

  // "3M7K…": 26 characters.
  std::string encode(const ClickKey& key) const;
  // The key behind a text that encode() gives; nothing for any other text.
  std::optional<ClickKey> decode(std::string_view text) const;

 private:
  Key key_;
};

}  // namespace tally
