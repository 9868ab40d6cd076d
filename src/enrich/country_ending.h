// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace tally {

// Where the ending begins that a site has per country, as google.com, google.de, google.co.uk and
// google.com.br do: `host.substr(country_ending(host))` is "com", two letters, or co.xx and com.xx
// where that is how the country's registry hands names out. npos when the host ends otherwise.
//
// Any other second level belongs to somebody: google.evil.io is not Google, nor is google.com.de.
std::string_view::size_type country_ending(std::string_view host);

}  // namespace tally
