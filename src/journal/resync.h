// SPDX-License-Identifier: Apache-2.0
//
// Finds the next record behind bytes that are none.
//
// Records are read from the front: where one begins is known from the length of the one before.
// When a record's payload or checksum is damaged its length is still true, so the next record is
// where it must be, under the number it must have. When the length itself is damaged every byte is
// a place where the next record might begin, and how many records lie between is unknown too. But a
// record is only valid under its own number (decision 4), so trying the possible numbers gives
// both: where it is, and how many were lost.
//
// A checksum of 32 bits lets one wrong try in four thousand million through, and there may be many
// tries. So a place that was not reached by true lengths counts only if what follows is right as
// well: another record under the next number, the seal, or nothing at all up to the end.
//
// Whoever reads on reads those bytes too, and recovery keeps them. Lengths further on are asked
// only whether there is such a place, to save hashing, and not which: so what is found is the same
// before and after recovery has cut off what stands behind the last record.
//
// The search is bounded; past that, the rest of the segment is taken for lost.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tally {

struct RecordPlace {
  std::uint64_t offset = 0;  // in the bytes that were searched
  std::uint64_t n = 0;       // of the record there; the number after the last record at a seal
};

// `bytes` begin where record `n` should be and is not, and end where the segment's believed bytes
// end. The first record or seal behind, or nothing.
std::optional<RecordPlace> find_next_record(std::string_view bytes, std::uint64_t seed,
                                            std::uint64_t n);

}  // namespace tally
