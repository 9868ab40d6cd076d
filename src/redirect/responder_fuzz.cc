// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a request with a body, against links of every kind: one answer with one head, no
// line of it made by the request, and a hit that can be stored.
#include <cstdint>
#include <string>

#include "base/check.h"
#include "redirect/beacon.h"
#include "redirect/responder.h"

namespace tally {
namespace {

class NoLimits final : public ClickLimits {
 public:
  bool take(LinkId, std::uint64_t) override { return true; }
  bool used_up(LinkId, std::uint64_t) const override { return false; }
};

std::vector<LinkChange> every_kind() {
  std::vector<LinkChange> out;
  const auto add = [&](std::string prefix, std::string token, void (*set)(Link&)) {
    Link link;
    link.id = {out.size() + 1};
    link.workspace = {1};
    link.prefix = std::move(prefix);
    link.token = std::move(token);
    link.destination = "https://example.com/a?utm_source=x#top";
    set(link);
    out.push_back({out.size() + 1, link, false});
  };
  add("promo", "", [](Link&) {});
  add("p", ":token", [](Link& l) { l.destination = "https://example.com/{token}?c={click_id}"; });
  add("q", "", [](Link& l) {
    l.passthrough = l.append_click_id = true;
    l.utm.medium = "saved \"medium\"";
  });
  add("r", "", [](Link& l) {
    Rule rule;
    rule.query = QueryCondition{"a", "b c"};
    rule.languages = {"de"};
    rule.destination = "https://example.com/r";
    l.rules = {rule};
    l.variants = {{"v", 1, "https://example.com/v"}};
  });
  add("w", "", [](Link& l) { l.password_hash = "$argon2id$"; });
  add("l", ":token", [](Link& l) {
    l.landing = l.passthrough = true;
    l.title = "<&\"'>";
    l.click_limit = 5;
  });
  add("o", "", [](Link& l) { l.open_graph.title = "<b>"; });
  add("e", "", [](Link& l) { l.expires_at = 1; });
  return out;
}

struct World {
  LiveLinkTable live;
  TrustedProxies proxies{{*Network::parse("0.0.0.0/0")}};
  VisitorSources visitors{nullptr, SignalPolicy::ignore,
                          [](UnixMillis) -> Result<Salt> { return Salt{}; }};
  NoLimits limits;
  SourceLimits sources{0};
  ClickIdCodec click_ids{ClickIdCodec::Key{}};
  Responder responder{{live, proxies, visitors, limits, sources, click_ids, ClickKey{1, 1, 0, 0}}};

  World() {
    const WorkspaceId with_cookie[] = {{1}};
    live.publish(LinkTable().with(every_kind())->with_domains({}, with_cookie));
  }
};

void check_answer(std::string_view out) {
  CHECK(out.starts_with("HTTP/1.1 "));
  const auto end = out.find("\r\n\r\n");
  CHECK(end != std::string_view::npos);
  // Every line of the head ends in CRLF, and no byte of it is anything but visible ASCII.
  for (std::size_t i = 0; i < end; ++i) {
    const char c = out[i];
    if (c == '\r') CHECK(out[i + 1] == '\n');
    if (c == '\n') CHECK(out[i - 1] == '\r');
    CHECK(c == '\r' || c == '\n' || (c >= 0x20 && c < 0x7f));
  }
  const auto head = out.substr(0, end);
  CHECK(head.find("\r\nLocation:") == head.rfind("\r\nLocation:"));
}

}  // namespace
}  // namespace tally

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tally;
  static World world;
  Responder& responder = world.responder;
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
    check_answer(out);
    return 0;
  }
  const std::string_view body = bytes.substr(end, kMaxEdgeBody);
  const Address peer = *Address::parse("203.0.113.9");
  for (const auto verdict :
       {PasswordVerdict::not_asked, PasswordVerdict::right, PasswordVerdict::wrong}) {
    out.clear();
    const auto answer = responder.answer(head, body, peer, out, verdict);
    if (answer.tells) {
      CHECK(out.empty() && !answer.record);
      continue;
    }
    if (answer.ask) {
      CHECK(out.empty() && !answer.record && verdict == PasswordVerdict::not_asked);
      continue;
    }
    check_answer(out);
    if (!answer.record) continue;
    std::string encoded;
    encode_hit(answer.hit, encoded);
    CHECK(decode_hit(encoded));
  }
  if (const auto report = parse_beacon(body)) CHECK(!report->click_id.empty());
  return 0;
}
