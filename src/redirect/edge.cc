// SPDX-License-Identifier: Apache-2.0
#include "redirect/edge.h"

#include <sys/resource.h>

#include <algorithm>
#include <iterator>

namespace tally {
namespace {
// A hit gets its time at the start of a loop turn and joins the journal within that turn.
constexpr UnixMillis kTurnMargin = 20;

// Descriptors for all but the links listener's connections: databases, segments, the console.
constexpr std::size_t kReservedDescriptors = 768;

std::size_t connection_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 256;
  const auto all = static_cast<std::size_t>(limit.rlim_cur);
  return all > 2 * kReservedDescriptors ? all - kReservedDescriptors : all / 2;
}
}  // namespace

struct Edge::Thread {
  Thread(Waker w, LogWriter writer, const ClickKey& shard, Edge& edge, Socket listener)
      : waker(std::move(w)),
        journal(std::move(writer), edge.clock_, edge.journal_, edge.options_.commit,
                [this] { waker.wake(); }),
        loop({{edge.links_, edge.options_.proxies, edge.options_.visitors, edge.limits_,
               edge.sources_, edge.click_ids_, shard},
              edge.clock_,
              journal,
              edge.passwords_,
              edge.conversions_,
              waker,
              edge.room_,
              edge.options_.tls,
              edge.options_.proxy_protocol},
             std::move(listener)) {}

  Waker waker;
  GroupCommit journal;
  EdgeLoop loop;
};

Edge::Edge(Files& files, const Clock& clock, const LiveLinkTable& links, ClickLimits& limits,
           JournalShared journal, EdgeOptions options)
    : files_(files),
      clock_(clock),
      links_(links),
      limits_(limits),
      journal_(journal),
      options_(std::move(options)),
      click_ids_(options_.click_id_key),
      sources_(options_.unknown_paths_per_minute),
      conversions_(kMaxWaitingConversions,
                   [this](const std::string& body) { return options_.take_conversion(body); }) {
  room_.limit = connection_limit();
}

Edge::~Edge() { stop(); }

Result<void> Edge::listen() {
  TRY_ASSIGN(auto listening, listen_shared(options_.address, options_.port, options_.threads));
  port_ = listening.port;
  for (Socket& listener : listening.sockets) TRY(add_thread(std::move(listener)));
  return {};
}

Result<void> Edge::inherit(EdgeEstate estate) {
  for (Socket& listener : estate.listeners) {
    TRY_ASSIGN(port_, local_port(listener));
    TRY(add_thread(std::move(listener)));
  }
  std::size_t next = 0;
  for (OpenConnection& connection : estate.connections)
    threads_[next++ % threads_.size()]->loop.take_over(std::move(connection));
  return {};
}

Result<void> Edge::add_thread(Socket listener) {
  LogWriterOptions log;
  log.directory = options_.journal_directory;
  log.space = options_.journal_space;
  log.segment_bytes = options_.segment_bytes;
  log.shard = {options_.node, options_.epoch, static_cast<std::uint16_t>(threads_.size())};
  TRY_ASSIGN(auto waker, Waker::create());
  const ClickKey shard{options_.node, options_.epoch, log.shard.shard, 0};
  threads_.push_back(std::make_unique<Thread>(std::move(waker), LogWriter(files_, log), shard,
                                              *this, std::move(listener)));
  return {};
}

Result<void> Edge::start() {
  for (const auto& thread : threads_) TRY(thread->loop.start());
  return {};
}

EdgeEstate Edge::hand_over() {
  EdgeEstate out;
  for (const auto& thread : threads_) thread->loop.begin_leaving();
  for (const auto& thread : threads_) {
    EdgeEstate part = thread->loop.leave();
    std::ranges::move(part.listeners, std::back_inserter(out.listeners));
    std::ranges::move(part.connections, std::back_inserter(out.connections));
  }
  for (const auto& thread : threads_) thread->journal.close();
  return out;
}

void Edge::stop() {
  for (const auto& thread : threads_) thread->loop.begin_stop();
  for (const auto& thread : threads_) thread->loop.stop();
  for (const auto& thread : threads_) thread->journal.close();
}

EdgeTotals Edge::totals() const {
  EdgeTotals out;
  for (const auto& thread : threads_) {
    const EdgeCounters& counters = thread->loop.counters();
    out.requests += counters.requests.load(std::memory_order_relaxed);
    out.refused += counters.refused.load(std::memory_order_relaxed);
    out.bad_beacons += counters.bad_beacons.load(std::memory_order_relaxed);
    out.conversions += counters.conversions.load(std::memory_order_relaxed);
    out.bad_conversions += counters.bad_conversions.load(std::memory_order_relaxed);
    out.connections += counters.connections.load(std::memory_order_relaxed);
    out.accepted += counters.accepted.load(std::memory_order_relaxed);
  }
  out.limited_paths = sources_.unknown_paths.refused();
  out.limited_passwords = sources_.passwords.refused();
  out.limited_beacons = sources_.beacons.refused();
  out.limited_conversions = sources_.conversions.refused();
  return out;
}

bool Edge::degraded() const {
  return std::ranges::any_of(threads_,
                             [](const auto& thread) { return thread->journal.degraded(); });
}

JournalState Edge::journal() const {
  JournalState out;
  for (const auto& thread : threads_) {
    const GroupCommit& journal = thread->journal;
    if (out.trouble.empty()) out.trouble = journal.trouble();
    out.failures += journal.failures();
    if (const UnixMillis oldest = journal.oldest_unsynced(); oldest != 0)
      out.oldest_unsynced =
          out.oldest_unsynced == 0 ? oldest : std::min(out.oldest_unsynced, oldest);
  }
  return out;
}

std::vector<std::shared_ptr<Shard>> Edge::shards() const {
  std::vector<std::shared_ptr<Shard>> out;
  for (const auto& thread : threads_) out.push_back(thread->journal.shard());
  return out;
}

void Edge::end_segments(UnixMillis time) {
  for (const auto& thread : threads_) thread->journal.end_segment(time);
}

UnixMillis Edge::committed_through() const {
  UnixMillis through = clock_.now_ms() - kTurnMargin;
  for (const auto& thread : threads_)
    if (const UnixMillis oldest = thread->journal.oldest_uncommitted(); oldest != 0)
      through = std::min(through, oldest - 1);
  return through;
}

}  // namespace tally
