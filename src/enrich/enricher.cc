// SPDX-License-Identifier: Apache-2.0
#include "enrich/enricher.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <optional>

#include "base/text.h"
#include "enrich/agent_reader.h"
#include "enrich/channel.h"
#include "enrich/client_hints.h"
#include "enrich/enrich_data.h"
#include "enrich/language.h"
#include "enrich/query.h"
#include "enrich/referrer.h"
#include "enrich/signals.h"
#include "enrich/stored_text.h"
#include "enrich/visitor.h"

namespace tally {
namespace {

// One hit on its way to being a click.
struct Draft {
  const HitView& hit;
  const Salt& salt;
  Address address;  // as precise as this hit may be looked at
  Click& click;
  Explanation* why;
  Site source_site;
  AdClick ad_click;

  // `reason()` makes the text; it runs only when somebody asked.
  template <class Reason>
  void because(std::string_view step, Reason reason) {
    if (why != nullptr) why->emplace_back(step, reason());
  }
};

constexpr std::size_t kStepCount = 11;
constexpr std::size_t kRemembered = 2048;
constexpr std::size_t kLongestHeader = 512;  // of those that are remembered
constexpr std::uint64_t kTimedEvery = 16;

bool mentions_prefetch(std::string_view purpose) {
  return contains_ignoring_case(purpose, "prefetch") || contains_ignoring_case(purpose, "preview");
}

// The query's value, which is stored text already, else the link's own.
void first_of(std::string& out, std::string&& query, std::string_view saved,
              std::string_view last = {}) {
  if (!query.empty())
    out = std::move(query);
  else
    out = stored_text(!saved.empty() ? saved : last);
}

}  // namespace

struct Enricher::Impl {
  Impl(const EnrichData& data, EnrichSettings s)
      : settings(std::move(s)),
        agent_rules(data.agents()),
        sites(data.sites()),
        databases(data.geo()),
        agents(agent_rules.shared()),
        geo(databases.shared()) {
    if (settings.own_domains) own_domains.emplace(*settings.own_domains);
    take_up_own_hosts();
  }

  void take_up_what_is_new() {
    if (agent_rules.refresh()) agents.use(agent_rules.shared());
    if (databases.refresh()) geo.use(databases.shared());
    if (sites.refresh()) {
      senders.forget();
      sources.forget();
    }
    if (own_domains && own_domains->refresh()) take_up_own_hosts();
  }

  void take_up_own_hosts() {
    own_hosts = {};
    for (const std::string& host : settings.own_hosts) own_hosts.add(host);
    if (!own_domains) return;
    for (const std::string& host : own_domains->value()) own_hosts.add(host);
  }

  void link(Draft& d);
  void user_agent(Draft& d);
  void client_hints(Draft& d);
  void traffic(Draft& d);
  void geography(Draft& d);
  void tags(Draft& d);
  void source(Draft& d);
  void channel(Draft& d);
  void language(Draft& d);
  void visitor(Draft& d);
  void privacy(Draft& d);

  struct Step {
    std::string_view name;
    void (Impl::*run)(Draft&);
  };
  static const std::array<Step, kStepCount> kSteps;

  EnrichSettings settings;
  Latest<AgentRules>::Reader agent_rules;
  Latest<Sites>::Reader sites;
  Latest<GeoDatabase>::Reader databases;
  AgentReader agents;
  GeoReader geo;
  // Clicks of a campaign come from the same few places.
  Memo<Sender> senders{kRemembered, kLongestHeader};
  Memo<Source> sources{kRemembered, kStoredTextCap};
  std::optional<OwnDomains::Reader> own_domains;
  HostSet own_hosts;
  SystemClock clock;
  // Written by the enriching thread alone, read by whoever asks for timings.
  std::atomic<std::uint64_t> clicks = 0;
  std::array<std::atomic<std::uint64_t>, kStepCount> nanoseconds{};  // of the timed clicks
};

const std::array<Enricher::Impl::Step, kStepCount> Enricher::Impl::kSteps = {{
    {"link", &Impl::link},
    {"user_agent", &Impl::user_agent},      // in-app, browser, system, device, screen, bot words
    {"client_hints", &Impl::client_hints},  // over what the user agent said
    {"traffic", &Impl::traffic},            // HEAD and prefetch over bot words
    {"geography", &Impl::geography},
    {"tags", &Impl::tags},
    {"source", &Impl::source},    // referrer, then who is named as the source
    {"channel", &Impl::channel},  // from tags, source and in-app browser
    {"language", &Impl::language},
    {"visitor", &Impl::visitor},
    {"privacy", &Impl::privacy},  // last: takes away what may not be kept
}};

void Enricher::Impl::link(Draft& d) {
  const HitView& hit = d.hit;
  Click& click = d.click;
  click.time = hit.time;
  click.workspace = hit.workspace;
  click.link = hit.link;
  click.outcome = hit.outcome;
  click.trigger = hit.trigger;
  click.domain = stored_text(hit.domain);
  click.prefix = stored_text(hit.prefix);
  click.token = stored_text(hit.token);
  click.variant = stored_text(hit.variant);
}

void Enricher::Impl::user_agent(Draft& d) {
  const AgentFacts& facts = agents.read(d.hit.user_agent);
  Click& click = d.click;
  click.os = facts.os;
  click.os_version = facts.os_version;
  click.browser = facts.browser;
  click.browser_version = facts.browser_version;
  click.platform = facts.platform;
  click.device = facts.device;
  click.in_app = facts.in_app;
  click.traffic = facts.traffic;
  click.reason = facts.reason;
  click.user_agent = facts.stored;
  if (facts.screen_w != 0) {
    click.screen_w = facts.screen_w;
    click.screen_h = facts.screen_h;
    click.dpr = facts.dpr;
    click.screen_source = ScreenSource::user_agent;
  }
  d.because("user_agent", [&] {
    return (facts.in_app ? "in-app browser " : "browser ") + facts.browser + ", device family " +
           agents.rules().device_family(d.hit.user_agent);
  });
}

void Enricher::Impl::client_hints(Draft& d) {
  const std::string changes = merge_client_hints(d.hit, agents.rules(), d.click);
  d.because("client_hints", [&] { return changes.empty() ? "nothing changed" : changes; });
}

void Enricher::Impl::traffic(Draft& d) {
  Click& click = d.click;
  if (d.hit.verdict) {
    // The edge had to know before it answered; the answer and the count must not disagree.
    click.traffic = d.hit.verdict->traffic;
    click.reason = stored_text(d.hit.verdict->reason);
  } else if (d.hit.is_head) {
    click.traffic = Traffic::head;
    click.reason = "head";
  } else if (mentions_prefetch(d.hit.purpose)) {
    click.traffic = Traffic::prefetch;
    click.reason = "purpose_header";
  }
  judge_by_signals(d.hit, click, false);
  d.because("traffic", [&] { return std::string(to_text(click.traffic)) + ": " + click.reason; });
}

void Enricher::Impl::geography(Draft& d) {
  const Place& place = geo.find(d.address);
  d.click.country = place.country;
  d.click.region = place.region;
  d.click.city = place.city;
  d.because("geography", [&]() -> std::string {
    if (!geo.status().loaded) return "no database: " + geo.status().error;
    if (!d.address.known()) return "no address";
    return place.country == "Unknown" ? "the database does not know" : geo.status().type;
  });
}

void Enricher::Impl::tags(Draft& d) {
  const SavedTags& saved = d.hit.saved;
  QueryTags query = read_query(d.hit.query);
  Click& click = d.click;
  // The named source; what may take its place is the next step's business.
  std::string& named = !query.source.empty()         ? query.source
                       : !query.plain_source.empty() ? query.plain_source
                                                     : query.ref;
  d.because("tags", [&]() -> std::string {
    if (!named.empty() || !query.campaign.empty() || !query.medium.empty())
      return "from the short URL's query, then the link's tags";
    return "from the link's tags";
  });
  first_of(click.source, std::move(named), saved.source);
  first_of(click.medium, std::move(query.medium), saved.medium);
  first_of(click.campaign, std::move(query.campaign), saved.campaign, saved.link_campaign);
  first_of(click.content, std::move(query.content), saved.content);
  first_of(click.term, std::move(query.term), saved.term);
  click.src = std::move(query.src);
  d.ad_click = query.ad_click;
  click.ad_click = query.ad_click.kind;
}

void Enricher::Impl::source(Draft& d) {
  Click& click = d.click;
  const Sites& names = sites.value();
  const auto take = [&](std::string_view name) -> const Source& {
    return sources.get(name, [&] { return names.source(name); });
  };
  const Sender& sender = senders.get(d.hit.referrer, [&] { return names.sender(d.hit.referrer); });
  const bool own = sender.is_own(d.hit.domain, own_hosts);
  if (!own) {
    click.referrer_host = sender.referrer.host;
    click.referrer_path = sender.referrer.path;
  }
  std::string_view from = "named";
  if (!click.source.empty()) {
    const Source& source = take(click.source);
    d.source_site = source.site;
    click.source = source.name;
  } else if (!click.referrer_host.empty()) {
    from = "referrer";
    d.source_site = sender.referrer.site;
    click.source = d.source_site.name.empty() ? click.referrer_host : d.source_site.name;
  } else if (click.in_app) {
    from = "in-app browser";
    std::string app = click.browser;
    std::ranges::replace(app, ' ', '_');
    d.source_site = take(app).site;
    click.source = d.source_site.name.empty() ? click.browser : d.source_site.name;
  } else {
    from = "none";
  }
  d.because("source", [&] {
    std::string reason(from);
    if (d.source_site.kind != SiteClass::none)
      reason += ", of class " + std::string(to_text(d.source_site.kind));
    return reason + (own ? "; the referrer is ourselves" : "");
  });
}

void Enricher::Impl::channel(Draft& d) {
  const Click& click = d.click;
  const ChannelVerdict verdict = channel_of({.qr = click.trigger == Trigger::qr,
                                             .in_app = click.in_app,
                                             .has_referrer = !click.referrer_host.empty(),
                                             .link_channel = d.hit.saved.channel,
                                             .source = click.source,
                                             .medium = click.medium,
                                             .campaign = click.campaign,
                                             .source_site = d.source_site,
                                             .ad_click = d.ad_click});
  d.because("channel", [&] { return std::string(verdict.rule); });
  d.click.channel = stored_text(verdict.channel);
}

void Enricher::Impl::language(Draft& d) { d.click.language = language_of(d.hit.accept_language); }

void Enricher::Impl::visitor(Draft& d) {
  d.click.visitor = visitor_of(d.salt, d.hit.workspace, d.address, d.hit.user_agent);
  d.click.ip = part_of(d.address, settings.ip);
}

void Enricher::Impl::privacy(Draft& d) {
  const SignalPolicy policy = policy_for(d.hit, settings.signals);
  if (policy == SignalPolicy::ignore) return;
  if (policy == SignalPolicy::anonymise) {
    d.click.ip = {};
    d.click.user_agent.clear();
    d.because("privacy", [] { return "DNT or GPC: anonymised"; });
    return;
  }
  d.click = not_recorded(std::move(d.click));
  d.because("privacy", [&] {
    return d.hit.do_not_record ? "the link's privacy: not recorded" : "DNT or GPC: not recorded";
  });
}

SignalPolicy policy_for(const HitView& hit, SignalPolicy signals) {
  if (hit.do_not_record) return SignalPolicy::do_not_record;
  return hit.wants_privacy ? signals : SignalPolicy::ignore;
}

Address address_to_use(const HitView& hit, SignalPolicy signals) {
  const bool anonymise = hit.wants_privacy && signals == SignalPolicy::anonymise;
  return anonymise ? hit.address.truncated() : hit.address;
}

Enricher::Enricher(const EnrichData& data, EnrichSettings settings)
    : impl_(std::make_unique<Impl>(data, std::move(settings))) {}
Enricher::~Enricher() = default;

Click Enricher::enrich(const HitView& hit, const ClickKey& key, const Salt& salt,
                       Explanation* why) {
  impl_->take_up_what_is_new();
  Click click;
  click.key = key;
  Draft draft{.hit = hit,
              .salt = salt,
              .address = address_to_use(hit, impl_->settings.signals),
              .click = click,
              .why = why,
              .source_site = {},
              .ad_click = {}};
  const std::uint64_t before_this = impl_->clicks.load(std::memory_order_relaxed);
  impl_->clicks.store(before_this + 1, std::memory_order_relaxed);
  if (before_this % kTimedEvery != 0) {
    for (const auto& step : Impl::kSteps) (impl_.get()->*step.run)(draft);
    return click;
  }
  auto before = impl_->clock.steady();
  for (std::size_t i = 0; i < kStepCount; ++i) {
    (impl_.get()->*Impl::kSteps[i].run)(draft);
    const auto after = impl_->clock.steady();
    const auto spent = std::chrono::duration_cast<std::chrono::nanoseconds>(after - before).count();
    auto& sum = impl_->nanoseconds[i];
    sum.store(sum.load(std::memory_order_relaxed) + static_cast<std::uint64_t>(spent),
              std::memory_order_relaxed);
    before = after;
  }
  return click;
}

void Enricher::look_ahead(std::span<const HitView* const> hits) {
  std::array<Address, GeoDatabase::kSideBySide> addresses;
  for (std::size_t i = 0; i < hits.size(); ++i)
    addresses[i] = address_to_use(*hits[i], impl_->settings.signals);
  impl_->geo.look_ahead(std::span(addresses).first(hits.size()));
}

std::vector<StepTiming> Enricher::timings() const {
  std::vector<StepTiming> out;
  const std::uint64_t calls = impl_->clicks.load(std::memory_order_relaxed);
  const std::uint64_t timed = (calls + kTimedEvery - 1) / kTimedEvery;
  for (std::size_t i = 0; i < kStepCount; ++i) {
    const std::uint64_t total =
        timed == 0 ? 0 : impl_->nanoseconds[i].load(std::memory_order_relaxed) / timed * calls;
    out.push_back({Impl::kSteps[i].name, calls, total});
  }
  return out;
}

}  // namespace tally
