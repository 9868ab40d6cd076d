// SPDX-License-Identifier: Apache-2.0
//
// One mail as the bytes that are sent (RFC 5322): plain text in UTF-8, to one address.
//
// Whatever a person has chosen ends up in the subject or the text. A subject with a line break or
// another control character is refused, addresses are checked, and the text is quoted-printable
// (RFC 2045): no content can begin a header of its own, and no line is longer than 76 characters.
// A subject that is not plain ASCII is written in encoded words (RFC 2047), cut between characters.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace tally {

struct Mail {
  std::string to;
  std::string subject;
  std::string text;     // lines end in "\n"
  std::string id;       // the same whenever it is sent again; letters, digits and hyphens
  UnixMillis time = 0;  // when it was written
};

// `invalid` with the field at fault: "from", "to", "subject", "id".
Result<std::string> message_text(std::string_view from, const Mail& mail);

}  // namespace tally
