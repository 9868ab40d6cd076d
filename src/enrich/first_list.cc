// SPDX-License-Identifier: Apache-2.0
#include "enrich/first_list.h"

#include "base/bytes.h"
#include "base/state_file.h"

namespace tally {
namespace {

constexpr StateFormat kFormat{"TALLYFST", 1, "a list of runs", true};

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
  return seal_state(kFormat, body);
}

Result<FirstList> decode_first_list(std::string_view bytes) {
  TRY_ASSIGN(const StateBody body, open_state(kFormat, bytes));
  ByteReader in(body.bytes);
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
  if (!in.ok() || !in.at_end()) return kFormat.corrupt();
  return out;
}

}  // namespace tally
