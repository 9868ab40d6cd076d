// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a PROXY header: what is complete stays so when more comes, what is incomplete has
// not said more than it has, and nothing is read beyond the limit.
#include <cstdint>

#include "base/check.h"
#include "redirect/proxy_protocol.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tally;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const ProxyHeader whole = parse_proxy_header(bytes);
  CHECK(whole.size <= bytes.size() && whole.size <= kMaxProxyHeader);
  if (whole.state == ProxyHeader::State::incomplete) CHECK(bytes.size() < kMaxProxyHeader);
  if (whole.state != ProxyHeader::State::complete) return 0;
  CHECK(whole.size > 0);
  const ProxyHeader exact = parse_proxy_header(bytes.substr(0, whole.size));
  CHECK(exact.state == ProxyHeader::State::complete && exact.size == whole.size);
  CHECK(exact.client == whole.client);
  CHECK(parse_proxy_header(bytes.substr(0, whole.size - 1)).state ==
        ProxyHeader::State::incomplete);
  return 0;
}
