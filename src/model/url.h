// SPDX-License-Identifier: Apache-2.0
//
// The URLs that a link may lead to, and the one form in which they leave.
//
// What a person typed is kept as it was typed; validate_…_url() decide whether it may be used, and
// encode_location() gives the bytes for a Location header. Two placeholders may stand in a URL
// after its host and survive that encoding: `{token}`, what a pattern link matched, and
// `{click_id}`. Whoever fills them in encodes the value. They never stand in a host: then a
// stranger could choose where a link leads.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tally {

inline constexpr std::string_view kTokenPlaceholder = "{token}";
inline constexpr std::string_view kClickIdPlaceholder = "{click_id}";

enum class Placeholders : std::uint8_t { none, click_id, click_id_and_token };

// An absolute http or https URL with a host that can exist, a port in 1-65535 and no credentials,
// at most 2048 bytes, with no other placeholders than `allowed`. `field` names it in the error.
Result<void> validate_web_url(std::string_view url, std::string_view field,
                              Placeholders allowed = Placeholders::none);

// The same, or a URL of one of `schemes` (lower case), which open an app: "myapp://product/7".
Result<void> validate_app_url(std::string_view url, std::string_view field,
                              std::span<const std::string> schemes, Placeholders allowed);

// A comma list of schemes for validate_app_url(), folded to lower case. `invalid` for what is no
// scheme and for those that run or read something in the browser: javascript, data, file and kin.
Result<std::vector<std::string>> parse_app_schemes(std::string_view text);

// The schemes of app stores, which need no allow-list where a store is asked for.
std::span<const std::string> store_schemes();

// `url` with every byte that may not stand in a URL percent-encoded; existing escapes and the two
// placeholders are kept, a web URL's host is lower case and IDNA. This is the form that goes into a
// Location header.
std::string encode_location(std::string_view url);

// A host name as Host fields carry it: lower case, IDNA, no last dot. Refused on `field`: what is
// no name ("bad_host"), an address, a name without a dot other than localhost.
Result<std::string> canonical_host(std::string_view text, std::string_view field);

// The places where this server answers links: a link that leads to one would go in circles.
class OwnHosts {
 public:
  // The default domain: "https://go.example".
  explicit OwnHosts(std::string_view base_url);
  // A further domain. It is reached where the default one is: on the usual ports, on that of the
  // base URL.
  void add(std::string_view host);

  bool own(std::string_view url) const;
  // The host by which own() goes, as add() takes it; "" when `url` is none of the web.
  static std::string host_of(std::string_view url);

 private:
  struct Authority {
    std::string host;  // lower case, without a last dot
    std::string port;  // "" where it is the usual one, 80 or 443
    friend bool operator==(const Authority&, const Authority&) = default;
  };
  static Authority authority_of(std::string_view url);
  std::vector<Authority> places_;
};

// "https://go.example:8443" and "b.example" give "https://b.example:8443"; for the default domain,
// "", the base URL itself.
std::string base_url_of(std::string_view base_url, std::string_view domain);

}  // namespace tally
