// SPDX-License-Identifier: Apache-2.0
//
// The few pages that a person can meet on the links listener. No scripts, no outside requests; they
// follow the reader's light or dark setting.
#pragma once

#include <string_view>

namespace tally {

extern const std::string_view kNotFoundPage;
extern const std::string_view kExpiredPage;
extern const std::string_view kDisabledPage;
extern const std::string_view kScheduledPage;

}  // namespace tally
