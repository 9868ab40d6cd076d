// SPDX-License-Identifier: Apache-2.0
#include "enrich/enrich_data.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include "base/files.h"
#include "base/log.h"
#include "base/threads.h"

namespace tally {
namespace {

// What tells a file from the one that was there before; "-" when there is none.
std::string look_of(const std::filesystem::path& path) {
  struct stat found{};
  if (path.empty() || ::stat(path.c_str(), &found) != 0) return "-";
  return fmt::format("{}:{}.{}:{}", found.st_size, found.st_mtim.tv_sec, found.st_mtim.tv_nsec,
                     found.st_ino);
}

std::string look_at(const std::vector<std::filesystem::path>& files) {
  std::string out;
  for (const auto& path : files) {
    out += look_of(path) + ";";
    std::error_code none;
    if (path.empty() || !std::filesystem::is_directory(path, none)) continue;
    const auto names = list_directory(path);
    if (!names) continue;
    for (const std::string& name : *names) out += name + "=" + look_of(path / name) + ";";
  }
  return out;
}

}  // namespace

std::shared_ptr<const GeoDatabase> open_geo(const DataFiles& files) {
  std::error_code missing;
  const auto& fetched = files.geo_fetched;
  if (!fetched.empty() && std::filesystem::exists(fetched / kFetchedV4, missing))
    return std::make_shared<const GeoDatabase>(fetched / kFetchedV4, fetched / kFetchedV6);
  return std::make_shared<const GeoDatabase>(files.geo_v4, files.geo_v6);
}

EnrichData::EnrichData(DataFiles files, const Clock& clock)
    : files_(std::move(files)),
      clock_(clock),
      geo_lot_("geo", &EnrichData::load_geo, {files_.geo_v4, files_.geo_v6, files_.geo_fetched}),
      rules_lot_("rules", &EnrichData::load_rules, {files_.user_agent_rules, files_.tables}) {}

EnrichData::~EnrichData() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    leaving_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void EnrichData::start() {
  geo_lot_.wanted = rules_lot_.wanted = true;
  thread_ = std::thread([this] { run(); });
}

Result<void> EnrichData::ready() const {
  geo_lot_.first.wait();
  rules_lot_.first.wait();
  if (no_rules_) return std::unexpected(*no_rules_);
  return {};
}

Result<std::unique_ptr<EnrichData>> EnrichData::load(DataFiles files, const Clock& clock) {
  auto out = std::make_unique<EnrichData>(std::move(files), clock);
  out->start();
  TRY(out->ready());
  return out;
}

const Latest<AgentRules>& EnrichData::agents() const {
  rules_lot_.first.wait();
  return agents_;
}

const Latest<Sites>& EnrichData::sites() const {
  rules_lot_.first.wait();
  return sites_;
}

const Latest<GeoDatabase>& EnrichData::geo() const {
  geo_lot_.first.wait();
  return geo_;
}

void EnrichData::refresh(bool anyway) {
  for (Lot* lot : {&geo_lot_, &rules_lot_}) {
    const std::string now = look_at(lot->files);
    const std::lock_guard lock(mutex_);
    if (anyway || (now != lot->seen && now == lot->looked)) lot->wanted = true;
    lot->looked = now;
  }
  {
    const std::lock_guard lock(mutex_);
    dropping_ = true;
  }
  changed_.notify_all();
  warn_when_old();
}

void EnrichData::warn_when_old() {
  const UnixMillis now = clock_.now_ms();
  const auto database = geo_.get();
  if (database == nullptr || !is_old(database->status(), now)) return;
  if (warned_at_ != 0 && now - warned_at_ < kMillisPerDay) return;
  warned_at_ = now;
  log_warn("geo: {} is {} days old: a newer one would know more", database->status().path,
           (now - database->status().build_time * kMillisPerSecond) / kMillisPerDay);
}

void EnrichData::settle() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock,
                [&] { return !geo_lot_.wanted && !rules_lot_.wanted && !loading_ && !dropping_; });
}

std::vector<DataState> EnrichData::states() const {
  const std::lock_guard lock(mutex_);
  return {rules_lot_.state, geo_lot_.state};
}

void EnrichData::run() {
  name_this_thread("data");
  std::unique_lock lock(mutex_);
  // Links and clicks wait for the first load, for no other.
  take(geo_lot_, lock);
  take(rules_lot_, lock);
  stand_back();
  while (!leaving_) {
    if (geo_lot_.wanted) {
      take(geo_lot_, lock);
    } else if (rules_lot_.wanted) {
      take(rules_lot_, lock);
    } else if (dropping_) {
      drop_unused(lock);
    } else {
      changed_.wait(lock);
    }
  }
}

void EnrichData::drop_unused(std::unique_lock<std::mutex>& lock) {
  lock.unlock();
  agents_.drop_unused();
  sites_.drop_unused();
  geo_.drop_unused();
  lock.lock();
  dropping_ = false;
  changed_.notify_all();
}

void EnrichData::take(Lot& lot, std::unique_lock<std::mutex>& lock) {
  lot.wanted = false;
  loading_ = true;
  lock.unlock();
  const std::string seen = look_at(lot.files);
  Outcome outcome = (this->*lot.load)();
  lock.lock();
  const bool again = lot.first.try_wait();
  lot.seen = seen;
  conclude(lot, std::move(outcome), clock_.now_ms(), again);
  if (!again) lot.first.count_down();
  loading_ = false;
  changed_.notify_all();
}

void EnrichData::conclude(Lot& lot, Outcome outcome, UnixMillis now, bool again) {
  DataState& state = lot.state;
  if (outcome.published) state.loaded_at = now;
  if (outcome.refused) ++state.failures;
  if (outcome.refused && !outcome.published && again) {
    log_error("{}: what lies there is refused, the last good one stays: {}", state.what,
              outcome.trouble);
  } else if (!outcome.trouble.empty()) {
    log_warn("{}: {}", state.what, outcome.trouble);
  } else if (again) {
    log_info("{}: loaded again", state.what);
  }
  state.trouble = std::move(outcome.trouble);
}

Result<void> EnrichData::publish_rules(std::shared_ptr<const RuleTables> tables) {
  TRY_ASSIGN(auto agents, AgentRules::load(files_.user_agent_rules, *tables));
  TRY_ASSIGN(auto sites, Sites::load(std::move(tables)));
  agents_.publish(std::move(agents));
  sites_.publish(std::move(sites));
  return {};
}

EnrichData::Outcome EnrichData::load_rules() {
  const auto tables = RuleTables::load(files_.tables);
  const auto whole = tables ? publish_rules(*tables) : std::unexpected(tables.error());
  if (whole) {
    std::string strangers;
    for (const std::string& file : (*tables)->strangers())
      strangers += (strangers.empty() ? "" : "; ") + file + ": no table has this name";
    return {.published = true, .refused = false, .trouble = std::move(strangers)};
  }
  Outcome out{.published = false, .refused = true, .trouble = whole.error().line()};
  if (agents_.get() != nullptr) return out;
  const auto ours = publish_rules(std::make_shared<const RuleTables>());
  out.published = ours.has_value();
  if (!ours) no_rules_ = ours.error();
  return out;
}

EnrichData::Outcome EnrichData::load_geo() {
  auto next = open_geo(files_);
  Outcome out{.published = true,
              .refused = next->status().state == GeoStatus::State::broken,
              .trouble = next->status().error};
  if (const auto current = geo_.get(); current != nullptr && !next->covers(*current)) {
    out.published = false;
    out.refused = true;
  }
  if (out.published) geo_.publish(std::move(next));
  return out;
}

}  // namespace tally
