// SPDX-License-Identifier: Apache-2.0
//
// The tables below src/enrich/data/ are text: one row a line, fields separated by blanks, `#`
// begins a comment line. They are compiled into the program as string literals.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tally {

// The rows of `text`, cut into at most `fields` pieces; the last one keeps its blanks. A row with
// fewer pieces has fewer pieces here. The pieces borrow from `text`.
std::vector<std::vector<std::string_view>> read_table(std::string_view text, std::size_t fields);

// Underscores read as blanks, for names in a table whose fields cannot hold any.
std::string spaced(std::string_view name);

}  // namespace tally
