// SPDX-License-Identifier: Apache-2.0
//
// The formats that answers at the read port may be in: those that need no file and can be sent as
// they are.
#pragma once

#include <string_view>

namespace tally {

bool is_guest_format(std::string_view format);

}  // namespace tally
