// SPDX-License-Identifier: Apache-2.0
#include "pipeline/enrich_stage.h"

#include "base/log.h"

namespace tally {
namespace {

constexpr std::chrono::milliseconds kIdleWait{100};
// Hits that come within this time share a batch, and with it a sync.
constexpr std::chrono::milliseconds kCollect{5};
constexpr std::chrono::milliseconds kRetryAfter{200};
constexpr std::chrono::minutes kSweepEvery{1};
constexpr std::size_t kMaxPerShard = 4096;

}  // namespace

EnrichStage::EnrichStage(Deps deps, const std::vector<std::shared_ptr<Shard>>& shards,
                         const JournalPositions& positions)
    : deps_(std::move(deps)) {
  for (const auto& shard : shards) {
    const auto known = positions.find(shard->id());
    const std::uint64_t from = known == positions.end() ? 0 : known->second;
    followers_.push_back(std::make_unique<ShardFollower>(deps_.files, shard, from));
  }
}

EnrichStage::~EnrichStage() { stop(); }

Result<void> EnrichStage::start() {
  const UnixMillis today = deps_.clock.now_ms() / kMillisPerDay * kMillisPerDay;
  TRY(deps_.log.replay(today - kMillisPerDay,
                       [&](const Click& click) { first_clicks_.note(click); }));
  thread_ = std::thread([this] { run(); });
  return {};
}

void EnrichStage::stop() {
  if (!thread_.joinable()) return;
  stopping_.store(true);
  deps_.bell.ring();
  thread_.join();
}

void EnrichStage::run() {
  auto next_sweep = deps_.clock.steady();
  while (!stopping_) {
    deps_.bell.wait_for(kIdleWait);
    if (!stopping_) std::this_thread::sleep_for(kCollect);
    step();
    if (const auto now = deps_.clock.steady(); now >= next_sweep) {
      // A salt must go when its time has come, whether or not anybody clicks.
      if (const auto swept = deps_.salts.destroy_expired(); !swept)
        log_error("visitor salt: {}", swept.error().line());
      next_sweep = now + kSweepEvery;
    }
  }
  while (step()) {
  }
}

// True when it got on and there may be more.
bool EnrichStage::step() {
  // Asked before reading: what is committed up to here is what this step can see.
  const UnixMillis committed = deps_.committed_through();
  bool drained = true;
  count_ = 0;
  clicks_.clear();
  for (const auto& follower : followers_) drained = read_shard(*follower) && drained;
  const UnixMillis through = drained ? committed : counters_.through.load();
  if (count_ > 0 && !append_until_done(through)) return false;
  counters_.through.store(through);
  deps_.log.publish_through(through);
  free_read();
  return !drained && count_ > 0;
}

// True when the shard had no more to give.
bool EnrichStage::read_shard(ShardFollower& follower) {
  const std::uint64_t lost_before = follower.lost();
  bool salted = true;
  const auto got = follower.read(kMaxPerShard, [&](const LogRecord& record) {
    salted = enrich(follower.shard().id(), record);
    return salted;
  });
  counters_.lost.fetch_add(follower.lost() - lost_before);
  if (!got) {
    log_error("reading the journal: {}", got.error().line());
    std::this_thread::sleep_for(kRetryAfter);
  }
  return got && salted && *got < kMaxPerShard;
}

// False when the hit has to wait: its day's salt cannot be made durable now.
bool EnrichStage::enrich(const ShardId& shard, const LogRecord& record) {
  const auto hit = decode_hit(record.payload);
  if (!hit) {
    counters_.undecodable.fetch_add(1);
    log_error("hit {} of shard {} does not decode and is passed over", record.n, shard.shard);
    return true;
  }
  const auto salt = deps_.salts.for_time(hit->time);
  if (!salt) {
    log_error("visitor salt: {}", salt.error().line());
    std::this_thread::sleep_for(kRetryAfter);
    return false;
  }
  Click click =
      deps_.enricher.enrich(*hit, {shard.node, shard.epoch, shard.shard, record.n}, *salt);
  bursts_.observe(*hit, click);
  first_clicks_.mark(click);
  encode_click(click, clicks_);
  ++count_;
  return true;
}

// False when the process has to stop before it could be done.
bool EnrichStage::append_until_done(UnixMillis through) {
  BatchHead head;
  head.through = through;
  head.clicks = count_;
  for (const auto& follower : followers_)
    head.positions[follower->shard().id()] = follower->next_n();
  std::string batch;
  encode_batch_head(head, batch);
  batch += clicks_;
  for (;;) {
    const auto done = deps_.log.append(batch);
    if (done) break;
    counters_.failed_writes.fetch_add(1);
    log_error("writing the enriched log, will try again: {}", done.error().line());
    // Not written is not lost: the next start enriches these hits from the journal.
    if (stopping_) return false;
    std::this_thread::sleep_for(kRetryAfter);
  }
  counters_.enriched.fetch_add(count_);
  counters_.batches.fetch_add(1);
  return true;
}

// What was read is in a durable batch now, so its files can go. A shard of an earlier start is
// dropped when it has none left: its position must outlive its files.
void EnrichStage::free_read() {
  for (const auto& follower : followers_) follower->free_read_segments();
  std::erase_if(followers_, [&](const auto& follower) {
    return follower->shard().id().epoch != deps_.epoch && follower->shard().segments().empty();
  });
}

}  // namespace tally
