// SPDX-License-Identifier: Apache-2.0
//
// Every link in memory, for edge threads that must not wait for anything.
//
// The table is two immutable parts. The base holds nearly all links: their packed bytes back to
// back, and an open-addressing index of offsets. The overlay holds what changed since the base was
// built, removals as empty entries. An edit copies the overlay (small), never the base; when the
// overlay has grown past a few thousand entries the two are merged into a new base. A lookup asks
// the overlay, if there is any, and then the base: one probe, as a rule.
//
// Threads: LinkTable is immutable and shared. LiveLinkTable is where the newest one is published;
// each edge thread compares a version number once a turn and only then takes the lock.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "links/edge_link.h"
#include "links/link_store.h"

namespace tally {

// Nearly all links. Built once, then only read.
class LinkBase {
 public:
  class Builder {
   public:
    void add(std::string_view packed);
    std::shared_ptr<const LinkBase> build() &&;

   private:
    std::string bytes_;
    std::vector<std::uint64_t> starts_;
  };

  std::optional<EdgeLink> find(const LinkName& name, std::uint64_t hash) const;
  std::size_t size() const { return count_; }
  std::size_t memory_bytes() const;

  // Calls each(packed bytes) for every link.
  template <class Each>
  void for_each(Each&& each) const {
    for (std::size_t at = 0; at < bytes_.size();) {
      std::size_t size = 0;
      const EdgeLink link = unpack(std::string_view(bytes_).substr(at), size);
      each(link, std::string_view(bytes_).substr(at, size));
      at += size;
    }
  }

 private:
  // An offset into bytes_ plus one, with 16 bits of the hash above it; zero is an empty slot.
  using Slot = std::uint64_t;
  std::string bytes_;
  std::vector<Slot> slots_;  // a power of two, at most three quarters full
  std::size_t count_ = 0;
};

class LinkTable {
 public:
  LinkTable();
  explicit LinkTable(std::shared_ptr<const LinkBase> base);

  // The link of that name; its views live as long as this table.
  std::optional<EdgeLink> find(const LinkName& name) const;

  // This table after `changes`, in their order. Merges when the overlay would grow too large.
  std::shared_ptr<const LinkTable> with(std::span<const LinkChange> changes) const;

  std::size_t size() const { return size_; }
  std::size_t memory_bytes() const;

 private:
  struct Entry {
    std::string domain, prefix, token;
    std::string packed;  // "": removed
  };
  using Overlay = std::unordered_multimap<std::uint64_t, Entry>;  // by hash_name()

  static const Entry* find_in(const Overlay& overlay, const LinkName& name, std::uint64_t hash);
  std::shared_ptr<const LinkTable> merged() const;

  std::shared_ptr<const LinkBase> base_;
  std::shared_ptr<const Overlay> overlay_;  // never null
  std::size_t size_ = 0;
};

class LiveLinkTable {
 public:
  void publish(std::shared_ptr<const LinkTable> table);
  std::shared_ptr<const LinkTable> current() const;
  std::uint64_t version() const { return version_.load(std::memory_order_acquire); }

 private:
  std::atomic<std::uint64_t> version_{0};
  mutable std::mutex mutex_;
  std::shared_ptr<const LinkTable> table_ = std::make_shared<LinkTable>();
};

}  // namespace tally
