// SPDX-License-Identifier: Apache-2.0
//
// The list beside the runs of first_clicks.h: which runs there are, and how far in the log of
// clicks they reach. It is replaced as a whole, and that is the moment in which a save happens.
// Layout in docs/formats/first_clicks.md.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "enrich/fingerprint_run.h"

namespace tally {

// A place in the log of clicks: record `n` of the start `epoch`.
struct ClicksPlace {
  std::uint32_t epoch = 0;
  std::uint64_t n = 0;
  friend auto operator<=>(const ClicksPlace&, const ClicksPlace&) = default;
};

struct FirstList {
  ClicksPlace through;        // all before it is in the runs
  std::vector<RunInfo> runs;  // those of a day oldest first
  friend bool operator==(const FirstList&, const FirstList&) = default;
};

std::string encode_first_list(const FirstList& list);
// ErrorCode::conflict when a newer version wrote it, ErrorCode::corrupt when it does not check.
Result<FirstList> decode_first_list(std::string_view bytes);

}  // namespace tally
