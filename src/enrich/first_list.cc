// SPDX-License-Identifier: Apache-2.0
#include "enrich/first_list.h"

#include <xxhash.h>

#include "base/bytes.h"

namespace tally {
namespace {

constexpr std::string_view kMagic = "TALLYFST";
constexpr std::uint16_t kVersion = 1;

}  // namespace

std::string encode_first_list(const FirstList& list) {
  std::string body;
  put_fixed(body, list.through.epoch);
  put_varint(body, list.through.n);
  put_varint(body, list.runs.size());
  for (const RunInfo& run : list.runs) {
    put_fixed(body, run.day);
    put_varint(body, run.number);
    put_varint(body, run.entries);
  }
  std::string out(kMagic);
  put_fixed(out, kVersion);
  put_fixed(out, XXH3_64bits_withSeed(body.data(), body.size(), kVersion));
  return out + body;
}

Result<FirstList> decode_first_list(std::string_view bytes) {
  const auto corrupt = [] { return fail(ErrorCode::corrupt, "not a list of runs"); };
  if (!bytes.starts_with(kMagic)) return corrupt();
  ByteReader head(bytes.substr(kMagic.size()));
  const auto version = head.fixed<std::uint16_t>();
  const auto checksum = head.fixed<std::uint64_t>();
  const std::string_view body = head.rest();
  if (!head.ok() || checksum != XXH3_64bits_withSeed(body.data(), body.size(), version))
    return corrupt();
  if (version > kVersion)
    return fail(ErrorCode::conflict, "a newer version wrote it",
                "start the newer tallymark that wrote it");
  ByteReader in(body);
  FirstList out;
  out.through.epoch = in.fixed<std::uint32_t>();
  out.through.n = in.varint();
  const std::uint64_t runs = in.varint();
  for (std::uint64_t i = 0; i < runs && in.ok(); ++i) {
    RunInfo& run = out.runs.emplace_back();
    run.day = in.fixed<std::int64_t>();
    run.number = in.varint();
    run.entries = in.varint();
  }
  if (!in.ok() || !in.at_end()) return corrupt();
  return out;
}

}  // namespace tally
