// SPDX-License-Identifier: Apache-2.0
//
// Ends the engine when the disk refuses a write.
//
// The embedded library does not look at the result of write(): in its copy of ClickHouse's
// WriteBufferFromFileDescriptor the error is dropped, and what should have been written counts as
// written. A disk that is full for a moment then leaves parts with holes, and they are not only
// kept but confirmed: an insert that lost its rows is answered with success, and a merge that lost
// them replaces its sources.
//
// So this program has a write() of its own. The library is loaded into it and finds that one before
// the C library's; once armed, a write to a file that fails ends the process at once, before the
// library can go on and rename what it has. The supervisor starts the next engine, which throws
// unfinished parts away, and the shipper asks for the outcome of what was under way, as after any
// other crash. That is the whole repair: nothing that was ever confirmed depended on that write.
//
// Refused: waiting in write() until there is space (a writer may hold the lock that questions
// need); asking for the damage afterwards (a merge has thrown its sources away by then).
#pragma once

namespace tally {

// From now on. For a process that does nothing but run the engine.
void arm_write_guard();

inline constexpr int kWriteRefusedExit = 4;  // the exit code of a process that the guard ended

}  // namespace tally
