// SPDX-License-Identifier: Apache-2.0
//
// Takes something out of a closed segment for good.
//
// A log is written once; this is the one exception, for what has to be erased. The segment is
// written anew beside the old file and renamed over it: the same name, the same numbers, records
// that were left alone as they were, a seal at the end. A crash leaves one or the other.
//
// Only for segments that nobody reads any more: a reader in the middle of the old file would look
// for the rest of it at places where the new one has something else.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/files.h"
#include "base/result.h"
#include "journal/writer.h"

namespace tally {

// Something else in the place of a record's payload, or nothing when it stays.
using Rewriting = std::function<Result<std::optional<std::string>>(std::string_view payload)>;

// The segment as it is afterwards; nothing when all of it stayed. ErrorCode::corrupt when some of
// its records cannot be read: nobody knows what is in those, so such a segment can only be removed.
Result<std::optional<SegmentState>> rewrite_segment(Files& files, const SegmentState& segment,
                                                    const Rewriting& rewriting);

}  // namespace tally
