// SPDX-License-Identifier: Apache-2.0
#include "links/link_feed.h"

#include <future>
#include <vector>

#include "base/log.h"
#include "base/threads.h"

namespace tally {
namespace {
// A step copies at most as many of the table's shards: a few, so that a flood of edits does not
// copy all of the table at once.
constexpr std::size_t kChangesAtOnce = 256;

// Links on their way from the thread that reads them to the one that packs them. Both take about
// as long, so at the start each has a core. Three batches go round, whose memory is used again.
class Relay {
 public:
  struct Batch {
    std::vector<Link> links = std::vector<Link>(256);
    std::size_t count = 0;
  };

  // The reading side.
  void put(const Link& link) {
    filling_.links[filling_.count++] = link;
    if (filling_.count == filling_.links.size()) pass_on();
  }
  void finish() {
    if (filling_.count > 0) pass_on();
    const std::lock_guard lock(mutex_);
    finished_ = true;
    changed_.notify_one();
  }

  // The packing side: the next batch in the place of the one that is done; false after the last.
  bool take(Batch& done) {
    done.count = 0;
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return between_.count > 0 || finished_; });
    if (between_.count == 0) return false;
    std::swap(done, between_);
    changed_.notify_one();
    return true;
  }

 private:
  void pass_on() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return between_.count == 0; });
    std::swap(filling_, between_);
    changed_.notify_one();
  }

  Batch filling_, between_;
  std::mutex mutex_;
  std::condition_variable changed_;  // one side waits at a time
  bool finished_ = false;
};

}  // namespace

LinkFeed::~LinkFeed() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

Result<void> LinkFeed::start() {
  std::promise<Result<void>> loaded;
  auto first = loaded.get_future();
  thread_ = std::thread([this, loaded = std::move(loaded)]() mutable {
    name_this_thread("feed");
    const Result<void> done = load();
    loaded.set_value(done);
    if (done) run();
  });
  return first.get();
}

Result<void> LinkFeed::load() {
  LinkTable::Builder builder(settings_);
  // The version first: a change in between is then read again, not missed.
  TRY_ASSIGN(domains_version_, store_.domains_version());
  TRY_ASSIGN(const auto domains, store_.domains());
  TRY_ASSIGN(const auto with_cookie, store_.cookie_workspaces());
  builder.set_domains(domains, with_cookie);
  on_domains_(domains);
  Relay relay;
  Result<std::uint64_t> version = 0;
  std::thread reader([&] {
    name_this_thread("read-links");
    version = store_.read_all([&](const Link& link) { relay.put(link); });
    relay.finish();
  });
  for (Relay::Batch batch; relay.take(batch);)
    for (std::size_t i = 0; i < batch.count; ++i) builder.add(batch.links[i]);
  reader.join();
  TRY_ASSIGN(version_, std::move(version));
  latest_ = std::move(builder).build();
  table_.publish(latest_);
  return {};
}

void LinkFeed::changed() {
  {
    const std::lock_guard lock(mutex_);
    changed_ = true;
  }
  wake_.notify_one();
}

std::string LinkFeed::trouble() const {
  const std::lock_guard lock(mutex_);
  return trouble_;
}

void LinkFeed::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    wake_.wait_for(lock, kPollEvery, [&] { return changed_ || stopping_; });
    changed_ = false;
    lock.unlock();
    const auto done = catch_up();
    lock.lock();
    const std::string now = done ? std::string() : done.error().line();
    if (now != trouble_) {
      if (now.empty())
        log_info("the link store answers again");
      else
        log_error("cannot read changed links: {}", now);
      trouble_ = now;
    }
  }
}

Result<void> LinkFeed::follow_domains() {
  TRY_ASSIGN(const std::uint64_t version, store_.domains_version());
  if (version == domains_version_) return {};
  TRY_ASSIGN(const auto domains, store_.domains());
  TRY_ASSIGN(const auto with_cookie, store_.cookie_workspaces());
  latest_ = latest_->with_domains(domains, with_cookie);
  domains_version_ = version;
  table_.publish(latest_);
  on_domains_(domains);
  return {};
}

Result<void> LinkFeed::catch_up() {
  TRY(follow_domains());
  for (;;) {
    TRY_ASSIGN(const auto changes, store_.changes_since(version_, kChangesAtOnce));
    if (changes.empty()) return {};
    latest_ = latest_->with(changes);
    version_ = changes.back().version;
    table_.publish(latest_);
  }
}

}  // namespace tally
