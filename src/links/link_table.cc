// SPDX-License-Identifier: Apache-2.0
#include "links/link_table.h"

#include <malloc.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "base/check.h"

namespace tally {
namespace {

constexpr int kTagShift = 48;
constexpr std::uint64_t kOffsetMask = (std::uint64_t{1} << kTagShift) - 1;

// The hash's top bits choose the shard, the next 16 mark the slot, the low 32 choose it.
std::size_t shard_of(std::uint64_t hash) { return hash >> (64 - LinkTable::kShardBits); }
std::uint64_t tag_of(std::uint64_t hash) { return (hash >> 32) << kTagShift; }
std::size_t first_slot(std::uint64_t hash, std::size_t slots) {
  return ((hash & 0xffff'ffff) * slots) >> 32;
}

void append(std::vector<char>& out, std::string_view bytes) {
  out.insert(out.end(), bytes.begin(), bytes.end());
}

}  // namespace

LinkShard::LinkShard(std::vector<char> links) : bytes_(std::move(links)) {
  bytes_.shrink_to_fit();
  for_each([&](const EdgeLink&, std::string_view) { ++count_; });
  CHECK(bytes_.size() <= std::numeric_limits<std::uint32_t>::max());
  slots_.assign(count_ + count_ / 4 + 1, 0);
  for_each([&](const EdgeLink& link, std::string_view packed) {
    const std::uint64_t hash = hash_name(link.name);
    std::size_t at = first_slot(hash, slots_.size());
    while (slots_[at] != 0) at = at + 1 == slots_.size() ? 0 : at + 1;
    slots_[at] = tag_of(hash) | (static_cast<std::uint64_t>(packed.data() - bytes_.data()) + 1);
  });
}

std::size_t LinkShard::memory_bytes() const {
  return sizeof *this + bytes_.capacity() + slots_.capacity() * sizeof(Slot);
}

LinkTable::Builder::Builder(const DefaultDomain& settings) : domains_(settings), bytes_(kShards) {}

void LinkTable::Builder::add(const Link& link) {
  const std::string packed = pack(link, domains_.number_or_new(link.domain));
  std::size_t size = 0;
  std::vector<char>& bytes = bytes_[shard_of(hash_name(unpack(packed, size).name))];
  // Grows by a quarter: doubling would need twice the table's memory while it is being built.
  if (bytes.size() + packed.size() > bytes.capacity())
    bytes.reserve(bytes.size() + std::max(packed.size(), bytes.size() / 4));
  append(bytes, packed);
}

std::shared_ptr<const LinkTable> LinkTable::Builder::build() && {
  auto table = std::make_shared<LinkTable>();
  for (std::size_t i = 0; i < kShards; ++i) table->set_shard(i, std::exchange(bytes_[i], {}));
  table->domains_ = std::make_shared<DomainTable>(std::move(domains_));
  // What the growing parts left behind goes back to the system.
  ::malloc_trim(0);
  return table;
}

LinkTable::LinkTable(const DefaultDomain& settings)
    : domains_(std::make_shared<DomainTable>(settings)) {}

void LinkTable::set_shard(std::size_t index, std::vector<char> bytes) {
  if (shards_[index]) size_ -= shards_[index]->count();
  if (bytes.empty()) {
    shards_[index] = nullptr;
    views_[index] = {};
    return;
  }
  const auto shard = std::make_shared<const LinkShard>(std::move(bytes));
  size_ += shard->count();
  views_[index] = {shard->slots().data(), shard->bytes().data(),
                   static_cast<std::uint32_t>(shard->slots().size()),
                   static_cast<std::uint32_t>(shard->bytes().size())};
  shards_[index] = shard;
}

std::optional<EdgeLink> LinkTable::find(const LinkName& name) const {
  const std::uint64_t hash = hash_name(name);
  const View& view = views_[shard_of(hash)];
  if (view.slot_count == 0) return std::nullopt;
  for (std::size_t at = first_slot(hash, view.slot_count); view.slots[at] != 0;
       at = at + 1 == view.slot_count ? 0 : at + 1) {
    if ((view.slots[at] & ~kOffsetMask) != tag_of(hash)) continue;
    const std::uint64_t offset = (view.slots[at] & kOffsetMask) - 1;
    std::size_t size = 0;
    EdgeLink link = unpack({view.bytes + offset, view.size - offset}, size);
    if (link.name == name) return link;
  }
  return std::nullopt;
}

// What becomes of a name in one step from a table to the next.
struct LinkTable::Change {
  std::size_t shard, order;
  LinkName name;       // borrows the LinkChange
  std::string packed;  // "": removed
};

// A shard's bytes after `changes`, of which the last one of a name counts.
std::vector<char> LinkTable::changed_bytes(std::size_t shard,
                                           std::span<const Change> changes) const {
  const auto concerned = [&](const LinkName& name) {
    return std::ranges::find(changes, name, &Change::name) != changes.end();
  };
  std::vector<char> out;
  std::size_t room = shards_[shard] ? shards_[shard]->bytes().size() : 0;
  for (const Change& change : changes) room += change.packed.size();
  out.reserve(room);
  if (shards_[shard]) {
    shards_[shard]->for_each([&](const EdgeLink& link, std::string_view packed) {
      if (!concerned(link.name)) append(out, packed);
    });
  }
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const auto later = changes.subspan(i + 1);
    if (std::ranges::find(later, changes[i].name, &Change::name) == later.end())
      append(out, changes[i].packed);
  }
  return out;
}

std::shared_ptr<const LinkTable> LinkTable::with(std::span<const LinkChange> changes) const {
  auto next = std::make_shared<LinkTable>(*this);
  std::vector<Change> list;
  list.reserve(changes.size());
  for (const LinkChange& change : changes) {
    const Link& link = change.link;
    DomainNumber number = next->domains_->number_of(link.domain);
    if (number == DomainTable::kUnknown) {
      const auto domains = std::make_shared<DomainTable>(*next->domains_);
      number = domains->number_or_new(link.domain);
      next->domains_ = domains;
    }
    const LinkName name{number, link.prefix, link.token};
    list.push_back({shard_of(hash_name(name)), list.size(), name,
                    change.removed ? std::string() : pack(link, number)});
  }
  std::ranges::sort(list, {},
                    [](const Change& change) { return std::pair(change.shard, change.order); });
  for (std::size_t from = 0; from < list.size();) {
    std::size_t to = from;
    while (to < list.size() && list[to].shard == list[from].shard) ++to;
    next->set_shard(list[from].shard,
                    changed_bytes(list[from].shard, std::span(list).subspan(from, to - from)));
    from = to;
  }
  return next;
}

std::shared_ptr<const LinkTable> LinkTable::with_domains(
    std::span<const Domain> domains, std::span<const WorkspaceId> with_cookie) const {
  auto next = std::make_shared<LinkTable>(*this);
  const auto table = std::make_shared<DomainTable>(*domains_);
  table->set_domains(domains, with_cookie);
  next->domains_ = table;
  return next;
}

std::size_t LinkTable::memory_bytes() const {
  std::size_t bytes = sizeof *this;
  for (const auto& shard : shards_)
    if (shard) bytes += shard->memory_bytes();
  return bytes;
}

void LiveLinkTable::publish(std::shared_ptr<const LinkTable> table) {
  const std::lock_guard lock(mutex_);
  table_ = std::move(table);
  version_.fetch_add(1, std::memory_order_release);
}

std::shared_ptr<const LinkTable> LiveLinkTable::current() const {
  const std::lock_guard lock(mutex_);
  return table_;
}

}  // namespace tally
