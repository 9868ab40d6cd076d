// SPDX-License-Identifier: Apache-2.0
//
// Stores clicks of the past, each once, and has the first clicks of their days worked out.
//
// Each click has a number of its own, from its click id or from its line and where that stands, and
// what is stored already is not stored again. So there is nothing to remember about files: one that
// comes a second time, or again after a crash in its middle, adds what is missing. An insert whose
// outcome is unknown is asked about before it is repeated, and repeated under the same token, as in
// docs/decisions/0020-conversions-carry-their-clicks.md.
//
// Who came first cannot be told from a piece of a file. The piece's own firsts are marked, which is
// right for files in the order of time; before any row of a visitor is stored its day is noted for
// the reclassifier, which works it out from all rows, those of live clicks too
// (docs/decisions/0027-imported-clicks.md).
#pragma once

#include <cstddef>
#include <span>

#include "api/clicks_input.h"
#include "clicks/click_store.h"
#include "pipeline/reclassifier.h"

namespace tally {

// Among the clicks of known visitors: flags each one's first person's click that led somewhere, of
// a UTC day, on a link (`first`) and at all (`first_ws`). What was told of others stays.
void mark_first_clicks(std::span<Click> clicks);

// How many of them were not stored yet. One call at a time: two could both miss the same click.
Result<std::size_t> store_clicks(ClickStore& store, Reclassifier& days, WorkspaceId workspace,
                                 const ClicksInput& input);

}  // namespace tally
