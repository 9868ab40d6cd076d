// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a request: one answer with one head, and a hit that can be stored.
#include <cstdint>
#include <string>

#include "base/check.h"
#include "redirect/responder.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tally;
  static const LiveLinkTable& live = [] -> const LiveLinkTable& {
    static LiveLinkTable table;
    Link link;
    link.id = {1};
    link.workspace = {1};
    link.prefix = "promo";
    link.destination = "https://example.com/";
    table.publish(LinkTable().with(std::vector<LinkChange>{{1, link, false}}));
    return table;
  }();
  static const TrustedProxies proxies({*Network::parse("0.0.0.0/0")});
  Responder responder(live, proxies, WorkspaceId{1});
  responder.begin_turn(1'784'548'800'000);
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  HeadScanner scanner;
  Refusal why;
  const std::size_t end = scanner.find_end(bytes, why);
  if (end == 0 && !why) return 0;
  RequestHead head;
  if (!why) why = parse_head(bytes.substr(0, end), head);
  std::string out;
  if (why) {
    responder.refuse(why.status, why.detail, out);
    CHECK(why.status >= 400);
  } else {
    const auto answer = responder.answer(head, "", *Address::parse("203.0.113.9"), out);
    if (answer.record) {
      std::string encoded;
      encode_hit(answer.hit, encoded);
      CHECK(decode_hit(encoded));
    }
  }
  CHECK(out.starts_with("HTTP/1.1 "));
  CHECK(out.find("\r\n\r\n") != std::string::npos);
  return 0;
}
