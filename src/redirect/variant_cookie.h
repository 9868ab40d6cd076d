// SPDX-License-Identifier: Apache-2.0
//
// The cookie that keeps somebody with the variant that they were given, where a workspace wants it.
//
// It has the link's number, is sent back below the link's prefix, and names a variant: nobody can
// be told apart by it, and it says nothing about other links. It counts from the day it was given
// and is not renewed.
//
//   Set-Cookie: tm_7=blue%20button; Path=/promo; Max-Age=2592000; HttpOnly; SameSite=Lax
#pragma once

#include <string>

#include "base/clock.h"
#include "http/request_head.h"
#include "links/edge_link.h"

namespace tally {

inline constexpr UnixMillis kVariantKept = 30 * kMillisPerDay;

// The variant that the request's cookie names; "" when there is none, or what is no name.
std::string kept_variant(const RequestHead& head, LinkId link);

// The header field, with its line end.
std::string variant_cookie(const EdgeLink& link, std::string_view variant);

}  // namespace tally
