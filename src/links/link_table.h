// SPDX-License-Identifier: Apache-2.0
//
// Every link in memory, for edge threads that must not wait for anything.
//
// The table is cut into 2048 immutable shards by the hash of a link's name. A shard holds its
// links' packed bytes back to back and an open-addressing index of their offsets, with 16 bits of
// the hash in each slot, so that looking a link up costs one probe as a rule: the slot, then the
// link. An edit copies its shard, some hundred links, and the list of shards; everything else is
// shared with the table before. So there is no overlay to ask first, no merge to wait for, and
// never a second copy of the whole: the peak is the table plus the shards that changed while some
// edge thread still held the table before.
//
// Refused: one base with an overlay of changes. It cost a second probe for as long as there were
// changes, and merging needed the whole table twice.
//
// Threads: LinkTable is immutable and shared. LiveLinkTable is where the newest one is published;
// each edge thread compares a version number once a turn and only then takes the lock.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "links/domain_table.h"
#include "links/edge_link.h"
#include "links/link_store.h"

namespace tally {

// A part of the table. Built once, then only read.
class LinkShard {
 public:
  // An offset into the bytes plus one, with 16 bits of the hash above it; zero is an empty slot.
  using Slot = std::uint64_t;

  // `bytes` are packed links back to back.
  explicit LinkShard(std::vector<char> bytes);

  std::span<const Slot> slots() const { return slots_; }
  std::string_view bytes() const { return {bytes_.data(), bytes_.size()}; }
  std::size_t count() const { return count_; }
  std::size_t memory_bytes() const;

  // Calls each(link, packed bytes) for every link.
  template <class Each>
  void for_each(Each&& each) const {
    for (std::string_view rest = bytes(); !rest.empty();) {
      std::size_t size = 0;
      const EdgeLink link = unpack(rest, size);
      each(link, rest.substr(0, size));
      rest.remove_prefix(size);
    }
  }

 private:
  std::vector<char> bytes_;
  std::vector<Slot> slots_;  // at most four fifths full
  std::size_t count_ = 0;
};

class LinkTable {
 public:
  static constexpr int kShardBits = 11;
  static constexpr std::size_t kShards = std::size_t{1} << kShardBits;

  // Takes every link once, then gives the table; needs little more than the table will.
  class Builder {
   public:
    explicit Builder(const DefaultDomain& settings = {});
    void add(const Link& link);
    void set_domains(std::span<const Domain> domains, std::span<const WorkspaceId> with_cookie) {
      domains_.set_domains(domains, with_cookie);
    }
    std::shared_ptr<const LinkTable> build() &&;

   private:
    DomainTable domains_;
    std::vector<std::vector<char>> bytes_;  // by shard
  };

  LinkTable() : LinkTable(DefaultDomain{}) {}
  explicit LinkTable(const DefaultDomain& settings);

  // The link of that name; its views live as long as this table.
  std::optional<EdgeLink> find(const LinkName& name) const;
  const DomainTable& domains() const { return *domains_; }

  // This table after `changes`, in their order.
  std::shared_ptr<const LinkTable> with(std::span<const LinkChange> changes) const;
  // This table with these domains, besides the default one.
  std::shared_ptr<const LinkTable> with_domains(
      std::span<const Domain> domains, std::span<const WorkspaceId> with_cookie = {}) const;

  std::size_t size() const { return size_; }
  std::size_t memory_bytes() const;

 private:
  // What a lookup needs of a shard, side by side.
  struct View {
    const LinkShard::Slot* slots = nullptr;
    const char* bytes = nullptr;
    std::uint32_t slot_count = 0;
    std::uint32_t size = 0;  // of the bytes
  };
  struct Change;

  std::vector<char> changed_bytes(std::size_t shard, std::span<const Change> changes) const;
  void set_shard(std::size_t index, std::vector<char> bytes);

  std::array<View, kShards> views_{};
  std::array<std::shared_ptr<const LinkShard>, kShards> shards_;  // null: no links
  std::shared_ptr<const DomainTable> domains_;                    // never null
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
