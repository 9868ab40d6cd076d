// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace tally {

// The first language of an Accept-Language header as `language` or `language-REGION`: "de",
// "en-GB", "es-419", "zh-TW" for zh-Hant-TW. "Unknown" for none, `*`, or what is not a language
// tag. Browsers list the preferred language first, so weights are not read.
std::string language_of(std::string_view accept_language);

}  // namespace tally
