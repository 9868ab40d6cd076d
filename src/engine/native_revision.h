// SPDX-License-Identifier: Apache-2.0
//
// Native blocks for clients that say which revision of the protocol they speak.
//
// The library writes Native as of revision 0. A server asked with `client_protocol_version` writes
// a little more, and Go's client, which is Grafana's, reads no other: each block begins with eight
// bytes about the block, and from revision 54454 on a byte behind each column's type says that the
// column is written as usual. So blocks are read through, which takes the size of every type there
// is, and written again with those bytes between. The form is that of ClickHouse's NativeWriter.
//
// A type whose size cannot be told from its name (states of aggregate functions, Variant, Dynamic,
// JSON) cannot be sent that way; a guest can turn it into text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tally {

// `invalid` for a column that cannot be sent, `corrupt` for bytes that are no blocks.
Result<std::string> native_of_revision(std::string_view blocks, std::uint64_t revision);

}  // namespace tally
