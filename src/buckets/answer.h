// SPDX-License-Identifier: Apache-2.0
//
// What a server of buckets answered, in one line for people.
#pragma once

#include <string>
#include <string_view>

#include "http/outgoing.h"

namespace tally {

// "" when it did what it was asked. Else "403 SignatureDoesNotMatch: The request signature …", from
// the Code and the Message of the XML that S3 sends with an error, as far as they are there; or why
// no answer came.
std::string bucket_failure(const OutgoingAnswer& answer);

// The text of the first element of that name without elements inside; "" when there is none.
std::string xml_text(std::string_view xml, std::string_view name);

}  // namespace tally
