// SPDX-License-Identifier: Apache-2.0
//
// A text of few values in a block of format Native: a dictionary, and for each row which of its
// words it has. Source of the layout: ClickHouse's documentation of the format, and its
// SerializationLowCardinality.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tally {

inline constexpr std::string_view kDictionaryType = "LowCardinality(String)";
inline constexpr std::uint64_t kDictionaryVersion = 1;
// What stands before a dictionary: the width of its indexes as a power of two, and that its keys
// follow and do not lie elsewhere.
inline constexpr std::uint64_t kIndexWidthMask = 0xff;
inline constexpr std::uint64_t kGlobalDictionary = 0x100;
inline constexpr std::uint64_t kHasKeys = 0x200;

// Appends the texts of `rows` rows, each with its length before, as one dictionary.
void put_dictionary(std::string& out, std::string_view texts, std::size_t rows);

}  // namespace tally
