// SPDX-License-Identifier: Apache-2.0
#include "base/state_file.h"

#include <xxhash.h>

#include "base/bytes.h"
#include "base/checksum.h"

namespace tally {
namespace {

std::uint64_t checksum(const StateFormat& format, std::uint16_t version, std::string_view body) {
  return format.wide ? XXH3_64bits_withSeed(body.data(), body.size(), version)
                     : record_checksum(version, 0, body);
}

}  // namespace

std::unexpected<Error> StateFormat::corrupt() const {
  return fail(ErrorCode::corrupt, "not " + std::string(holds));
}

std::string seal_state(const StateFormat& format, std::string_view body) {
  const std::uint64_t sum = checksum(format, format.version, body);
  std::string out(format.magic);
  put_fixed(out, format.version);
  if (format.wide)
    put_fixed(out, sum);
  else
    put_fixed(out, static_cast<std::uint32_t>(sum));
  return out.append(body);
}

Result<StateBody> open_state(const StateFormat& format, std::string_view file) {
  if (!file.starts_with(format.magic)) return format.corrupt();
  ByteReader head(file.substr(format.magic.size()));
  const auto version = head.fixed<std::uint16_t>();
  const std::uint64_t sum = format.wide ? head.fixed<std::uint64_t>() : head.fixed<std::uint32_t>();
  if (!head.ok() || sum != checksum(format, version, head.rest())) return format.corrupt();
  if (version > format.version)
    return fail(ErrorCode::conflict, "a newer version wrote it",
                "start the newer tallymark that wrote it");
  return StateBody{version, head.rest()};
}

std::string set_aside(const std::filesystem::path& path) {
  std::filesystem::path aside = path;
  aside += ".damaged";
  std::error_code error;
  std::filesystem::rename(path, aside, error);
  if (error) return "their file could not be set aside (" + error.message() + ")";
  return "their file is set aside as '" + aside.filename().string() + "'";
}

}  // namespace tally
