// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a Referer header and as a source.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "base/text.h"
#include "enrich/language.h"
#include "enrich/referrer.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tally;
  static const Sites sites;
  static const HostSet own = [] {
    HostSet hosts;
    hosts.add("own.example");
    return hosts;
  }();
  const std::string_view text(reinterpret_cast<const char*>(data), size);

  const Referrer referrer = sites.read(text, "go.example.com", own);
  CHECK(referrer.host.size() <= 255 && is_utf8(referrer.host));
  CHECK(referrer.path.size() <= 255 && is_utf8(referrer.path));
  CHECK(!is_utf8(text) || referrer.path.find('?') == std::string::npos);  // '?' stands for broken
  CHECK(referrer.host != "go.example.com" && referrer.host != "own.example");
  CHECK(is_utf8(sites.source_name(text)));
  CHECK(!language_of(text).empty());
  return 0;
}
