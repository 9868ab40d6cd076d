// SPDX-License-Identifier: Apache-2.0
#include "enrich/first_clicks.h"

#include <algorithm>
#include <set>

#include "base/check.h"
#include "base/log.h"

namespace tally {
namespace {

constexpr std::string_view kListName = "list";
constexpr std::uint64_t kWithLink = 1, kWithWorkspace = 2;

// MurmurHash3's finalizer: a bijection that spreads every bit.
std::uint64_t mixed(std::uint64_t x) {
  x ^= x >> 33;
  x *= 0xff51afd7ed558ccdULL;
  x ^= x >> 33;
  x *= 0xc4ceb9fe1a85ec53ULL;
  return x ^ (x >> 33);
}

// Never 0.
std::uint64_t fingerprint(std::uint64_t visitor, std::uint64_t id, std::uint64_t kind) {
  const std::uint64_t out = mixed(visitor + mixed(id * 4 + kind));
  return out == 0 ? 1 : out;
}

bool counts(const Click& click) {
  return click.visitor != 0 && click.link && click.traffic == Traffic::human &&
         is_headline(click.outcome);
}

}  // namespace

Result<std::unique_ptr<FirstClicks>> FirstClicks::open(
    Files& files, const FirstClicksOptions& options,
    const std::function<void(const std::string&)>& report) {
  CHECK(options.most_unsaved * 2 <= options.table_slots);
  TRY(make_directory(options.directory));
  auto out = std::make_unique<FirstClicks>(files, options);
  TRY(out->load(report));
  out->forgotten_on_disk_ = out->remove_unlisted().has_value();
  return out;
}

Result<void> FirstClicks::load(const std::function<void(const std::string&)>& report) {
  const auto bytes = files_.read_all(options_.directory / kListName);
  if (!bytes && bytes.error().code == ErrorCode::not_found) return {};
  auto list = bytes ? decode_first_list(*bytes) : std::unexpected(bytes.error());
  if (!list && list.error().code == ErrorCode::conflict)
    return std::unexpected(std::move(list).error().within(options_.directory.string()));
  if (!list) {
    report("unique clicks: " + list.error().message + ": made again from the runs that are there");
    TRY_ASSIGN(list, list_of_files());
  }
  committed_through_ = saved_through_ = list->through;
  for (const RunInfo& run : list->runs) {
    next_number_ = std::max(next_number_, run.number + 1);
    DaySet& set = days_.try_emplace(run.day, run.day, options_.table_slots).first->second;
    const auto loaded = set.load(files_, options_.directory, run);
    if (loaded) continue;
    committed_through_ = saved_through_ = {};
    if (FingerprintRun::is_lost(loaded.error()))
      report("unique clicks: " + loaded.error().message +
             ": what the enriched log no longer holds counts as new");
    else
      set.keep_unread({run, loaded.error()});
  }
  return {};
}

// What a list would say if all runs that are there were on it, and nothing of the log in them.
Result<FirstList> FirstClicks::list_of_files() {
  FirstList out;
  TRY_ASSIGN(const auto names, list_directory(options_.directory));
  for (const std::string& name : names) {
    TRY_ASSIGN(const auto run, FingerprintRun::find(files_, options_.directory, name));
    if (run) out.runs.push_back(*run);
  }
  return out;
}

void FirstClicks::read_again() {
  for (auto& [day, set] : days_) {
    std::optional<Error> trouble;
    set.read_again(files_, options_.directory, trouble);
    report_trouble(trouble);
  }
}

std::string FirstClicks::trouble() const {
  std::string out = trouble_;
  for (const auto& [day, set] : days_)
    for (const DaySet::Unread& run : set.unread())
      out += (out.empty() ? "" : "; ") + FingerprintRun::path_of({}, run.info).string() +
             " cannot be read, will try again (" + run.error.message +
             "): visitors whom only it knows count as new";
  return out;
}

DaySet& FirstClicks::day_of(const Click& click) {
  const std::int64_t day = click.time / kMillisPerDay;
  return days_.try_emplace(day, day, options_.table_slots).first->second;
}

bool FirstClicks::insert(DaySet& set, std::uint64_t visitor, std::uint64_t id, std::uint64_t kind) {
  std::optional<Error> trouble;
  const bool fresh = set.insert(fingerprint(visitor, id, kind), trouble);
  report_trouble(trouble);
  return fresh;
}

void FirstClicks::report_trouble(const std::optional<Error>& trouble) {
  if (!trouble || trouble_ == trouble->message) return;
  trouble_ = trouble->message;
  log_error("unique clicks: {}", trouble->line());
}

void FirstClicks::mark(Click& click) {
  click.first = false;
  click.first_ws = false;
  if (!counts(click)) return;
  DaySet& set = day_of(click);
  click.first = insert(set, click.visitor, click.link.value, kWithLink);
  click.first_ws = insert(set, click.visitor, click.workspace.value, kWithWorkspace);
}

void FirstClicks::look_ahead(const Click& click) const {
  const auto set = days_.find(click.time / kMillisPerDay);
  if (set == days_.end() || !counts(click)) return;
  set->second.look_ahead(fingerprint(click.visitor, click.link.value, kWithLink));
  set->second.look_ahead(fingerprint(click.visitor, click.workspace.value, kWithWorkspace));
}

void FirstClicks::note(const Click& click) {
  if (!counts(click) || click.imported) return;
  DaySet& set = day_of(click);
  insert(set, click.visitor, click.link.value, kWithLink);
  insert(set, click.visitor, click.workspace.value, kWithWorkspace);
}

void FirstClicks::commit(const ClicksPlace& through) {
  for (auto& [day, set] : days_) set.commit();
  committed_through_ = through;
}

std::size_t FirstClicks::unsaved() const {
  std::size_t out = 0;
  for (const auto& [day, set] : days_) out += set.unsaved();
  return out;
}

Result<void> FirstClicks::save() {
  FirstList list;
  list.through = committed_through_;
  std::vector<std::pair<DaySet*, DaySet::Change>> changes;
  const auto saved = [&]() -> Result<void> {
    for (auto& [day, set] : days_) {
      std::optional<Error> trouble;
      auto written =
          set.write(files_, options_.directory, next_number_++, options_.largest_run, trouble);
      report_trouble(trouble);
      TRY_ASSIGN(auto change, std::move(written));
      const std::size_t kept = set.runs().size() - (change ? change->replaced : 0);
      for (std::size_t i = 0; i < kept; ++i) list.runs.push_back(set.runs()[i].info());
      if (!change) continue;
      list.runs.push_back(change->run.info());
      changes.emplace_back(&set, std::move(*change));
    }
    for (const auto& [day, set] : days_)
      for (const DaySet::Unread& run : set.unread()) list.runs.push_back(run.info);
    std::ranges::sort(list.runs, {},
                      [](const RunInfo& run) { return std::pair(run.day, run.number); });
    return files_.replace(options_.directory / kListName, encode_first_list(list));
  }();
  if (!saved) {
    // A list whose folder could not be synced may be the one that counts after a power cut.
    const auto in_place = files_.read_all(options_.directory / kListName);
    if (!in_place || *in_place != encode_first_list(list))
      for (auto& [set, change] : changes)
        (void)files_.remove(FingerprintRun::path_of(options_.directory, change.run.info()));
    return saved;
  }
  for (auto& [set, change] : changes) set->adopt(std::move(change));
  for (auto& [day, set] : days_) set.rest();
  saved_through_ = committed_through_;
  TRY(remove_unlisted());
  forgotten_on_disk_ = true;
  return {};
}

// Runs that were merged into others, or whose day is over, and what a crash has left.
Result<void> FirstClicks::remove_unlisted() {
  std::set<std::string> listed{std::string(kListName)};
  const auto keep = [&](const RunInfo& run) {
    listed.insert(FingerprintRun::path_of({}, run).string());
  };
  for (const auto& [day, set] : days_) {
    for (const FingerprintRun& run : set.runs()) keep(run.info());
    for (const DaySet::Unread& run : set.unread()) keep(run.info);
  }
  TRY_ASSIGN(const auto names, list_directory(options_.directory));
  for (const std::string& name : names)
    if (!listed.contains(name)) TRY(files_.remove(options_.directory / name));
  return {};
}

Result<void> FirstClicks::keep_only(const std::function<bool(std::int64_t day)>& known) {
  if (std::erase_if(days_, [&](const auto& one) { return !known(one.first); }) != 0)
    forgotten_on_disk_ = false;
  return forgotten_on_disk_ ? Result<void>{} : save();
}

}  // namespace tally
