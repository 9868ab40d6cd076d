// SPDX-License-Identifier: Apache-2.0
#include "clicks/closed_ranges.h"

#include <algorithm>

#include "base/check.h"
#include "clicks/clickhouse.h"
#include "clicks/schema.h"
#include "clicks/sql_text.h"

namespace tally {
namespace {

bool meets(TimeRange a, TimeRange b) { return a.from < b.to && b.from < a.to; }

bool holds(std::span<const WorkspaceId> workspaces, WorkspaceId workspace) {
  return std::ranges::find(workspaces, workspace) != workspaces.end();
}

Result<UnixMillis> read_time(std::span<const std::string_view> row, std::size_t field) {
  TRY_ASSIGN(const std::uint64_t time, tsv_count(row, field));
  return static_cast<UnixMillis>(time);
}

}  // namespace

ClosedRanges::Change::~Change() {
  if (ranges_ == nullptr) return;
  const std::lock_guard lock(ranges_->mutex_);
  ranges_->changing_.erase(id_);
}

Result<void> ClosedRanges::load() {
  TRY_ASSIGN(const std::string ranges,
             server_.ask("SELECT workspace_id, begins, max(ends), version FROM " +
                         std::string(kClosedTable) +
                         " GROUP BY workspace_id, begins, version HAVING min(is_closed) = 1"
                         " FORMAT TabSeparated"));
  TRY_ASSIGN(const std::string links,
             server_.ask("SELECT workspace_id, begins, version, link_id FROM " +
                         std::string(kTotalsTable) +
                         " WHERE link_id != 0 GROUP BY workspace_id, begins, version, link_id"
                         " ORDER BY link_id FORMAT TabSeparated"));
  const std::lock_guard lock(mutex_);
  closed_.clear();
  for (const auto& row : parse_tsv(ranges).rows) {
    TRY_ASSIGN(const std::uint64_t workspace, tsv_count(row, 0));
    Range range;
    TRY_ASSIGN(range.times.from, read_time(row, 1));
    TRY_ASSIGN(range.times.to, read_time(row, 2));
    TRY_ASSIGN(range.version, tsv_count(row, 3));
    closed_[WorkspaceId{workspace}][range.times.from] = range;
  }
  for (const auto& row : parse_tsv(links).rows) {
    TRY_ASSIGN(const std::uint64_t workspace, tsv_count(row, 0));
    TRY_ASSIGN(const UnixMillis from, read_time(row, 1));
    TRY_ASSIGN(const std::uint64_t version, tsv_count(row, 2));
    TRY_ASSIGN(const std::uint64_t link, tsv_count(row, 3));
    auto& of_workspace = closed_[WorkspaceId{workspace}];
    const auto range = of_workspace.find(from);
    if (range != of_workspace.end() && range->second.version == version)
      range->second.links.push_back(LinkId{link});
  }
  return {};
}

ClosedRanges::Parts ClosedRanges::parts(WorkspaceId workspace, TimeRange range,
                                        std::optional<LinkId> link,
                                        const std::function<bool(TimeRange)>& fits) const {
  Parts out;
  UnixMillis at = range.from;
  const std::lock_guard lock(mutex_);
  out.reading = reading_;
  const auto of_workspace = closed_.find(workspace);
  if (of_workspace != closed_.end()) {
    for (auto it = of_workspace->second.lower_bound(range.from); it != of_workspace->second.end();
         ++it) {
      const Range& closed = it->second;
      if (closed.times.to > range.to) break;
      if (closed.times.from < at) continue;
      if (fits && !fits(closed.times)) continue;
      if (link && !std::ranges::binary_search(closed.links, *link)) continue;
      if (at < closed.times.from) out.open.push_back({at, closed.times.from});
      out.closed.push_back({closed.times, closed.version, {}});
      at = closed.times.to;
    }
  }
  if (at < range.to) out.open.push_back({at, range.to});
  return out;
}

std::weak_ptr<const void> ClosedRanges::readers() {
  const std::lock_guard lock(mutex_);
  return std::exchange(reading_, std::make_shared<int>());
}

std::set<std::uint64_t> ClosedRanges::in_use() const {
  std::set<std::uint64_t> out;
  const std::lock_guard lock(mutex_);
  for (const auto& [version, counting] : counting_) out.insert(version);
  for (const auto& [workspace, ranges] : closed_)
    for (const auto& [from, range] : ranges) out.insert(range.version);
  return out;
}

Result<void> ClosedRanges::write(std::span<const Entry> entries, bool is_closed) {
  std::string values;
  for (const auto& [workspace, range] : entries)
    values += (values.empty() ? "(" : ",(") + std::to_string(workspace.value) + "," +
              std::to_string(range.times.from) + "," + std::to_string(range.times.to) + "," +
              std::to_string(range.version) + (is_closed ? ",1)" : ",0)");
  TRY(server_.ask("INSERT INTO " + std::string(kClosedTable) +
                  " (workspace_id, begins, ends, version, is_closed) VALUES " + values));
  return {};
}

Result<ClosedRanges::Change> ClosedRanges::change(std::span<const WorkspaceId> workspaces,
                                                  TimeRange times) {
  // The store is told under the lock: nobody else may take the range for open before it knows.
  const std::lock_guard lock(mutex_);
  std::vector<Entry> met;
  for (const WorkspaceId workspace : workspaces) {
    const auto of_workspace = closed_.find(workspace);
    if (of_workspace == closed_.end()) continue;
    for (const auto& [from, range] : of_workspace->second)
      if (meets(range.times, times)) met.push_back({workspace, range});
  }
  if (!met.empty()) TRY(write(met, false));
  for (const auto& [workspace, range] : met) closed_[workspace].erase(range.times.from);
  for (auto& [version, counting] : counting_)
    counting.touched |= holds(workspaces, counting.workspace) && meets(counting.times, times);
  const std::uint64_t id = ++last_change_;
  changing_[id] = {{workspaces.begin(), workspaces.end()}, times};
  return Change(*this, id);
}

Result<std::uint64_t> ClosedRanges::begin(WorkspaceId workspace, TimeRange times) {
  const std::lock_guard lock(mutex_);
  for (const auto& [from, closed] : closed_[workspace])
    if (meets(closed.times, times))
      return fail(ErrorCode::conflict, "that range is closed already");
  for (const auto& [id, changing] : changing_)
    if (holds(changing.workspaces, workspace) && meets(changing.times, times))
      return fail(ErrorCode::conflict, "rows of that range are changing");
  for (const auto& [version, counting] : counting_)
    if (counting.workspace == workspace && meets(counting.times, times))
      return fail(ErrorCode::conflict, "that range is being counted");
  // Whoever else counts in this store has other numbers.
  std::uint64_t version = 0;
  random_.fill(std::as_writable_bytes(std::span(&version, 1)));
  counting_[version] = {workspace, times, false};
  return version;
}

Result<bool> ClosedRanges::close(WorkspaceId workspace, Range range) {
  const std::lock_guard lock(mutex_);
  const auto counting = counting_.find(range.version);
  CHECK(counting != counting_.end());
  const bool touched = counting->second.touched;
  counting_.erase(counting);
  if (touched) return false;
  // Closed whether or not the ledger could be told: if it was, whoever changes rows must tell it
  // again.
  const Entry entry{workspace, range};
  closed_[workspace][range.times.from] = std::move(range);
  TRY(write(std::span(&entry, 1), true));
  return true;
}

void ClosedRanges::give_up(std::uint64_t version) {
  const std::lock_guard lock(mutex_);
  counting_.erase(version);
}

}  // namespace tally
