// SPDX-License-Identifier: Apache-2.0
//
// Judges stored clicks again when the rules about user agents have changed.
//
// One job at a time, on a thread of its own. It waits until everything that was received before it
// began is stored, so that the rows it is about are fixed. Then it plans: the store's hits by user
// agent and verdict, page by page, each user agent judged once by the rules of now. That gives the
// report, which is made durable before the first row changes. Then it applies: one order to the
// store for many user agents of one new class, and at last the first clicks of the days concerned.
// All of it may be done twice and by anybody, so after a crash the next start simply applies again,
// after it has planned again for the days that rules of now add.
//
// Kept as they are: HEAD, prefetch and imported hits; what the burst rule or other signals said,
// which needed more than is stored, unless the request releases them; hits without a stored user
// agent or with one that may have been cut; and hits of links with a click limit, whose class has
// been counted on. Which links these are is written down with the plan: a link that loses its limit
// while a job applies, or before it is resumed, keeps its hits, on days that nobody planned for.
//
// A visitor whose earlier clicks of today become human may get a second first click today, because
// enrichment does not know of the change. So days that are not over are noted, durably, and their
// first clicks are worked out once more when they are. The same is done for all days of a job that
// failed while it applied, once the store has carried out or dropped what it was given, and for the
// days that clicks are imported into: those soon, and many with one rewriting of the rows.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <vector>

#include "base/clock.h"
#include "base/worker.h"
#include "clicks/click_store.h"
#include "enrich/agent_reader.h"
#include "pipeline/reclassify_job.h"

namespace tally {

class Reclassifier {
 public:
  struct Deps {
    Files& files;
    const Clock& clock;
    ClickStore& store;
    std::function<UnixMillis()> as_of;  // every hit received before is stored
    std::function<Result<std::shared_ptr<const AgentRules>>()> rules;
    std::function<Result<std::vector<LinkId>>(WorkspaceId)> limited_links;  // with a click limit
  };

  Reclassifier(Deps deps, std::filesystem::path state_file);

  // Reads what an earlier start left and goes on with it. What cannot be read is set aside and
  // reported, because links must not wait for it; only a newer version's file is refused, with
  // `conflict`.
  Result<void> start(const std::function<void(const std::string&)>& report);
  // Ends soon; a job that runs goes on at the next start.
  void stop() { worker_.stop(); }

  // conflict/"reclassify_running" while another one runs.
  Result<ReclassifyJob> submit(const ReclassifyRequest& request);
  // not_found when there is none, or it is older than the last few.
  Result<ReclassifyJob> find(WorkspaceId workspace, ReclassifyId id) const;
  // First clicks of these UTC days may be wrong once more as long as they are not over, for another
  // reason than a job's: they are noted, durably, like a job's.
  Result<void> count_again_when_over(WorkspaceId workspace, std::span<const std::int64_t> days);
  // Rows are about to come that may be earlier than the first clicks of these UTC days: notes them
  // likewise, and works them out within a minute or so, whether or not they are over.
  Result<void> count_again(WorkspaceId workspace, std::span<const std::int64_t> days);
  // Has them worked out now, and waits so long at most; whether they are.
  bool await_counted(WorkspaceId workspace, std::chrono::milliseconds at_most);

  // How many hits the planning of a running job has read, of how many.
  struct Progress {
    std::uint64_t examined = 0, total = 0;
  };
  Progress progress() const { return {examined_.load(), total_.load()}; }

 private:
  // Enrichment marks first clicks of a day and of the one before.
  static constexpr std::int64_t kDaysOpen = 2;

  // The new verdicts of a page: user agents by (class, reason).
  using Orders = std::map<std::pair<Traffic, std::string>, std::vector<std::string>>;

  void run();
  void give_up(ReclassifyJob job, const Error& why);
  Result<void> work(ReclassifyJob job);
  Result<void> plan(ReclassifyJob& job, const Rejudging& what, const AgentRules& rules);
  Result<void> apply(ReclassifyJob& job, const Rejudging& what, const AgentRules& rules);
  Result<void> order(const Rejudging& what, const Orders& orders);
  Result<void> count_first_clicks(WorkspaceId workspace, const std::vector<std::int64_t>& days);
  Result<void> close_days();
  std::vector<OpenDay> take_days_due();
  Result<void> close_days(const std::vector<OpenDay>& days);
  struct DayStretch {
    std::int64_t day = 0, days = 1;
  };
  Result<std::vector<DayStretch>> stretches_of(WorkspaceId workspace,
                                               const std::set<std::int64_t>& days);
  bool is_due(WorkspaceId workspace) const;
  std::int64_t last_day_over() const { return deps_.as_of() / kMillisPerDay - kDaysOpen; }
  void leave_open(const OpenDay& day);
  void leave_open_if_not_over(WorkspaceId workspace, std::span<const std::int64_t> days);
  static Rejudging scope_of(const ReclassifyJob& job);
  Result<void> keep_limited_links(ReclassifyJob& job) const;
  Result<void> save(const ReclassifyJob& job);
  std::optional<ReclassifyJob> open_job() const;

  Deps deps_;
  const std::filesystem::path state_file_;
  std::atomic<std::uint64_t> examined_ = 0, total_ = 0;
  mutable std::mutex mutex_;
  ReclassifyState state_;
  std::set<OpenDay> due_, closing_;  // to be worked out soon; being worked out
  std::condition_variable closed_;
  Worker worker_;
};

}  // namespace tally
