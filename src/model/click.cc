// SPDX-License-Identifier: Apache-2.0
#include "model/click.h"

#include <algorithm>

#include "base/bytes.h"

namespace tally {
namespace {

constexpr ClickText kTexts[] = {
    {"domain", &Click::domain, true},
    {"prefix", &Click::prefix, true},
    {"token", &Click::token, false},
    {"variant", &Click::variant, true},
    {"reason", &Click::reason, true},
    {"country", &Click::country, true},
    {"region", &Click::region, true},
    {"city", &Click::city, true},
    {"language", &Click::language, true},
    {"os", &Click::os, true},
    {"os_version", &Click::os_version, true},
    {"browser", &Click::browser, true},
    {"browser_version", &Click::browser_version, true},
    {"referrer_host", &Click::referrer_host, true},
    {"referrer_path", &Click::referrer_path, false},
    {"channel", &Click::channel, true},
    {"source", &Click::source, true},
    {"medium", &Click::medium, true},
    {"campaign", &Click::campaign, true},
    {"content", &Click::content, true},
    {"term", &Click::term, true},
    {"src", &Click::src, true},
    {"ad_click", &Click::ad_click, true},
    {"user_agent", &Click::user_agent, false},
};

constexpr std::uint8_t kClickVersion = 1;
constexpr std::uint8_t kFirst = 1, kFirstWs = 2, kInApp = 4, kImported = 8;

template <class Kind, std::size_t N>
bool read_kind(ByteReader& in, const std::array<std::string_view, N>& names, Kind& out) {
  const auto value = in.fixed<std::uint8_t>();
  if (value >= names.size()) return false;
  out = static_cast<Kind>(value);
  return true;
}

}  // namespace

std::span<const std::string_view> click_names() {
  static constexpr std::string_view kNames[] = {"click_id",
                                                "time",
                                                "workspace_id",
                                                "link_id",
                                                "domain",
                                                "prefix",
                                                "token",
                                                "outcome",
                                                "traffic",
                                                "reason",
                                                "trigger",
                                                "variant",
                                                "first",
                                                "first_ws",
                                                "country",
                                                "region",
                                                "city",
                                                "language",
                                                "platform",
                                                "device",
                                                "os",
                                                "os_version",
                                                "browser",
                                                "browser_version",
                                                "in_app",
                                                "screen_w",
                                                "screen_h",
                                                "dpr",
                                                "screen_source",
                                                "referrer_host",
                                                "referrer_path",
                                                "channel",
                                                "source",
                                                "medium",
                                                "campaign",
                                                "content",
                                                "term",
                                                "src",
                                                "ad_click",
                                                "user_agent",
                                                "ip",
                                                "imported"};
  return kNames;
}

std::span<const ClickText> click_texts() { return kTexts; }

Click not_recorded(Click click) {
  Click kept;
  kept.key = click.key;
  kept.time = click.time;
  kept.workspace = click.workspace;
  kept.link = click.link;
  kept.outcome = click.outcome;
  kept.traffic = click.traffic;
  kept.imported = click.imported;
  if (kept.traffic != Traffic::human) kept.reason = std::move(click.reason);
  kept.domain = std::move(click.domain);
  kept.prefix = std::move(click.prefix);
  kept.token = std::move(click.token);
  for (std::string Click::* unknown :
       {&Click::country, &Click::region, &Click::city, &Click::language, &Click::os,
        &Click::os_version, &Click::browser, &Click::browser_version, &Click::channel}) {
    kept.*unknown = "Unknown";
  }
  return kept;
}

void encode_click(const Click& click, std::string& out) {
  put_fixed(out, kClickVersion);
  put_fixed(out, click.key.node);
  put_fixed(out, click.key.epoch);
  put_fixed(out, click.key.shard);
  put_varint(out, click.key.n);
  put_fixed(out, click.time);
  put_varint(out, click.workspace.value);
  put_varint(out, click.link.value);
  for (const auto kind :
       {static_cast<std::uint8_t>(click.outcome), static_cast<std::uint8_t>(click.traffic),
        static_cast<std::uint8_t>(click.trigger), static_cast<std::uint8_t>(click.platform),
        static_cast<std::uint8_t>(click.device), static_cast<std::uint8_t>(click.screen_source)}) {
    put_fixed(out, kind);
  }
  put_fixed(out, static_cast<std::uint8_t>(
                     (click.first ? kFirst : 0) | (click.first_ws ? kFirstWs : 0) |
                     (click.in_app ? kInApp : 0) | (click.imported ? kImported : 0)));
  put_fixed(out, click.screen_w);
  put_fixed(out, click.screen_h);
  put_fixed(out, click.dpr);
  put_fixed(out, click.visitor);
  out.append(reinterpret_cast<const char*>(click.ip.bytes.data()), click.ip.bytes.size());
  for (const ClickText& text : kTexts) put_text(out, click.*text.member);
}

Result<void> read_click(std::string_view& bytes, Click& click) {
  ByteReader in(bytes);
  if (in.fixed<std::uint8_t>() != kClickVersion)
    return fail(ErrorCode::corrupt, "click of an unknown version");
  click.key.node = in.fixed<std::uint16_t>();
  click.key.epoch = in.fixed<std::uint32_t>();
  click.key.shard = in.fixed<std::uint16_t>();
  click.key.n = in.varint();
  click.time = in.fixed<UnixMillis>();
  click.workspace = WorkspaceId{in.varint()};
  click.link = LinkId{in.varint()};
  const bool kinds_fit =
      read_kind(in, kOutcomeNames, click.outcome) && read_kind(in, kTrafficNames, click.traffic) &&
      read_kind(in, kTriggerNames, click.trigger) &&
      read_kind(in, kPlatformNames, click.platform) && read_kind(in, kDeviceNames, click.device) &&
      read_kind(in, kScreenSourceNames, click.screen_source);
  const auto flags = in.fixed<std::uint8_t>();
  click.first = (flags & kFirst) != 0;
  click.first_ws = (flags & kFirstWs) != 0;
  click.in_app = (flags & kInApp) != 0;
  click.imported = (flags & kImported) != 0;
  click.screen_w = in.fixed<std::uint16_t>();
  click.screen_h = in.fixed<std::uint16_t>();
  click.dpr = in.fixed<float>();
  click.visitor = in.fixed<std::uint64_t>();
  const std::string_view ip = in.raw(click.ip.bytes.size());
  for (const ClickText& text : kTexts) click.*text.member = in.text();
  if (!in.ok() || !kinds_fit) return fail(ErrorCode::corrupt, "click that does not decode");
  std::ranges::copy(ip, click.ip.bytes.begin());
  bytes = in.rest();
  return {};
}

}  // namespace tally
