// SPDX-License-Identifier: Apache-2.0
#include "pipeline/reclassifier.h"

#include <algorithm>
#include <set>

#include "base/log.h"
#include "base/state_file.h"
#include "base/threads.h"
#include "pipeline/settling.h"

namespace tally {
namespace {

constexpr std::size_t kKeptJobs = 16;
constexpr std::size_t kPage = 20'000;  // groups
constexpr std::size_t kAgentsPerOrder = 500;
constexpr std::size_t kOrdersAtOnce = 20;  // that the store is given before it has to be done
constexpr std::chrono::milliseconds kRetryAfter{2000};
constexpr std::chrono::minutes kIdle{1};
constexpr std::size_t kDaysAtOnce = 500;
// Hits of days whose first clicks are worked out together: what fits into the store's memory. A day
// that has more is worked out by itself.
constexpr std::uint64_t kHitsAtOnce = 1'500'000;

// Calls each(group, facts) for every group, each user agent read once; `wait` between pages.
template <class Each>
Result<void> for_each_group(ClickStore& store, const Rejudging& what, const AgentRules& rules,
                            const std::function<Result<void>()>& after_page, Each each) {
  std::string after;
  for (;;) {
    TRY_ASSIGN(const auto groups, store.agent_groups(what, after, kPage));
    if (groups.empty()) return {};
    AgentFacts facts;
    const std::string* read = nullptr;
    for (const AgentGroup& group : groups) {
      if (read == nullptr || *read != group.user_agent) facts = rules.read(group.user_agent);
      read = &group.user_agent;
      each(group, facts);
    }
    after = groups.back().user_agent;
    TRY(after_page());
  }
}

bool differs(const AgentGroup& group, const AgentFacts& facts) {
  return group.traffic != facts.traffic || group.reason != facts.reason;
}

}  // namespace

Reclassifier::Reclassifier(Deps deps, std::filesystem::path state_file)
    : deps_(std::move(deps)), state_file_(std::move(state_file)) {}

Result<void> Reclassifier::start(const std::function<void(const std::string&)>& report) {
  auto found = load_reclassify_state(deps_.files, state_file_);
  if (found) {
    state_ = std::move(*found);
  } else if (found.error().code == ErrorCode::conflict) {
    return std::unexpected(std::move(found).error());
  } else {
    report("reclassifications are forgotten, " + set_aside(state_file_) + ": " +
           found.error().line());
  }
  for (ReclassifyJob& job : state_.jobs)
    if (!is_over(job.state)) job.resumed = true;
  worker_.start("reclassify", [this] { run(); });
  return {};
}

Result<ReclassifyJob> Reclassifier::submit(const ReclassifyRequest& request) {
  const std::lock_guard lock(mutex_);
  ReclassifyState next = state_;
  if (!next.jobs.empty() && !is_over(next.jobs.back().state))
    return std::unexpected(Error{ErrorCode::conflict,
                                 "another reclassification is running",
                                 "wait until it is done",
                                 {},
                                 "reclassify_running"});
  ReclassifyJob job;
  job.id.value = next.jobs.empty() ? 1 : next.jobs.back().id.value + 1;
  job.request = request;
  job.created_at = deps_.clock.now_ms();
  job.request.range.to = std::min(request.range.to, job.created_at);
  next.jobs.push_back(job);
  if (next.jobs.size() > kKeptJobs) next.jobs.erase(next.jobs.begin());
  TRY(deps_.files.replace(state_file_, encode_reclassify_state(next)));
  state_ = std::move(next);
  examined_ = total_ = 0;
  worker_.wake();
  return job;
}

Result<ReclassifyJob> Reclassifier::find(WorkspaceId workspace, ReclassifyId id) const {
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find(state_.jobs, id, &ReclassifyJob::id);
  if (found == state_.jobs.end() || found->request.workspace != workspace)
    return fail(ErrorCode::not_found, "there is no such reclassification");
  return *found;
}

std::optional<ReclassifyJob> Reclassifier::open_job() const {
  const std::lock_guard lock(mutex_);
  if (state_.jobs.empty() || is_over(state_.jobs.back().state)) return std::nullopt;
  return state_.jobs.back();
}

void Reclassifier::run() {
  stand_back();
  std::chrono::milliseconds wait{0};
  std::string said;  // of a trouble that may last: once
  while (worker_.pause(wait)) {
    wait = kIdle;
    const auto job = open_job();
    const auto done = job ? work(*job) : close_days();
    if (done) {
      said.clear();
      if (job || open_job()) wait = std::chrono::milliseconds(0);
    } else if (done.error().code == ErrorCode::unavailable) {
      wait = kRetryAfter;  // the store is down: later
    } else if (job) {
      give_up(open_job().value_or(*job), done.error());
    } else if (said != done.error().line()) {
      said = done.error().line();
      log_error("first clicks of a reclassified day: {}", said);
    }
  }
}

void Reclassifier::give_up(ReclassifyJob job, const Error& why) {
  log_error("reclassification {}: {}", job.id.text(), why.line());
  // The store may carry its orders out yet, so first clicks are worked out when it has.
  if (job.state == JobState::applying)
    for (const std::int64_t day : job.days) leave_open({job.request.workspace, day});
  job.state = JobState::failed;
  job.kept_links.clear();
  job.error = why.line();
  job.finished_at = deps_.clock.now_ms();
  if (const auto saved = save(job); !saved) log_error("{}", saved.error().line());
}

Result<void> Reclassifier::work(ReclassifyJob job) {
  while (job.state == JobState::waiting && deps_.as_of() < job.created_at)
    if (!worker_.pause(kSettlingPoll)) return stopped();
  // The same rules and the same links to the end: what changes is on the days that were planned.
  TRY_ASSIGN(const auto rules, deps_.rules());
  TRY(keep_limited_links(job));
  const Rejudging what = scope_of(job);
  TRY(plan(job, what, *rules));
  if (!job.request.dry_run) TRY(apply(job, what, *rules));
  job.kept_links.clear();
  job.state = JobState::done;
  job.finished_at = deps_.clock.now_ms();
  TRY(save(job));
  log_info("reclassification {}: {} of {} hits {}", job.id.text(), job.changed(), job.examined,
           job.request.dry_run ? "would change" : "changed");
  return {};
}

// Those of now, and of a job that was applying already those it was planned with.
Result<void> Reclassifier::keep_limited_links(ReclassifyJob& job) const {
  TRY_ASSIGN(const auto limited, deps_.limited_links(job.request.workspace));
  std::set<LinkId> kept(limited.begin(), limited.end());
  if (job.state == JobState::applying) kept.insert(job.kept_links.begin(), job.kept_links.end());
  job.kept_links.assign(kept.begin(), kept.end());
  return {};
}

Rejudging Reclassifier::scope_of(const ReclassifyJob& job) {
  return {.workspace = job.request.workspace,
          .range = job.request.range,
          .link = job.request.link,
          .release_suspects = job.request.release_suspects,
          .kept_links = job.kept_links};
}

// Reads what would change into `job`; nothing changes yet. A job that was applying already keeps
// its report, because what it changed is not found any more, and gets the days that are new.
Result<void> Reclassifier::plan(ReclassifyJob& job, const Rejudging& what,
                                const AgentRules& rules) {
  const bool reported = job.state == JobState::applying;
  if (!reported) {
    job.state = JobState::planning;
    TRY(save(job));
  }
  TRY_ASSIGN(const std::uint64_t total, deps_.store.judged_hits(what));
  total_ = total;
  examined_ = 0;
  std::map<std::tuple<Traffic, std::string, Traffic, std::string>, std::uint64_t> by;
  std::set<std::int64_t> days(job.days.begin(), job.days.end());
  std::vector<std::string> changing;
  const auto find_days = [&]() -> Result<void> {
    for (std::size_t i = 0; i < changing.size(); i += kAgentsPerOrder) {
      const auto some = std::span(changing).subspan(i);
      TRY_ASSIGN(const auto found,
                 deps_.store.days_of(what, some.first(std::min(some.size(), kAgentsPerOrder))));
      days.insert(found.begin(), found.end());
    }
    changing.clear();
    return worker_.pause(std::chrono::milliseconds(0)) ? Result<void>() : stopped();
  };
  TRY(for_each_group(deps_.store, what, rules, find_days,
                     [&](const AgentGroup& group, const AgentFacts& facts) {
                       examined_ += group.hits;
                       if (!differs(group, facts)) return;
                       by[{group.traffic, group.reason, facts.traffic, facts.reason}] += group.hits;
                       if (changing.empty() || changing.back() != group.user_agent)
                         changing.push_back(group.user_agent);
                     }));
  job.days.assign(days.begin(), days.end());
  if (reported) return {};
  job.examined = examined_;
  job.by.clear();
  for (const auto& [change, hits] : by) {
    const auto& [from, from_reason, to, to_reason] = change;
    job.by.push_back({from, from_reason, to, to_reason, hits});
  }
  std::ranges::stable_sort(job.by, std::greater(), &ReclassifyChange::hits);
  return {};
}

Result<void> Reclassifier::apply(ReclassifyJob& job, const Rejudging& what,
                                 const AgentRules& rules) {
  if (job.by.empty()) return {};
  job.state = JobState::applying;
  TRY(save(job));
  Orders orders;
  const auto give = [&]() -> Result<void> {
    TRY(order(what, orders));
    orders.clear();
    return {};
  };
  TRY(for_each_group(deps_.store, what, rules, give,
                     [&](const AgentGroup& group, const AgentFacts& facts) {
                       if (!differs(group, facts)) return;
                       auto& agents = orders[{facts.traffic, facts.reason}];
                       if (agents.empty() || agents.back() != group.user_agent)
                         agents.push_back(group.user_agent);
                     }));
  return count_first_clicks(job.request.workspace, job.days);
}

// Gives the store its orders for a page and sees them carried out.
Result<void> Reclassifier::order(const Rejudging& what, const Orders& orders) {
  std::size_t given = 0;
  for (const auto& [verdict, agents] : orders) {
    for (std::size_t i = 0; i < agents.size(); i += kAgentsPerOrder) {
      const auto some = std::span(agents).subspan(i);
      TRY(deps_.store.order_traffic(what, some.first(std::min(some.size(), kAgentsPerOrder)),
                                    verdict.first, verdict.second));
      if (++given % kOrdersAtOnce == 0) TRY(settle(deps_.store, worker_));
    }
  }
  return settle(deps_.store, worker_);
}

// To be saved with the job's next state.
void Reclassifier::leave_open(const OpenDay& day) {
  const std::lock_guard lock(mutex_);
  if (std::ranges::find(state_.open_days, day) == state_.open_days.end())
    state_.open_days.push_back(day);
}

void Reclassifier::leave_open_if_not_over(WorkspaceId workspace,
                                          std::span<const std::int64_t> days) {
  const std::int64_t today = deps_.clock.now_ms() / kMillisPerDay;
  for (const std::int64_t day : days)
    if (day > today - kDaysOpen) leave_open({workspace, day});
}

Result<void> Reclassifier::count_again_when_over(WorkspaceId workspace,
                                                 std::span<const std::int64_t> days) {
  leave_open_if_not_over(workspace, days);
  const std::lock_guard lock(mutex_);
  return deps_.files.replace(state_file_, encode_reclassify_state(state_));
}

Result<void> Reclassifier::count_first_clicks(WorkspaceId workspace,
                                              const std::vector<std::int64_t>& days) {
  leave_open_if_not_over(workspace, days);
  return put_first_clicks_right(deps_.store, worker_, workspace, days);
}

Result<void> Reclassifier::count_again(WorkspaceId workspace, std::span<const std::int64_t> days) {
  const std::lock_guard lock(mutex_);
  ReclassifyState next = state_;
  const std::set<OpenDay> open(next.open_days.begin(), next.open_days.end());
  for (const std::int64_t day : days)
    if (!open.contains({workspace, day})) next.open_days.push_back({workspace, day});
  if (next.open_days.size() != open.size()) {
    TRY(deps_.files.replace(state_file_, encode_reclassify_state(next)));
    state_ = std::move(next);
  }
  for (const std::int64_t day : days) due_.insert({workspace, day});
  return {};
}

bool Reclassifier::await_counted(WorkspaceId workspace, std::chrono::milliseconds at_most) {
  worker_.wake();
  std::unique_lock lock(mutex_);
  return closed_.wait_for(lock, at_most, [&] { return !is_due(workspace); });
}

bool Reclassifier::is_due(WorkspaceId workspace) const {
  const auto of_it = [&](const OpenDay& one) { return one.workspace == workspace; };
  const std::int64_t over = last_day_over();
  return std::ranges::any_of(due_, of_it) || std::ranges::any_of(closing_, of_it) ||
         std::ranges::any_of(state_.open_days,
                             [&](const OpenDay& one) { return of_it(one) && one.day <= over; });
}

// Works the first clicks out once more of days that are over and stored to their end, and of those
// that rows have come into.
Result<void> Reclassifier::close_days() {
  for (;;) {
    const std::vector<OpenDay> days = take_days_due();
    if (days.empty()) return {};
    const auto done = close_days(days);
    const std::lock_guard lock(mutex_);
    closing_.clear();
    if (!done) {
      due_.insert(days.begin(), days.end());
      return done;
    }
    // Rows may have come into a day meanwhile.
    const std::int64_t over = last_day_over();
    std::erase_if(state_.open_days, [&](const OpenDay& one) {
      return one.day <= over && !due_.contains(one) && std::ranges::find(days, one) != days.end();
    });
    TRY(deps_.files.replace(state_file_, encode_reclassify_state(state_)));
    closed_.notify_all();
  }
}

std::vector<OpenDay> Reclassifier::take_days_due() {
  const std::lock_guard lock(mutex_);
  std::vector<OpenDay> out;
  const std::int64_t over = last_day_over();
  for (const OpenDay& one : state_.open_days)
    if (out.size() < kDaysAtOnce && (one.day <= over || due_.contains(one))) out.push_back(one);
  for (const OpenDay& one : out) due_.erase(one);
  closing_.insert(out.begin(), out.end());
  return out;
}

// Not before the store has done what was ordered. It carries out all orders for a part at a time.
Result<void> Reclassifier::close_days(const std::vector<OpenDay>& days) {
  TRY(settle(deps_.store, worker_));
  std::map<WorkspaceId, std::set<std::int64_t>> by_workspace;
  for (const OpenDay& one : days) by_workspace[one.workspace].insert(one.day);
  std::size_t ordered = 0;
  for (const auto& [workspace, its] : by_workspace) {
    TRY_ASSIGN(const auto stretches, stretches_of(workspace, its));
    for (const DayStretch& stretch : stretches) {
      TRY_ASSIGN(const bool wrong,
                 deps_.store.order_first_clicks(workspace, stretch.day, stretch.days));
      if (wrong && ++ordered % kOrdersAtOnce == 0) TRY(settle(deps_.store, worker_));
      if (worker_.stopping()) return stopped();
    }
  }
  return settle(deps_.store, worker_);
}

// Days as they are worked out together, with those that lie between them.
Result<std::vector<Reclassifier::DayStretch>> Reclassifier::stretches_of(
    WorkspaceId workspace, const std::set<std::int64_t>& days) {
  const std::int64_t first = *days.begin();
  TRY_ASSIGN(const auto hits,
             deps_.store.visitors_hits(workspace, first, *days.rbegin() - first + 1));
  std::vector<DayStretch> out;
  std::uint64_t held = 0;
  for (const std::int64_t day : days) {
    const auto from =
        out.empty() ? hits.lower_bound(day) : hits.lower_bound(out.back().day + out.back().days);
    std::uint64_t more = 0;
    for (auto one = from; one != hits.end() && one->first <= day; ++one) more += one->second;
    if (!out.empty() && held + more <= kHitsAtOnce) {
      out.back().days = day - out.back().day + 1;
      held += more;
    } else {
      const auto own = hits.find(day);
      out.push_back({day, 1});
      held = own == hits.end() ? 0 : own->second;
    }
  }
  return out;
}

Result<void> Reclassifier::save(const ReclassifyJob& job) {
  const std::lock_guard lock(mutex_);
  const auto kept = std::ranges::find(state_.jobs, job.id, &ReclassifyJob::id);
  if (kept != state_.jobs.end()) *kept = job;
  return deps_.files.replace(state_file_, encode_reclassify_state(state_));
}

}  // namespace tally
