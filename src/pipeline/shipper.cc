// SPDX-License-Identifier: Apache-2.0
#include "pipeline/shipper.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "base/log.h"
#include "base/threads.h"

namespace tally {
namespace {

// A build with this set forgets how far it had come: the crash tests must catch it.
#ifdef TALLY_MUTANT_CURSOR_IGNORED
constexpr bool kIgnoreCursor = true;
#else
constexpr bool kIgnoreCursor = false;
#endif

// An insert costs the store as much as some 5,000 rows, however few it has. So inserts begin
// further apart as they grow, as far as the promise of a second allows; once that is out of reach,
// catching up matters more, and large inserts cost a third a row.
constexpr std::chrono::milliseconds kShortInterval{200};
constexpr std::chrono::milliseconds kLongInterval{300};
constexpr std::chrono::milliseconds kBehindInterval{1000};
constexpr UnixMillis kBehind = 1200;
// Nobody waits for the newest clicks then, and larger inserts are merged less often.
constexpr std::chrono::milliseconds kFarBehindInterval{2000};
constexpr UnixMillis kFarBehind = 10'000;
// From this lag on the shipper stands back for nobody.
constexpr UnixMillis kLate = 400;
constexpr std::size_t kLargeInsert = 10'000;  // rows that are worth the long interval
constexpr std::chrono::milliseconds kFirstRetry{100};
constexpr std::chrono::milliseconds kLastRetry{2000};
constexpr std::size_t kMaxRows = 200'000;
constexpr std::chrono::seconds kLongestWait{10};  // that anybody waits for clicks to be stored

std::chrono::milliseconds interval_after(std::uint64_t rows, UnixMillis lag) {
  if (rows >= kLargeInsert && lag > kFarBehind) return kFarBehindInterval;
  if (rows >= kLargeInsert && lag > kBehind) return kBehindInterval;
  const double share = std::min(1.0, static_cast<double>(rows) / kLargeInsert);
  return kShortInterval + std::chrono::milliseconds(
                              static_cast<int>(share * (kLongInterval - kShortInterval).count()));
}

PlannedInsert plan_insert(const RowBatch& batch, const EnrichedCursor& from,
                          const EnrichedCursor& until) {
  PlannedInsert out;
  out.table = batch.table();
  out.partition = batch.partition();
  out.ranges = batch.ranges();
  out.token = fmt::format("{}-{}-{}-{}-{}-{}", out.ranges.front().node, from.epoch, from.n,
                          until.epoch, until.n, out.partition);
  if (out.table == StoreTable::landing_views) out.token += "-views";
  out.rows = batch.rows();
  out.times = batch.times();
  return out;
}

}  // namespace

Shipper::Shipper(Deps deps, std::filesystem::path state_file)
    : deps_(deps), state_file_(std::move(state_file)), pin_(deps_.log.pin()) {}

Shipper::~Shipper() { stop(); }

Result<void> Shipper::start() {
  TRY_ASSIGN(state_, load_ship_state(deps_.files, state_file_));
  if (kIgnoreCursor) state_ = {};
  pin_->release_before(state_.cursor);
  thread_ = std::thread([this] { run(); });
  return {};
}

void Shipper::stop() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

std::string Shipper::trouble() const {
  const std::lock_guard lock(mutex_);
  return trouble_;
}

void Shipper::set_trouble(const std::string& trouble) {
  const std::lock_guard lock(mutex_);
  if (trouble == trouble_) return;
  if (trouble.empty())
    log_info("the click store takes clicks again");
  else
    log_error("clicks are not stored at the moment: {}", trouble);
  trouble_ = trouble;
}

void Shipper::pause_until(std::chrono::steady_clock::time_point time) {
  std::unique_lock lock(mutex_);
  wake_.wait_until(lock, time, [&] { return stopping_; });
}

void Shipper::run() {
  name_this_thread("ship");
  auto retry = kFirstRetry;
  for (;;) {
    const bool last = [&] {
      const std::lock_guard lock(mutex_);
      return stopping_;
    }();
    const std::uint64_t before = counters_.clicks;
    const auto began = deps_.clock.steady();
    const bool shipped = prepare_store() && ship_once();
    if (last) {
      if (!noted_) save_state();
      return;
    }
    if (shipped) set_trouble("");
    pause_until(shipped ? began + interval_after(counters_.clicks - before,
                                                 deps_.clock.now_ms() - counters_.as_of)
                        : deps_.clock.steady() + retry);
    retry = shipped ? kFirstRetry : std::min(retry * 2, kLastRetry);
  }
}

bool Shipper::prepare_store() {
  if (prepared_) return true;
  const auto done = deps_.store.migrate();
  prepared_ = done.has_value();
  if (!done) set_trouble(done.error().line());
  {
    const std::lock_guard lock(mutex_);
    const bool hopeless = !done && done.error().code == ErrorCode::conflict;
    first_attempt_ = hopeless ? done : Result<void>{};
  }
  wake_.notify_all();
  return prepared_;
}

Result<void> Shipper::await_first_attempt() {
  std::unique_lock lock(mutex_);
  wake_.wait(lock, [&] { return first_attempt_.has_value(); });
  return *first_attempt_;
}

bool Shipper::await_stored(UnixMillis time) {
  std::unique_lock lock(mutex_);
  const auto stored = [&] { return counters_.as_of.load() >= time; };
  wake_.wait_for(lock, kLongestWait, [&] { return stopping_ || stored() || !trouble_.empty(); });
  return stored();
}

// Stores everything that is in the log; false when it could not.
bool Shipper::ship_once() {
  bool outcome_unknown = true;  // of a manifest that an earlier try, or start, left behind
  for (;;) {
    const EnrichedLog::Watermark watermark = deps_.log.watermark();
    EnrichedCursor reached;
    if (const auto collected = collect(state_.until, reached); !collected) {
      set_trouble(collected.error().line());
      return false;
    }
    if (!state_.until) {
      outcome_unknown = false;
      if (!rows_.empty()) {
        plan(reached);
        if (!save_state()) return false;
      }
    }
    if (!rows_.empty() && !store_planned(outcome_unknown)) return false;
    state_ = {reached, {}, {}};
    if (!rows_.empty())
      noted_ = false;
    else if ((!noted_ || pin_->cursor() < reached) && !save_state())
      return false;
    if (reached >= watermark.end) {
      if (rows_.count < kLargeInsert) rows_ = {};  // no large batch follows
      {
        const std::lock_guard lock(mutex_);
        counters_.as_of.store(watermark.through);
      }
      wake_.notify_all();
      return true;
    }
  }
}

const RowBatch* Shipper::Rows::find(const PlannedInsert& insert) const {
  const auto in = [&](const auto& batches) -> const RowBatch* {
    const auto found = batches.find(insert.partition);
    return found == batches.end() ? nullptr : &found->second;
  };
  return insert.table == StoreTable::clicks ? in(clicks) : in(views);
}

void Shipper::Rows::clear() {
  for (auto& [partition, batch] : clicks) batch.clear();
  for (auto& [partition, batch] : views) batch.clear();
  count = 0;
}

void Shipper::Rows::drop_unused() {
  const auto unused = [](const auto& one) { return one.second.empty(); };
  std::erase_if(clicks, unused);
  std::erase_if(views, unused);
}

// What lies between the cursor and `until`, or as much as makes one batch.
Result<void> Shipper::collect(const std::optional<EnrichedCursor>& until, EnrichedCursor& reached) {
  rows_.clear();
  const bool late = deps_.clock.now_ms() - counters_.as_of.load() > kLate;
  Result<void> decoded;
  if (!reader_ || reader_->cursor() != state_.cursor) reader_.emplace(deps_.log, state_.cursor);
  TRY(reader_->read([&](const EnrichedCursor& after, std::string_view bytes) {
    if (until ? after > *until : rows_.count >= kMaxRows) return false;
    BatchHead head;
    decoded = read_batch(
        bytes, head,
        [&](const Click& click) {
          rows_.clicks[ClickStore::partition_of(click.time)].add(click);
          courtesy_.make_way(late);
        },
        [&](const LandingView& view) {
          rows_.views[ClickStore::partition_of(view.time)].add(view);
        });
    rows_.count += head.clicks + head.views;
    return decoded.has_value();
  }));
  TRY(decoded);
  rows_.drop_unused();
  reached = until ? *until : reader_->cursor();
  return {};
}

void Shipper::plan(const EnrichedCursor& until) {
  state_.until = until;
  state_.inserts.clear();
  for (const auto& [partition, batch] : rows_.clicks)
    state_.inserts.push_back(plan_insert(batch, state_.cursor, until));
  for (const auto& [partition, batch] : rows_.views)
    state_.inserts.push_back(plan_insert(batch, state_.cursor, until));
}

bool Shipper::store_planned(bool outcome_unknown) {
  for (const PlannedInsert& insert : state_.inserts) {
    const RowBatch* planned = rows_.find(insert);
    if (planned == nullptr || planned->rows() != insert.rows) {
      set_trouble("the log no longer holds what manifest " + insert.token + " was made for");
      return false;
    }
    if (!store_insert(insert, *planned, outcome_unknown)) return false;
  }
  return true;
}

bool Shipper::store_insert(const PlannedInsert& insert, const RowBatch& rows,
                           bool outcome_unknown) {
  if (outcome_unknown) counters_.reconciled.fetch_add(1);
  const auto sent = store_once(deps_.store, insert, rows, outcome_unknown);
  if (!sent) {
    counters_.failures.fetch_add(1);
    set_trouble(sent.error().line());
    return false;
  }
  if (!*sent) return true;
  counters_.inserts.fetch_add(1);
  auto& stored = insert.table == StoreTable::clicks ? counters_.clicks : counters_.views;
  stored.fetch_add(insert.rows);
  return true;
}

bool Shipper::save_state() {
  const auto saved = deps_.files.replace(state_file_, encode_ship_state(state_));
  if (!saved) {
    set_trouble(saved.error().line());
    return false;
  }
  // A manifest on disk needs its batches until another state has taken its place.
  pin_->release_before(state_.cursor);
  noted_ = true;
  return true;
}

}  // namespace tally
