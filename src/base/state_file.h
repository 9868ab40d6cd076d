// SPDX-License-Identifier: Apache-2.0
//
// The head of a small file that is read and replaced as a whole:
//
//   magic, version (2 bytes), checksum (4 bytes, or 8 when it is wide), body to the end
//
// The version seeds the checksum, so it is believed only when the body is whole: damage is never
// taken for the file of a newer program, and the other way round. What is in the body, in this
// version and in older ones, is told by the page of docs/formats/ of each file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tally {

struct StateFormat {
  std::string_view magic;
  std::uint16_t version = 1;  // that is written, and the newest that is read
  std::string_view holds;     // "a list of runs"
  bool wide = false;          // XXH3 with all its 64 bits; else the checksum of a record

  // What a decoder says of a body that it cannot read.
  std::unexpected<Error> corrupt() const;
};

struct StateBody {
  std::uint16_t version = 0;
  std::string_view bytes;
};

// Takes a file that cannot be read out of the way, as "NAME.damaged", and says where it is now:
// "their file is set aside as 'NAME.damaged'".
std::string set_aside(const std::filesystem::path& path);

std::string seal_state(const StateFormat& format, std::string_view body);

// The body of a whole file, seen in `file`. ErrorCode::conflict when a newer version wrote it,
// ErrorCode::corrupt when it does not check.
Result<StateBody> open_state(const StateFormat& format, std::string_view file);

}  // namespace tally
