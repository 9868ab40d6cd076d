// SPDX-License-Identifier: Apache-2.0
#include "cli/demo.h"

#include <fmt/format.h>

#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <vector>

#include "base/check.h"
#include "base/log.h"
#include "base/random.h"
#include "cli/demo_crowd.h"
#include "cli/demo_results.h"
#include "cli/demo_shop.h"
#include "cli/demo_traffic.h"
#include "clicks/click_batch.h"
#include "clicks/click_store.h"
#include "enrich/burst.h"
#include "enrich/enrich_data.h"
#include "enrich/first_clicks.h"
#include "http/request_head.h"
#include "links/link_feed.h"
#include "links/sqlite/links_database.h"
#include "links/sqlite/sqlite_stores.h"
#include "redirect/responder.h"
#include "server/default_paths.h"
#include "server/node.h"
#include "server/parts.h"

namespace tally {
namespace {

constexpr std::chrono::seconds kEngineStartLimit{60};
// No edge thread ever has this number, so no real click's key is taken.
constexpr std::uint16_t kDemoShard = 65535;
constexpr std::size_t kBatch = 20'000;
// The first clicks of a day: never saved, and gone with the day.
const FirstClicksOptions kInMemory{
    .directory = {}, .table_slots = 1 << 26, .most_unsaved = 1 << 25};
// All requests of a month are drawn before the first is stored, at 150 bytes each.
constexpr std::uint64_t kMostOfMonth = 5'000'000;
// Of a crowd one day is in memory, at 40 bytes a click.
constexpr std::uint64_t kMostOfCrowd = 10'000'000'000;
constexpr std::uint64_t kMostLinks = 1'000'000;
constexpr std::uint64_t kMostDays = 3'650;

// The workspace is older than its links.
constexpr UnixMillis kWorkspaceAge = 365 * kMillisPerDay;

Result<std::vector<Link>> make_links(LinkStore& store, WorkspaceId workspace, UnixMillis now,
                                     ManualClock& then) {
  std::vector<Link> out;
  for (Link& link : demo_links(now)) {
    link.workspace = workspace;
    then.set(link.created_at);
    TRY(validate(link));
    TRY_ASSIGN(Link made, store.create(link));
    out.push_back(std::move(made));
  }
  return out;
}

// A request as it would have come over the wire.
std::string head_of(const DemoRequest& request, std::string_view host) {
  std::string out =
      fmt::format("{} {} HTTP/1.1\r\nHost: {}\r\n", request.method, request.target, host);
  const auto add = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) fmt::format_to(std::back_inserter(out), "{}: {}\r\n", name, value);
  };
  add("User-Agent", request.user_agent);
  add("Referer", request.referrer);
  add("Accept-Language", request.accept_language);
  add("Sec-Purpose", request.purpose);
  return out + "\r\n";
}

// The way of a click from the request to the store, with the clock moved: the edge's own responder
// says what becomes of a request, the enricher makes it a click. A day's salt is drawn from the
// seed, lives here, and is gone afterwards, as the salts of past days are.
class DemoWriter {
 public:
  struct Deps {
    const LiveLinkTable& links;
    Enricher& enricher;
    ClickStore& store;
    const Node& node;
    std::string host;
    const EnrichData& data;
    DemoResults& results;
  };
  DemoWriter(Deps deps, std::uint64_t seed)
      : deps_(std::move(deps)),
        visitors_{&deps_.data, SignalPolicy::ignore,
                  [this](UnixMillis time) -> Result<Salt> { return salt_of(time); }},
        click_ids_(deps_.node.click_id_key()),
        responder_({deps_.links,
                    proxies_,
                    visitors_,
                    limits_,
                    sources_,
                    click_ids_,
                    {deps_.node.number(), deps_.node.epoch(), kDemoShard, 0}}),
        salts_(seed) {}

  // Requests must come by time. Nothing is sure to be stored before finish().
  Result<void> add(const DemoRequest& request) {
    const std::string head_text = head_of(request, deps_.host);
    CHECK(!parse_head(head_text, head_));
    answer_.clear();
    responder_.begin_turn(request.time);
    responder_.number_next(next_n_);
    const Responder::Answer answer = responder_.answer(head_, "", request.address, answer_);
    CHECK(answer.record);
    return keep(answer.hit);
  }

  Result<void> finish() {
    if (batch_.empty()) return {};
    const std::string token = fmt::format("demo-{}-{}-{}", deps_.node.number(), deps_.node.epoch(),
                                          batch_.ranges().front().first);
    TRY(deps_.store.insert(batch_, token));
    batch_ = {};
    return {};
  }

 private:
  // Nobody is kept out of a made-up month.
  class NoLimits final : public ClickLimits {
   public:
    bool take(LinkId, std::uint64_t) override { return true; }
    bool used_up(LinkId, std::uint64_t) const override { return false; }
  };

  // The salt of the day; requests come by time.
  const Salt& salt_of(UnixMillis time) {
    if (const std::int64_t day = time / kMillisPerDay; day != salt_day_) {
      salts_.fill(salt_);
      first_clicks_.emplace(files_, kInMemory);
      salt_day_ = day;
    }
    return salt_;
  }

  Result<void> keep(const HitView& hit) {
    Click click = deps_.enricher.enrich(
        hit, {deps_.node.number(), deps_.node.epoch(), kDemoShard, next_n_++}, salt_of(hit.time));
    bursts_.observe(hit, click);
    first_clicks_->mark(click);
    deps_.results.observe(click);
    const bool other_partition =
        !batch_.empty() && batch_.partition() != ClickStore::partition_of(click.time);
    if (batch_.rows() >= kBatch || other_partition) TRY(finish());
    batch_.add(click);
    return {};
  }

  Deps deps_;
  TrustedProxies proxies_;
  VisitorSources visitors_;
  NoLimits limits_;
  SourceLimits sources_{0};
  ClickIdCodec click_ids_;
  Responder responder_;
  RequestHead head_;
  std::string answer_;
  SeededRandom salts_;
  Salt salt_{};
  std::int64_t salt_day_ = -1;
  BurstWindow bursts_;
  PosixFiles files_;
  std::optional<FirstClicks> first_clicks_;  // of the day
  ClickBatch batch_;
  std::uint64_t next_n_ = 0;
};

Result<void> check(const DemoOptions& options) {
  struct Limit {
    std::string_view name;
    std::uint64_t value, least, most;
  };
  const bool crowd = options.links > 0;
  for (const Limit& limit : {Limit{"--clicks", options.clicks, 0, kMostOfCrowd},
                             Limit{"--links", options.links, 0, kMostLinks},
                             Limit{"--days", options.days, 1, kMostDays}}) {
    if (limit.value < limit.least || limit.value > limit.most)
      return fail(ErrorCode::invalid,
                  fmt::format("{} must be between {} and {}", limit.name, limit.least, limit.most));
  }
  if (!crowd && options.clicks > kMostOfMonth)
    return fail(ErrorCode::invalid,
                fmt::format("--clicks of the made-up shop must be at most {}", kMostOfMonth),
                "more than that are made on links of their own: add --links 10000");
  return {};
}

Result<void> store_requests(DemoWriter& writer, const std::vector<DemoRequest>& requests,
                            std::ostream& out) {
  for (std::size_t done = 0; done < requests.size(); ++done) {
    if (done > 0 && done % kBatch == 0)
      out << fmt::format("{} of {} requests", done, requests.size()) << std::endl;
    TRY(writer.add(requests[done]));
  }
  TRY(writer.finish());
  out << fmt::format("{0} of {0} requests", requests.size()) << std::endl;
  return {};
}

Result<void> refuse_if_used(LinkStore& links, const std::filesystem::path& data,
                            WorkspaceId workspace) {
  LinkListing any;
  any.workspace = workspace;
  any.limit = 1;
  TRY_ASSIGN(const LinkPage page, links.list(any));
  if (page.links.empty()) return {};
  return fail(ErrorCode::conflict, "the data folder '" + data.string() + "' holds links already",
              "name a fresh one with --data: made-up clicks never mix with real ones");
}

// What is open while a data folder is filled.
struct DemoFolder {
  SqliteStores& stores;
  ManualClock& then;
  ClickStore& clicks;
  Enricher& enricher;
  const Node& node;
  const EnrichData& data;
  const Workspace& workspace;
  std::string host;
};

Result<void> fill_month(const DemoFolder& folder, const std::vector<DemoRequest>& requests,
                        UnixMillis now, std::uint64_t seed, std::ostream& out) {
  SqliteStores& stores = folder.stores;
  TRY_ASSIGN(const auto links, make_links(stores.links, folder.workspace.id, now, folder.then));
  LiveLinkTable table;
  LinkFeed feed(stores.links, table, {folder.host, folder.workspace.id, "", ""});
  TRY(feed.start());
  out << fmt::format("{} links made", table.current()->size()) << std::endl;
  DemoResults results(links, seed);
  DemoWriter writer(
      {table, folder.enricher, folder.clicks, folder.node, folder.host, folder.data, results},
      seed);
  TRY(store_requests(writer, requests, out));
  return results.store(
      {stores.accounts, stores.figures, stores.conversions, stores.experiments, folder.then},
      folder.workspace, now);
}

}  // namespace

Result<void> fill_demo(const Settings& wanted, const DemoOptions& options, std::ostream& out) {
  TRY(check(options));
  Settings settings = wanted;
  fill_default_paths(settings);
  set_log_level(settings.log_level);
  const SystemClock clock;
  const UnixMillis now = clock.now_ms();
  ManualClock then(now - kWorkspaceAge);
  PosixFiles files;
  SystemRandom random;
  TRY_ASSIGN(const Node node, Node::open(files, random, settings.data));
  TRY_ASSIGN(auto database, LinksDatabase::open(links_file(settings, node), then));
  SqliteStores stores(std::move(database), then, random, node.click_id_key());
  TRY_ASSIGN(const Workspace workspace, stores.accounts.default_workspace());
  TRY(refuse_if_used(stores.links, settings.data, workspace.id));

  // The engine starts while rules are loaded and a month's requests are drawn.
  HttpClient http;
  const ClickStoreParts clicks = open_click_store(settings, node, clock, http);
  const std::string base_url =
      settings.links_base_url.empty() ? std::string(kDemoBaseUrl) : settings.links_base_url;
  TRY_ASSIGN(const auto data, EnrichData::load(data_files(settings), clock));
  Enricher enricher(*data, enrich_settings(settings, base_url));
  GeoReader geo(data->geo().get());
  if (!geo.status().loaded) out << "no geo database: every place will be Unknown" << std::endl;
  const CountryOf country_of = [&](const Address& address) { return geo.find(address).country; };
  std::vector<DemoRequest> requests;
  if (options.links == 0) {
    SeededRandom drawn(options.seed);
    requests = demo_traffic({now, options.clicks}, drawn, country_of);
  }
  if (clicks.engine) TRY(clicks.engine->wait_ready(kEngineStartLimit));
  TRY(clicks.store->migrate());
  TRY_ASSIGN(const auto oldest, clicks.store->oldest(workspace.id));
  if (oldest)
    return fail(ErrorCode::conflict, "the click store holds clicks already",
                "made-up clicks never mix with real ones: take a fresh store");

  const DemoFolder folder{stores, then,  *clicks.store, enricher,
                          node,   *data, workspace,     host_of(base_url)};
  auto stored = options.links == 0 ? fill_month(folder, requests, now, options.seed, out)
                                   : fill_crowd({options.clicks, options.links, options.days,
                                                 options.seed, now, folder.host},
                                                {stores.links,
                                                 then,
                                                 *clicks.store,
                                                 enricher,
                                                 country_of,
                                                 workspace.id,
                                                 {node.number(), node.epoch(), kDemoShard, 0}},
                                                out);
  if (!stored) return std::unexpected(std::move(stored.error()).within("the demo is incomplete"));
  out << "done: `tallymark serve --data " << settings.data.string() << "` shows it" << std::endl;
  return {};
}

}  // namespace tally
