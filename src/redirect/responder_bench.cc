// SPDX-License-Identifier: Apache-2.0
//
// What the edge does between reading a request and handing its hit to the journal, with a browser's
// headers: for a plain link, and for links that ask who is there.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>

#include "base/log.h"
#include "http/request_head.h"
#include "redirect/responder.h"

namespace tally {
namespace {

class NoLimits final : public ClickLimits {
 public:
  bool take(LinkId, std::uint64_t) override { return true; }
  bool used_up(LinkId, std::uint64_t) const override { return false; }
};

constexpr std::string_view kHeaders =
    " HTTP/1.1\r\nHost: go.example.com\r\nConnection: keep-alive\r\n"
    "sec-ch-ua: \"Chromium\";v=\"142\", \"Not A(Brand\";v=\"24\"\r\nsec-ch-ua-mobile: ?0\r\n"
    "sec-ch-ua-platform: \"Windows\"\r\nUpgrade-Insecure-Requests: 1\r\n"
    "User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/142.0.0.0 Safari/537.36\r\n"
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
    "\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-User: ?1\r\n"
    "Sec-Fetch-Dest: document\r\nReferer: https://www.example.org/\r\n"
    "Accept-Encoding: gzip, deflate, br, zstd\r\nAccept-Language: de-DE,de;q=0.9,en;q=0.8\r\n\r\n";

std::vector<LinkChange> links() {
  std::vector<LinkChange> out;
  const auto add = [&](std::string prefix, void (*set)(Link&)) {
    Link link;
    link.id = {out.size() + 1};
    link.workspace = {1};
    link.prefix = std::move(prefix);
    link.destination = "https://shop.example.com/products/1234567";
    set(link);
    out.push_back({out.size() + 1, link, false});
  };
  add("plain", [](Link&) {});
  add("variants", [](Link& l) {
    l.variants = {{"a", 1, "https://example.com/a"}, {"b", 1, "https://example.com/b"}};
  });
  add("platforms", [](Link& l) { l.ios.url = "https://example.com/ios"; });
  add("merged", [](Link& l) { l.passthrough = l.append_click_id = true; });
  return out;
}

void answer(benchmark::State& state, const std::string& target) {
  const SystemClock clock;
  const auto data =
      EnrichData::load({.user_agent_rules = "/usr/share/uap-core/regexes.yaml"}, clock);
  if (!data) return state.SkipWithError(data.error().line().c_str());
  LiveLinkTable live;
  live.publish(LinkTable().with(links()));
  const TrustedProxies proxies;
  const VisitorSources visitors{data->get(), SignalPolicy::ignore,
                                [](UnixMillis) -> Result<Salt> { return Salt{}; }};
  NoLimits limits;
  SourceLimits sources;
  const ClickIdCodec click_ids(ClickIdCodec::Key{});
  Responder responder({live, proxies, visitors, limits, sources, click_ids, ClickKey{1, 1, 0, 0}});
  responder.begin_turn(1'784'548'800'000);
  const std::string request = "GET " + target + std::string(kHeaders);
  const Address peer = *Address::parse("203.0.113.9");
  RequestHead head;
  std::string out, journal;
  for (auto _ : state) {
    out.clear();
    journal.clear();
    parse_head(request, head);
    const auto done = responder.answer(head, {}, peer, out);
    encode_hit(done.hit, journal);
    benchmark::DoNotOptimize(journal.data());
  }
  state.counters["hit_bytes"] = static_cast<double>(journal.size());
}

void plain(benchmark::State& state) { answer(state, "/plain"); }
void variants(benchmark::State& state) { answer(state, "/variants"); }
void platforms(benchmark::State& state) { answer(state, "/platforms"); }
void merged(benchmark::State& state) { answer(state, "/merged?utm_source=x&a=b"); }
BENCHMARK(plain);
BENCHMARK(variants);
BENCHMARK(platforms);
BENCHMARK(merged);

// The head alone, to take off from the others.
void parse(benchmark::State& state) {
  const std::string request = "GET /plain" + std::string(kHeaders);
  RequestHead head;
  for (auto _ : state) {
    parse_head(request, head);
    benchmark::DoNotOptimize(head);
  }
}
BENCHMARK(parse);

}  // namespace
}  // namespace tally

BENCHMARK_MAIN();
