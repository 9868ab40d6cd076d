// SPDX-License-Identifier: Apache-2.0
#include "pipeline/retention.h"

#include <algorithm>

#include "base/log.h"
#include "base/threads.h"

namespace tally {
namespace {

constexpr std::chrono::minutes kLook{1};

}  // namespace

UnixMillis kept_since(UnixMillis now, std::optional<std::uint32_t> days) {
  if (!days) return 0;
  return std::max<std::int64_t>(now / kMillisPerDay - *days, 0) * kMillisPerDay;
}

void Retention::start() {
  worker_.start("retention", [this] { run(); });
}

void Retention::run() {
  stand_back();
  do {
    const auto done = enforce();
    const std::string now = done ? "" : done.error().line();
    const std::lock_guard lock(mutex_);
    if (now == trouble_) continue;
    if (!done) log_error("clicks that are past their retention are not deleted yet: {}", now);
    trouble_ = now;
  } while (worker_.pause(kLook));
}

std::string Retention::trouble() const {
  const std::lock_guard lock(mutex_);
  return trouble_;
}

Result<void> Retention::enforce() {
  TRY_ASSIGN(const auto policies, deps_.policies());
  std::optional<std::uint32_t> shortest;
  for (const Policy& policy : policies)
    if (policy.days) shortest = std::min(*policy.days, shortest.value_or(*policy.days));
  deps_.keep_logs_at_most(shortest ? std::optional(*shortest * kMillisPerDay) : std::nullopt);
  const UnixMillis now = deps_.clock.now_ms();
  const auto files_gone = remove_files(policies, now);
  TRY(drop_partitions(policies, now));
  bool any = false;
  for (const Policy& policy : policies) {
    if (!policy.days) continue;
    const UnixMillis cutoff = kept_since(now, policy.days);
    UnixMillis& done = done_[policy.workspace];
    if (done >= cutoff) continue;
    TRY(deps_.await_settled(cutoff, worker_));
    TRY(deps_.forget_events(policy.workspace, cutoff));
    TRY_ASSIGN(const Erasable erased, deps_.rows.erase({policy.workspace, {0, cutoff}}, worker_));
    if (erased.clicks > 0)
      log_info("{}: {} clicks are past their retention and deleted", policy.workspace.text(),
               erased.clicks);
    erased_ += erased.clicks;
    done = cutoff;
    any = true;
  }
  if (any) TRY(deps_.rows.forget_counts(worker_));
  TRY(files_gone);
  enforced_at_ = now;
  return {};
}

// Exported files need no store and wait for none; nor do rows wait for a file.
Result<void> Retention::remove_files(const std::vector<Policy>& policies, UnixMillis now) {
  for (const Policy& policy : policies) {
    const UnixMillis cutoff = kept_since(now, policy.days);
    UnixMillis& done = files_done_[policy.workspace];
    if (!policy.days || done >= cutoff) continue;
    TRY(deps_.remove_exports(policy.workspace, cutoff));
    done = cutoff;
  }
  return {};
}

// As far as the longest policy goes; not at all when somebody keeps everything.
Result<void> Retention::drop_partitions(const std::vector<Policy>& policies, UnixMillis now) {
  std::uint32_t longest = 0;
  std::vector<WorkspaceId> workspaces;
  for (const Policy& policy : policies) {
    if (!policy.days) return {};
    longest = std::max(longest, *policy.days);
    workspaces.push_back(policy.workspace);
  }
  const UnixMillis cutoff = kept_since(now, longest);
  if (workspaces.empty() || cutoff <= dropped_before_) return {};
  TRY(deps_.await_settled(cutoff, worker_));
  TRY_ASSIGN(const std::size_t dropped, deps_.rows.drop(workspaces, cutoff, worker_));
  dropped_ += dropped;
  dropped_before_ = cutoff;
  return {};
}

}  // namespace tally
