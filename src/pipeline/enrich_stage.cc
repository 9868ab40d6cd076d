// SPDX-License-Identifier: Apache-2.0
#include "pipeline/enrich_stage.h"

#include <algorithm>

#include "base/log.h"
#include "base/threads.h"
#include "enrich/geo.h"

namespace tally {
namespace {

// A build with this set takes the first clicks' files for all there is: the crash tests must catch
// it.
#ifdef TALLY_MUTANT_LOG_NOT_LEARNT
constexpr bool kLogNotLearnt = true;
#else
constexpr bool kLogNotLearnt = false;
#endif

constexpr std::chrono::milliseconds kIdleWait{100};
// Hits that come within this time share a batch, and with it a sync.
constexpr std::chrono::milliseconds kCollect{5};
constexpr std::chrono::milliseconds kRetryAfter{200};
// Hits that are enriched at a time, which is as many as the geo database looks up at once.
constexpr std::size_t kSideBySide = GeoDatabase::kSideBySide;
// What a hit's second allows enrichment; from then on it stands back for nobody.
constexpr UnixMillis kLate = 250;
constexpr std::chrono::minutes kSweepEvery{1};
constexpr std::chrono::seconds kTidyEvery{1};
constexpr std::chrono::seconds kSaveAgainAfter{1};
// What a start has to learn from the log is at most this old, as a rule.
constexpr std::chrono::minutes kSaveFirstClicksEvery{1};
// How long a stop may go on taking in what is committed; the next start goes on where it ended.
constexpr std::chrono::seconds kLastSteps{10};

}  // namespace

EnrichStage::EnrichStage(Deps deps, const std::vector<std::shared_ptr<Shard>>& shards,
                         const JournalPositions& positions)
    : deps_(std::move(deps)), hits_(deps_.files, shards, positions) {}

EnrichStage::~EnrichStage() { stop(); }

Result<void> EnrichStage::start(const std::function<void(const std::string&)>& report) {
  unsaved_first_clicks_ = deps_.log.pin();
  FirstClicksOptions options;
  options.directory = deps_.visitors;
  TRY_ASSIGN(first_clicks_, FirstClicks::open(deps_.files, options, report));
  release_saved();
  set_trouble(first_clicks_trouble_, first_clicks_->trouble());
  sweep();
  if (!kLogNotLearnt) TRY(learn_first_clicks());
  TRY(learn_landings());
  thread_ = std::thread([this] { run(); });
  return {};
}

Result<void> EnrichStage::learn_first_clicks() {
  const ClicksPlace saved = first_clicks_->saved_through();
  EnrichedReader reader(deps_.log, {saved.epoch, saved.n});
  Result<void> done;
  TRY(reader.read([&](const EnrichedCursor& after, std::string_view batch) {
    BatchHead head;
    done = read_batch(
        batch, head,
        [&](const Click& click) {
          if (deps_.salts.knows(click.time / kMillisPerDay)) first_clicks_->note(click);
        },
        [](const LandingView&) {});
    first_clicks_->commit({after.epoch, after.n});
    if (done && first_clicks_->half_full()) done = first_clicks_->save();
    return done.has_value();
  }));
  return done;
}

// Beacons that are still to be enriched were received after the last batch's time, however long ago
// that is: a journal may have waited for this start.
Result<void> EnrichStage::learn_landings() {
  TRY_ASSIGN(const BatchHead last, deps_.log.last_head());
  return deps_.log.replay(
      std::min(last.through, deps_.clock.now_ms()) - LandingClicks::kWindow,
      [&](const Click& click) { landings_.note(click); },
      [&](const LandingView& view) { landings_.note(view); });
}

void EnrichStage::stop() {
  if (!thread_.joinable()) return;
  stopping_.store(true);
  deps_.bell.ring();
  thread_.join();
}

void EnrichStage::run() {
  name_this_thread("enrich");
  auto next_sweep = deps_.clock.steady();
  auto next_tidy = next_sweep;
  while (!stopping_) {
    // Whoever is behind has waited enough.
    if (!hits_.behind()) deps_.bell.wait_for(kIdleWait);
    if (!hits_.behind() && !stopping_) std::this_thread::sleep_for(kCollect);
    step();
    forget_asked();
    const auto now = deps_.clock.steady();
    if (now >= next_tidy) {
      if (deps_.log.is_outlived()) begin_segment();
      deps_.log.tidy();
      next_tidy = now + kTidyEvery;
    }
    if (now >= next_sweep) {
      sweep();
      first_clicks_->read_again();
      set_trouble(first_clicks_trouble_, first_clicks_->trouble());
      next_sweep = now + kSweepEvery;
    }
    tend_first_clicks();
  }
  // The last hits may be so young that others could still come before them, and the clicks of
  // beacons too: that passes.
  const auto give_up = deps_.clock.steady() + kLastSteps;
  while ((step() || !beacons_.empty()) && !gave_up_ && deps_.clock.steady() < give_up) {
    tend_first_clicks();
    std::this_thread::sleep_for(kCollect);
  }
  save_first_clicks();
}

// A salt must go when its time has come, whether or not anybody clicks, and its day's first clicks
// with it.
void EnrichStage::sweep() {
  auto swept = deps_.salts.destroy_expired();
  if (swept)
    swept = first_clicks_->keep_only([&](std::int64_t day) { return deps_.salts.knows(day); });
  set_trouble(sweep_trouble_, swept ? "" : swept.error().line());
  bursts_.forget(counters_.through.load());
}

void EnrichStage::tend_first_clicks() {
  const auto now = deps_.clock.steady();
  const bool urgent = first_clicks_->half_full() || deps_.log.wants_room();
  const auto at = urgent ? save_first_clicks_at_ : save_first_clicks_at_ + kSaveFirstClicksEvery;
  if (now >= at && first_clicks_->is_behind()) save_first_clicks();
}

void EnrichStage::save_first_clicks() {
  save_first_clicks_at_ = deps_.clock.steady() + kSaveAgainAfter;
  const auto saved = first_clicks_->save();
  set_trouble(save_trouble_, saved ? "" : saved.error().line());
  set_trouble(first_clicks_trouble_, first_clicks_->trouble());
  if (saved) release_saved();
}

// Lets go of the part of the log that the files no longer need.
void EnrichStage::release_saved() {
  const ClicksPlace& through = first_clicks_->saved_through();
  unsaved_first_clicks_->release_before({through.epoch, through.n});
}

void EnrichStage::set_trouble(std::string& which, const std::string& trouble) {
  if (which == trouble) return;
  if (!trouble.empty()) log_error("visitors: {}", trouble);
  const std::lock_guard lock(mutex_);
  which = trouble;
}

std::string EnrichStage::visitor_trouble() const {
  const std::lock_guard lock(mutex_);
  std::string out;
  for (const std::string* one :
       {&salt_trouble_, &sweep_trouble_, &save_trouble_, &first_clicks_trouble_})
    if (!one->empty()) out += (out.empty() ? "" : "; ") + *one;
  return out;
}

// True when there was more than this step could take.
bool EnrichStage::step() {
  if (gave_up_) return false;
  // Asked before reading: what is committed up to here is what this step can see.
  const UnixMillis through = hits_.read_ahead(deps_.committed_through());
  begin_batch();
  bool held_up = false;
  const bool late = deps_.clock.now_ms() - counters_.through.load() > kLate;
  while (!held_up) {
    const auto next = hits_.next(kSideBySide);
    if (next.empty()) break;
    const std::size_t done = enrich(next);
    hits_.take(done);
    for (std::size_t i = 0; i < done; ++i) courtesy_.make_way(late);
    held_up = done < next.size();
  }
  const UnixMillis reached = held_up ? counters_.through.load() : through;
  take_beacons(reached);
  if (count_ + view_count_ > 0 && !append_until_done(reached)) return false;
  counters_.lost.store(hits_.lost());
  counters_.through.store(reached);
  deps_.log.publish_through(reached);
  // What was taken is in a durable batch now, so its files can go when its limits are safe too.
  hits_.free_taken(deps_.epoch, [this] { return save_limits(); });
  return hits_.has_more();
}

// How many of these were done; the next of them has to wait: its day's salt cannot be made durable
// now, or too many first clicks are not.
std::size_t EnrichStage::enrich(std::span<const HitMerge::Next> hits) {
  const std::size_t made = make_drafts(hits);
  std::size_t done = 0;
  while (done < made && settle(*hits[done].shard, *hits[done].hit, drafts_[done])) ++done;
  if (done < hits.size()) std::this_thread::sleep_for(kRetryAfter);
  return done;
}

// Enriches what needs nothing but the hit itself, as far as there are salts. What the group looks
// up lies far apart in memory: it is asked for before it is needed, and waited for together.
std::size_t EnrichStage::make_drafts(std::span<const HitMerge::Next> hits) {
  drafts_.resize(hits.size());
  for (std::size_t i = 0; i < hits.size(); ++i) drafts_[i].hit = decode_hit(hits[i].hit->payload);
  look_ahead_.clear();
  for (const Draft& draft : drafts_)
    if (draft.is_click()) look_ahead_.push_back(&*draft.hit);
  deps_.enricher.look_ahead(look_ahead_);
  for (std::size_t i = 0; i < hits.size(); ++i) {
    if (!drafts_[i].is_click()) continue;
    const HitView& hit = *drafts_[i].hit;
    const auto salt = deps_.salts.for_time(hit.time);
    set_trouble(salt_trouble_, salt ? "" : salt.error().line());
    if (!salt) return i;
    const ShardId& shard = *hits[i].shard;
    Click& click = drafts_[i].click;
    click =
        deps_.enricher.enrich(hit, {shard.node, shard.epoch, shard.shard, hits[i].hit->n}, *salt);
    bursts_.look_ahead(click);
    first_clicks_->look_ahead(click);
  }
  return hits.size();
}

// Finishes a draft by what came before it, and puts it into the batch. False when it has to wait.
bool EnrichStage::settle(const ShardId& shard, const HeldHit& held, Draft& draft) {
  if (!draft.hit) {
    counters_.undecodable.fetch_add(1);
    log_error("hit {} of shard {} does not decode and is passed over", held.n, shard.shard);
    return true;
  }
  const HitView& hit = *draft.hit;
  if (!draft.is_click()) {
    counters_.beacons.fetch_add(1);
    LandingView view;
    view.key = {shard.node, shard.epoch, shard.shard, held.n};
    view.click = hit.beacon.click;
    view.viewed = hit.time;
    view.screen_w = hit.beacon.screen_w;
    view.screen_h = hit.beacon.screen_h;
    view.dpr = hit.beacon.dpr;
    beacons_.add(view);
    return true;
  }
  if (first_clicks_->full()) return false;
  bursts_.observe(hit, draft.click);
  first_clicks_->mark(draft.click);
  landings_.note(draft.click);
  encode_click(draft.click, clicks_);
  ++count_;
  if (hit.limit_spent) deps_.limits.settle(shard, held.n, hit.link);
  return true;
}

// Makes views of the beacons whose clicks are known by now.
void EnrichStage::take_beacons(UnixMillis through) {
  const auto dropped = beacons_.settle(landings_, through, [&](const LandingView& view) {
    encode_landing_view(view, views_);
    ++view_count_;
  });
  counters_.unknown_beacons.fetch_add(dropped.unknown);
  counters_.repeated_beacons.fetch_add(dropped.repeated);
}

// Clicks taken from limits must be known without the hits that say so.
bool EnrichStage::save_limits() {
  const auto now = deps_.clock.steady();
  if (now < save_limits_at_) return false;
  const auto saved = deps_.limits.save();
  if (saved) return true;
  log_error("journal segments are kept: {}", saved.error().line());
  save_limits_at_ = now + kSaveAgainAfter;
  return false;
}

void EnrichStage::begin_batch() {
  count_ = 0;
  clicks_.clear();
  view_count_ = 0;
  views_.clear();
}

// Ends the log's segment and begins the next with a batch that only says where to go on, so that
// nothing of before is needed. False when that could not be done.
bool EnrichStage::begin_segment() {
  if (gave_up_) return false;
  if (const auto ended = deps_.log.end_segment(); !ended) log_error("{}", ended.error().line());
  begin_batch();
  const UnixMillis through = counters_.through.load();
  if (!append_until_done(through)) return false;
  deps_.log.publish_through(through);
  return true;
}

std::shared_ptr<const EnrichStage::Forgetting> EnrichStage::forget(const Erasure& what) {
  auto out = std::make_shared<Forgetting>();
  out->what = what;
  {
    const std::lock_guard lock(mutex_);
    asked_.push_back(out);
  }
  deps_.bell.ring();
  return out;
}

void EnrichStage::forget_asked() {
  std::vector<std::shared_ptr<Forgetting>> asked;
  {
    const std::lock_guard lock(mutex_);
    asked.swap(asked_);
  }
  if (asked.empty()) return;
  for (const auto& one : asked) landings_.forget(one->what);
  const EnrichedCursor end = deps_.log.end();
  if (!begin_segment()) return;  // at the end of the process
  // Their place holds the log back.
  save_first_clicks();
  for (const auto& one : asked) {
    one->end = end;
    one->done = true;
  }
}

// False when the process has to stop before it could be done.
bool EnrichStage::append_until_done(UnixMillis through) {
  BatchHead head;
  head.through = through;
  head.clicks = count_;
  head.views = view_count_;
  head.positions = hits_.positions();
  std::string batch;
  encode_batch_head(head, batch);
  batch += clicks_;
  batch += views_;
  for (bool first_try = true;; first_try = false) {
    const auto done = deps_.log.append(batch);
    if (done) break;
    counters_.failed_writes.fetch_add(1);
    if (first_try) log_error("writing the enriched log, will try again: {}", done.error().line());
    tend_first_clicks();
    deps_.log.tidy();
    // Not written is not lost: the next start enriches these hits from the journal. No later step
    // may pass over them or free their files.
    if (stopping_) {
      gave_up_ = true;
      return false;
    }
    std::this_thread::sleep_for(kRetryAfter);
  }
  const EnrichedCursor end = deps_.log.end();
  first_clicks_->commit({end.epoch, end.n});
  counters_.enriched.fetch_add(count_);
  counters_.batches.fetch_add(1);
  return true;
}

}  // namespace tally
