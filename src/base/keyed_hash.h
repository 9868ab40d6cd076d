// SPDX-License-Identifier: Apache-2.0
//
// For tables of texts that strangers choose. std::hash is the same everywhere, so a list of texts
// that collide can be made once and sent to everybody: 40,000 of them in one table take seconds.
// Here the secret is fresh at every start. It is XXH3 with a secret, which is quick rather than
// proven; nobody is ever shown a hash.
#pragma once

#include <cstddef>
#include <string_view>

namespace tally {

struct KeyedHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const;
};

}  // namespace tally
