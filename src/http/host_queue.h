// SPDX-License-Identifier: Apache-2.0
//
// Who may start next: so many at a time of one host, so many in all, and the hosts take turns.
//
// An item that may not start yet waits with others of its host, first come, first served, until it
// starts or its deadline has passed. A host is known only while something of it runs or waits.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/check.h"

namespace tally {

template <class Item>
class HostQueue {
 public:
  using Time = std::chrono::steady_clock::time_point;

  HostQueue(std::size_t most_running, std::size_t most_per_host)
      : most_running_(most_running), most_per_host_(most_per_host) {}

  void push(const std::string& name, Time deadline, Item item) {
    const auto entry = hosts_.try_emplace(name).first;
    Host& host = entry->second;
    host.name = &entry->first;
    host.waiting.emplace(++pushed_, Waiting{deadline, std::move(item)});
    deadlines_.emplace(std::pair(deadline, pushed_), &host);
    offer(host);
  }

  // The next item that may start now. It runs from here on, until ended() is told its host.
  std::optional<Item> next() {
    while (running_ < most_running_ && !turns_.empty()) {
      Host& host = *turns_.front();
      turns_.pop_front();
      host.in_turns = false;
      // All that waited may have passed its deadline since.
      if (host.waiting.empty()) {
        forget_if_idle(host);
        continue;
      }
      const auto first = host.waiting.begin();
      Item item = std::move(first->second.item);
      deadlines_.erase({first->second.deadline, first->first});
      host.waiting.erase(first);
      ++host.running;
      ++running_;
      offer(host);
      return item;
    }
    return std::nullopt;
  }

  void ended(const std::string& name) {
    Host& host = hosts_.at(name);
    CHECK(host.running > 0 && running_ > 0);
    --host.running;
    --running_;
    offer(host);
    forget_if_idle(host);
  }

  // Takes out what still waits past its deadline.
  std::optional<Item> expired(Time now) {
    if (deadlines_.empty() || deadlines_.begin()->first.first > now) return std::nullopt;
    return take_first_due();
  }
  // Takes out what waits, whatever its deadline.
  std::optional<Item> any() {
    if (deadlines_.empty()) return std::nullopt;
    return take_first_due();
  }

  // When expired() is to be asked next.
  std::optional<Time> first_deadline() const {
    if (deadlines_.empty()) return std::nullopt;
    return deadlines_.begin()->first.first;
  }
  std::size_t running() const { return running_; }
  std::size_t hosts() const { return hosts_.size(); }

 private:
  struct Waiting {
    Time deadline;
    Item item;
  };
  struct Host {
    const std::string* name = nullptr;
    std::size_t running = 0;
    bool in_turns = false;
    std::map<std::uint64_t, Waiting> waiting;  // by the order in which they came
  };

  // Gives the host a place among those whose turn comes, when it has something that may start.
  void offer(Host& host) {
    if (host.in_turns || host.waiting.empty() || host.running >= most_per_host_) return;
    turns_.push_back(&host);
    host.in_turns = true;
  }

  void forget_if_idle(Host& host) {
    if (host.running == 0 && host.waiting.empty() && !host.in_turns) hosts_.erase(*host.name);
  }

  Item take_first_due() {
    const auto first = deadlines_.begin();
    Host& host = *first->second;
    const auto found = host.waiting.find(first->first.second);
    Item item = std::move(found->second.item);
    host.waiting.erase(found);
    deadlines_.erase(first);
    forget_if_idle(host);
    return item;
  }

  const std::size_t most_running_;
  const std::size_t most_per_host_;
  std::uint64_t pushed_ = 0;
  std::size_t running_ = 0;
  std::unordered_map<std::string, Host> hosts_;                // its elements stay where they are
  std::map<std::pair<Time, std::uint64_t>, Host*> deadlines_;  // of what waits
  std::deque<Host*> turns_;  // those that have something that may start
};

}  // namespace tally
