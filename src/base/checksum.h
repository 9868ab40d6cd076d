// SPDX-License-Identifier: Apache-2.0
//
// Checksums of stored bytes that say where the bytes belong, too: whole bytes in the wrong place do
// not check. XXH3, which finds accidents and stops no forger; the formula is in
// docs/formats/journal.md.
#pragma once

#include <cstdint>
#include <string_view>

namespace tally {

// Of record `n` of whatever `seed` identifies: XXH3 with 64 bits, folded to 32.
std::uint32_t record_checksum(std::uint64_t seed, std::uint64_t n, std::string_view payload);

}  // namespace tally
