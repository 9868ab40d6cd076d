// SPDX-License-Identifier: Apache-2.0
//
// How secrets are made and kept (links/account_store.h says why).
//
// Passwords: Argon2id with 19 MiB and two passes, the OWASP minimum for it, through libsodium. The
// hash text carries its own parameters, so raising them later leaves old passwords valid. At most
// two are computed at a time: a storm of log-ins then costs time, not memory.
#pragma once

#include <string>
#include <string_view>

#include "base/random.h"
#include "base/result.h"

namespace tally {

inline constexpr std::string_view kLettersAndDigits =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

// A random secret of `length` letters and digits: 5.95 bits each.
std::string make_secret(Random& random, std::size_t length);

// SHA-256 in hex: how a random secret is stored and looked up.
std::string hash_secret(std::string_view secret);

// Compares in a time that depends on the lengths only.
bool same_secret(std::string_view a, std::string_view b);

Result<std::string> hash_password(std::string_view password);
// A hash that no password fits is "": it takes as long as any other and is never right.
bool fits_password(const std::string& hash, std::string_view password);

}  // namespace tally
