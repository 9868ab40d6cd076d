// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "http/request_head.h"
#include "model/hit.h"

namespace tally {

// Fills in what a hit says of a request's header fields, in one pass over them. Returns the last
// X-Forwarded-Host, which counts only when a trusted proxy sent it; "" when there is none.
std::string_view take_headers(const RequestHead& head, HitView& hit);

// A browser that only fetches ahead: a redirect now would hide the real click from us later.
bool is_prefetch(std::string_view purpose);

// The Host without its port.
std::string_view without_port(std::string_view host);

}  // namespace tally
