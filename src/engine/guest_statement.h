// SPDX-License-Identifier: Apache-2.0
//
// What a guest may ask: pure text work, before the engine sees any of it.
//
// A guest is a program that asks through the read port. The engine itself refuses it all that is no
// reading of its own view (runner.cc); this is the gate in front, for what the library does
// outside of its access control. Its front end is that of a command line: it runs several
// statements of one text, takes statements from files (INFILE, \i) and writes answers into files
// (INTO OUTFILE), and functions like file() and hasColumnInTable() ask nobody before they open a
// file or dial a host.
//
// So a text is cut into tokens, by the library's own rules but narrower: nothing but ASCII outside
// of quotes, no heredocs, nothing that is not closed. What then runs is put together from the
// tokens, without comments, so that what was judged is what is run. Allowed is one statement that
// begins as reading does, with a format of the list, without settings of its own, and without the
// functions that reach out of the store or take long over one value.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace tally {

struct GuestStatement {
  std::string sql;     // without comments and a closing semicolon
  std::string format;  // that it names; "" for none
};

// `malformed` for a text that is no single statement; `forbidden` for one that guests may not have
// run. "" for a text without a statement.
Result<GuestStatement> read_guest_statement(std::string_view text);

}  // namespace tally
