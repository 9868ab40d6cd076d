// SPDX-License-Identifier: Apache-2.0
//
// Keeps the edge's link table at the store's heels.
//
// One thread asks the store for the changes after the last version seen: at once when this process
// made a change (changed()), and every few milliseconds besides, because another process may have
// made one. The store being down costs nothing but fresh edits: the table stays as it was.
//
// The same thread builds the table at the start. The C library's allocator gives each thread a heap
// of its own: what edits free of a table that another thread built would lie idle in that heap,
// which took 135 MiB more for a million links after a few thousand edits.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <span>
#include <string>
#include <thread>

#include "base/result.h"
#include "links/link_store.h"
#include "links/link_table.h"

namespace tally {

class LinkFeed {
 public:
  static constexpr std::chrono::milliseconds kPollEvery{50};

  // Told of the domains there are, besides the default one: at the start and when they change.
  using OnDomains = std::function<void(std::span<const Domain>)>;

  LinkFeed(
      LinkStore& store, LiveLinkTable& table, DefaultDomain settings,
      OnDomains on_domains = [](auto) {})
      : store_(store),
        table_(table),
        settings_(std::move(settings)),
        on_domains_(std::move(on_domains)) {}
  ~LinkFeed();

  // Reads every link and publishes the first table; then follows changes in a thread.
  Result<void> start();

  // This process has just changed the store.
  void changed();

  // What the last question to the store said; "" when all is well.
  std::string trouble() const;

 private:
  Result<void> load();
  void run();
  Result<void> catch_up();
  Result<void> follow_domains();

  LinkStore& store_;
  LiveLinkTable& table_;
  const DefaultDomain settings_;
  const OnDomains on_domains_;
  std::shared_ptr<const LinkTable> latest_;
  std::uint64_t version_ = 0;
  std::uint64_t domains_version_ = 0;

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  bool changed_ = false;
  bool stopping_ = false;
  std::string trouble_;
  std::thread thread_;
};

}  // namespace tally
