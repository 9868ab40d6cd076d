// SPDX-License-Identifier: Apache-2.0
//
// Host and path of a URL that somebody claims to come from.
//
// Read are the schemes that send people: http, https, android-app and ios-app, whose host is the
// app's package. Credentials, port, query and fragment are skipped, never kept. Anything else, a
// bare word, javascript:, a host with a blank in it, is no referrer. Browsers send hosts in their
// ASCII form; bytes beyond ASCII are let through.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tally {

struct ReferrerUrl {
  bool app = false;
  std::string host;       // plain: lower case, no "www.", no dot at the end
  std::string_view path;  // "" or "/…", borrowed
};

std::optional<ReferrerUrl> read_referrer_url(std::string_view url);

// A host's bytes as they come: letters, digits, a few signs, whatever is not ASCII; with colons
// only between brackets; at most 255.
bool is_host(std::string_view host);

// "WWW.Example.org" → "example.org".
std::string plain_host(std::string_view host);
std::string_view host_without_port(std::string_view host);

// localhost and what lies below it, 127.0.0.0/8, ::1, 0.0.0.0. `host` is plain.
bool is_this_machine(std::string_view host);

}  // namespace tally
