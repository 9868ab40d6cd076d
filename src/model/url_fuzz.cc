// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as what a person types where a URL, a host or a link's name is asked for. Encoding is
// stable and leaves nothing that a header may not carry; what is accepted is accepted in its
// encoded form too; nobody can write one of our hosts so that the loop check does not know it.
#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/check.h"
#include "base/text.h"
#include "model/link.h"
#include "model/url.h"

namespace tally {
namespace {

constexpr std::size_t kMaxUrl = 2048;
constexpr std::array kAllowed = {Placeholders::none, Placeholders::click_id,
                                 Placeholders::click_id_and_token};

bool is_visible_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; });
}

void check_url(std::string_view text) {
  static const std::vector<std::string> schemes = {"myapp"};
  static const OwnHosts own("https://go.example:8443");
  const std::string encoded = encode_location(text);
  CHECK(is_visible_ascii(encoded));
  CHECK(encode_location(encoded) == encoded);
  CHECK(own.own(text) == own.own(encoded));
  for (const Placeholders allowed : kAllowed) {
    const auto web = validate_web_url(text, "f", allowed);
    if (!web) CHECK(web.error().field == "f" && !web.error().slug.empty());
    if (web) CHECK(validate_app_url(text, "f", schemes, allowed));
    if (web) CHECK(encoded.starts_with("http://") || encoded.starts_with("https://"));
    if (encoded.size() > kMaxUrl) continue;
    if (web) CHECK(validate_web_url(encoded, "f", allowed));
    if (validate_app_url(text, "f", schemes, allowed))
      CHECK(validate_app_url(encoded, "f", schemes, allowed));
  }
}

void check_host(std::string_view text) {
  const auto host = canonical_host(text, "f");
  if (!host) return;
  CHECK(is_visible_ascii(*host) && lower(*host) == *host);
  CHECK(canonical_host(*host, "f") == *host);
  const std::string url = "http://" + *host + "/";
  CHECK(validate_web_url(url, "f") && encode_location(url) == url);
  // However the host is written in a URL, the loop check knows it.
  OwnHosts own("https://other.example");
  own.add(*host);
  CHECK(own.own(url) && own.own("https://" + std::string(text) + ":443?x"));
}

void check_name(std::string_view text) {
  if (validate_prefix(text)) CHECK(is_visible_ascii(text) && !is_reserved_prefix(text));
  if (!validate_token(text)) return;
  Link link;
  link.prefix = "p";
  link.token = text;
  const std::string path = short_path(link);
  CHECK(is_visible_ascii(path) && path.starts_with("/p"));
  if (!text.empty()) CHECK(percent_decode(path.substr(3)) == text);
}

}  // namespace
}  // namespace tally

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  tally::check_url(text);
  tally::check_host(text);
  tally::check_name(text);
  return 0;
}
