// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace tally {

// Whether mail can be sent there: a local part of RFC 5321's dot-string, and a domain of letters,
// digits and hyphens. Quoted local parts, address literals and non-ASCII text are none: nobody's
// address is like that by intent, and what is left cannot end a line or begin another command.
bool is_mail_address(std::string_view text);

}  // namespace tally
