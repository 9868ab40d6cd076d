// SPDX-License-Identifier: Apache-2.0
#include "server/app.h"

#include <fcntl.h>

#include <optional>

#include "api/server.h"
#include "base/log.h"
#include "base/random.h"
#include "journal/recovery.h"
#include "links/sqlite/sqlite_stores.h"
#include "redirect/edge.h"
#include "server/counting.h"
#include "server/default_paths.h"
#include "server/edge_parts.h"
#include "server/hand_over.h"
#include "server/health.h"
#include "server/metrics.h"
#include "server/node.h"
#include "server/parts.h"
#include "server/version.h"

namespace tally {

struct App::Parts {
  explicit Parts(Settings s, Node n) : settings(std::move(s)), node(std::move(n)) {}
  // Each part goes on until the one that feeds it has ended.
  ~Parts() {
    door.reset();
    console.reset();
    if (edge) edge->stop();
    if (page_conversions) page_conversions->when_taken({});
    if (counting) counting->finish();
  }

  Result<void> open_links();
  // All the rest, in place of another process when there is an inheritance.
  Result<void> open_rest(std::optional<Inheritance> inheritance);
  Result<void> open_edge(std::optional<EdgeEstate> estate);
  Result<void> open_counting(bool goes_on);
  Result<void> open_console();
  // Everything but links and the edge.
  void close_counting();
  Result<bool> hand_over();

  const Settings settings;
  SystemClock clock;
  SystemRandom random;
  PosixFiles files;
  Node node;
  std::unique_ptr<LogSpace> log_space;
  std::unique_ptr<Unrecorded> unrecorded;
  std::vector<std::string> recovery_notes;
  const std::function<void(const std::string&)> report = [this](const std::string& line) {
    log_warn("{}", line);
    recovery_notes.push_back(line);
  };
  const std::function<bool(const TimeRange&)> incomplete = [this](const TimeRange& range) {
    return unrecorded->overlaps(range.from, range.to);
  };
  AppAddresses addresses;
  std::string base_url;
  WorkspaceId home;  // the default domain's
  std::unique_ptr<SqliteStores> stores;
  std::unique_ptr<SmtpClient> smtp;  // none where no mail is sent
  std::unique_ptr<PublicConversions> page_conversions;
  LiveLinkTable link_table;
  OwnDomains our_hosts{std::make_shared<const std::vector<std::string>>()};
  std::unique_ptr<LinkFeed> feed;
  std::unique_ptr<EnrichData> data;
  std::unique_ptr<SaltKeeper> salts;
  std::vector<std::shared_ptr<Shard>> left_over;  // journal shards of earlier starts
  std::unique_ptr<LimitCounter> limits;
  Bell bell;
  std::unique_ptr<TlsContext> tls;
  std::unique_ptr<Edge> edge;
  std::unique_ptr<Counting> counting;
  Socket console_socket;  // inherited
  std::unique_ptr<ApiServer> console;
  std::unique_ptr<HandOverDoor> door;
};

Result<void> App::Parts::open_links() {
  data = std::make_unique<EnrichData>(data_files(settings), clock);
  data->start();
  TRY_ASSIGN(auto database, LinksDatabase::open(links_file(settings, node), clock));
  stores = std::make_unique<SqliteStores>(std::move(database), clock, random, node.click_id_key());
  TRY(check_together(files, settings));
  if (!settings.mail.url.empty()) smtp = std::make_unique<SmtpClient>(settings.mail);
  page_conversions = make_page_conversions(stores->accounts, stores->conversions, clock, node);
  TRY_ASSIGN(const Workspace workspace, stores->accounts.default_workspace());
  home = workspace.id;
  TRY(stores->accounts.set_bootstrap_key(settings.bootstrap_key));
  TRY(check_redirects(settings, stores->links));
  feed = std::make_unique<LinkFeed>(stores->links, link_table, default_domain(settings, home),
                                    keep_hosts(our_hosts));
  return feed->start();
}

Result<void> App::Parts::open_edge(std::optional<EdgeEstate> estate) {
  log_space = std::make_unique<LogSpace>(settings.journal_max_bytes, log_reserve(settings));
  TRY_ASSIGN(auto found, recover_log(files, node.raw_log(), LogKind::raw));
  report_recovery("journal", found, report);
  left_over = group_by_shard(std::move(found.segments), log_space.get());
  // After a hand-over that failed it is there, with what could not be written down.
  if (!unrecorded) {
    TRY_ASSIGN(unrecorded, Unrecorded::open(files, node.unrecorded_file(), report));
  }
  TRY_ASSIGN(limits, LimitCounter::open(
                         files, node.cursors() / "limits", left_over,
                         [this] { return !edge->degraded(); }, report));
  EdgeOptions options = edge_options(settings, node, *log_space, *data);
  salts = std::make_unique<SaltKeeper>(files, clock, random, node.secrets());
  options.visitors.salt_of = [this](UnixMillis time) { return salts->for_time(time); };
  TRY_ASSIGN(tls, open_tls(settings));
  options.tls = tls.get();
  options.take_conversion = [this](std::string_view body) { return page_conversions->take(body); };
  edge = std::make_unique<Edge>(files, clock, link_table, *limits, JournalShared{bell, *unrecorded},
                                options);
  TRY(estate ? edge->inherit(std::move(*estate)) : edge->listen());
  addresses.links = url_of(settings.links.address, edge->port(), tls != nullptr);
  base_url = settings.links_base_url.empty() ? addresses.links : settings.links_base_url;
  return edge->start();
}

Result<void> App::Parts::open_counting(bool goes_on) {
  TRY_ASSIGN(counting, Counting::open({.settings = settings,
                                       .node = node,
                                       .files = files,
                                       .clock = clock,
                                       .random = random,
                                       .links = stores->links,
                                       .accounts = stores->accounts,
                                       .conversions = stores->conversions,
                                       .alerts = stores->alerts,
                                       .exports = stores->exports,
                                       .webhooks = stores->webhooks,
                                       .outbox = stores->outbox,
                                       .smtp = smtp.get(),
                                       .data = *data,
                                       .our_hosts = our_hosts,
                                       .salts = *salts,
                                       .log_space = *log_space,
                                       .limits = *limits,
                                       .edge = *edge,
                                       .bell = bell,
                                       .left_over = left_over,
                                       .base_url = base_url,
                                       .incomplete = incomplete,
                                       .console_url = console_url(settings),
                                       .report = report,
                                       .goes_on = goes_on}));
  return {};
}

Result<void> App::Parts::open_console() {
  Counting& now = *counting;
  const HealthSources health{clock, *edge, *unrecorded, *feed, *data, now, recovery_notes};
  const MetricSources metrics{clock,      *edge, *unrecorded, *log_space,   settings.durability,
                              link_table, *data, now,         settings.data};
  ApiDeps deps{
      .links = stores->links,
      .accounts = stores->accounts,
      .figures = stores->figures,
      .conversions = stores->conversions,
      .experiments = stores->experiments,
      .alerts = stores->alerts,
      .exports = stores->exports,
      .webhooks = stores->webhooks,
      .clicks = now.clicks(),
      .reclassifier = now.reclassifier(),
      .eraser = now.eraser(),
      .export_runner = now.exports(),
      .export_places = now.export_places(),
      .buckets = now.buckets(),
      .live = now.live(),
      .clock = clock,
      .random = random,
      .as_of = [&now] { return now.shipper().counters().as_of.load(); },
      .await_stored = [&now](UnixMillis time) { return now.shipper().await_stored(time); },
      .count_at_least = [this](LinkId id, auto n) { return limits->count_at_least(id, n); },
      .visitors_of = visitor_finder(*salts, clock),
      .given_out = [this](const ClickKey& click) { return node.may_have(click); },
      .place_visitor = visitor_placer(*salts, clock, settings, node),
      .parts = [health] { return part_states(health); },
      .metrics_text = [metrics] { return metrics_text(metrics); },
      .links_changed = [this] { feed->changed(); },
      .conversions_changed = [&now] { now.joiner().wake(); },
      .alerts_changed = [&now] { now.alerts().wake(); },
      .send_mail = mail_sender(smtp.get()),
      .webhooks_changed = [&now] { now.webhooks().webhooks_changed(); },
      .test_webhook = [&now](WorkspaceId, const Webhook& one) { return now.webhooks().test(one); },
      .console_url = console_url(settings),
      .incomplete = incomplete,
      .geo_attribution = [this] { return data->geo().get()->status().attribution; },
      .links_base_url = base_url,
      .default_redirects = default_redirects(settings),
      .app_schemes = settings.app_schemes,
      .web_root = settings.web_root,
      .version = kVersion,
      .privacy = {to_text(settings.ip), to_text(settings.signals)},
      .click_id_key = node.click_id_key(),
      .proxies = TrustedProxies(settings.trusted_proxies)};
  ApiOptions options{settings.console.address, settings.console.port};
  options.listener = console_socket.release();
  TRY_ASSIGN(console, ApiServer::listen(options, std::move(deps)));
  console->start();
  page_conversions->when_taken([&now] { now.joiner().wake(); });
  addresses.console = url_of(settings.console.address, console->port());
  TRY_ASSIGN(addresses.setup_url, setup_url(stores->accounts, addresses.console));
  return {};
}

Result<void> App::Parts::open_rest(std::optional<Inheritance> inheritance) {
  std::optional<EdgeEstate> estate;
  if (inheritance) {
    console_socket = std::move(inheritance->console);
    estate = std::move(inheritance->edge);
  }
  TRY(open_edge(std::move(estate)));
  TRY(open_counting(inheritance.has_value()));
  return open_console();
}

void App::Parts::close_counting() {
  console.reset();
  page_conversions->when_taken({});
  counting.reset();
}

Result<bool> App::Parts::hand_over() {
  if (!door->taker_waits()) {
    door->dismiss();
    return false;
  }
  log_info("handing over");
  Inheritance inheritance;
  inheritance.console = Socket(::fcntl(console->listener(), F_DUPFD_CLOEXEC, 0));
  close_counting();
  inheritance.edge = edge->hand_over();
  if (const auto given = door->give(inheritance); !given) {
    log_error("handing over failed, this process goes on: {}", given.error().line());
    door->dismiss();
    edge.reset();
    left_over.clear();
    TRY(node.count_start(files));
    TRY(open_rest(std::move(inheritance)));
    return false;
  }
  edge.reset();
  unrecorded.reset();
  feed.reset();
  stores.reset();
  TRY(door->say_done());
  return true;
}

App::App(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
App::~App() = default;

Result<std::unique_ptr<App>> App::start(const Settings& wanted,
                                        std::function<void()> hand_over_wanted) {
  Settings settings = wanted;
  fill_default_paths(settings);
  PosixFiles files;
  SystemRandom random;
  std::optional<TakeOver> running;
  if (settings.take_over) {
    TRY_ASSIGN(running, TakeOver::begin(settings.data));
    if (running) TRY(check_same_addresses(settings, running->addresses()));
  }
  TRY_ASSIGN(Node node,
             Node::open(files, random, settings.data, running ? running->take_lock() : -1));
  auto parts = std::make_unique<Parts>(settings, std::move(node));
  TRY(parts->open_links());
  std::optional<Inheritance> inheritance;
  if (running) {
    auto left = running->finish();
    if (!left) return std::unexpected(std::move(left).error().within("taking over"));
    inheritance = std::move(*left);
  }
  TRY(parts->open_rest(std::move(inheritance)));
  TRY_ASSIGN(parts->door,
             HandOverDoor::open(settings.data, parts->node.lock_descriptor(),
                                parts->addresses.links + " " + parts->addresses.console,
                                std::move(hand_over_wanted)));
  return std::unique_ptr<App>(new App(std::move(parts)));
}

void App::refresh(bool anyway) {
  if (parts_->tls) parts_->tls->refresh(anyway);
  parts_->data->refresh(anyway);
}

Result<bool> App::hand_over() { return parts_->hand_over(); }

const AppAddresses& App::addresses() const { return parts_->addresses; }

}  // namespace tally
