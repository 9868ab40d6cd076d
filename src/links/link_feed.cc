// SPDX-License-Identifier: Apache-2.0
#include "links/link_feed.h"

#include "base/log.h"
#include "base/threads.h"

namespace tally {
namespace {
constexpr std::size_t kChangesAtOnce = 1000;
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
  LinkBase::Builder builder;
  TRY_ASSIGN(version_, store_.read_all([&](const Link& link) { builder.add(pack(link)); }));
  latest_ = std::make_shared<LinkTable>(std::move(builder).build());
  table_.publish(latest_);
  thread_ = std::thread([this] {
    name_this_thread("feed");
    run();
  });
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

Result<void> LinkFeed::catch_up() {
  for (;;) {
    TRY_ASSIGN(const auto changes, store_.changes_since(version_, kChangesAtOnce));
    if (changes.empty()) return {};
    latest_ = latest_->with(changes);
    version_ = changes.back().version;
    table_.publish(latest_);
  }
}

}  // namespace tally
