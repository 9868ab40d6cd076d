// SPDX-License-Identifier: Apache-2.0
#include "links/link_table.h"

#include <bit>

#include "base/check.h"

namespace tally {
namespace {

constexpr int kTagShift = 48;
constexpr std::uint64_t kOffsetMask = (std::uint64_t{1} << kTagShift) - 1;
constexpr std::size_t kMergeAt = 4096;

std::uint64_t tag_of(std::uint64_t hash) { return hash >> kTagShift << kTagShift; }

}  // namespace

void LinkBase::Builder::add(std::string_view packed) {
  starts_.push_back(bytes_.size());
  bytes_.append(packed);
}

std::shared_ptr<const LinkBase> LinkBase::Builder::build() && {
  auto base = std::make_shared<LinkBase>();
  base->bytes_ = std::move(bytes_);
  base->bytes_.shrink_to_fit();
  base->count_ = starts_.size();
  CHECK(base->bytes_.size() < kOffsetMask);
  base->slots_.assign(std::bit_ceil(starts_.size() * 4 / 3 + 1), 0);
  const std::size_t mask = base->slots_.size() - 1;
  for (const std::uint64_t start : starts_) {
    std::size_t size = 0;
    const EdgeLink link = unpack(std::string_view(base->bytes_).substr(start), size);
    const std::uint64_t hash = hash_name(link.name);
    std::size_t at = hash & mask;
    while (base->slots_[at] != 0) at = (at + 1) & mask;
    base->slots_[at] = tag_of(hash) | (start + 1);
  }
  return base;
}

std::optional<EdgeLink> LinkBase::find(const LinkName& name, std::uint64_t hash) const {
  if (slots_.empty()) return std::nullopt;
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask; slots_[at] != 0; at = (at + 1) & mask) {
    if ((slots_[at] & ~kOffsetMask) != tag_of(hash)) continue;
    std::size_t size = 0;
    const EdgeLink link =
        unpack(std::string_view(bytes_).substr((slots_[at] & kOffsetMask) - 1), size);
    if (link.name == name) return link;
  }
  return std::nullopt;
}

std::size_t LinkBase::memory_bytes() const {
  return bytes_.capacity() + slots_.capacity() * sizeof(Slot);
}

LinkTable::LinkTable() : LinkTable(std::make_shared<LinkBase>()) {}

LinkTable::LinkTable(std::shared_ptr<const LinkBase> base)
    : base_(std::move(base)), overlay_(std::make_shared<Overlay>()), size_(base_->size()) {}

const LinkTable::Entry* LinkTable::find_in(const Overlay& overlay, const LinkName& name,
                                           std::uint64_t hash) {
  for (auto [it, end] = overlay.equal_range(hash); it != end; ++it) {
    const Entry& entry = it->second;
    if (LinkName{entry.domain, entry.prefix, entry.token} == name) return &entry;
  }
  return nullptr;
}

std::optional<EdgeLink> LinkTable::find(const LinkName& name) const {
  const std::uint64_t hash = hash_name(name);
  if (!overlay_->empty()) {
    if (const Entry* entry = find_in(*overlay_, name, hash)) {
      if (entry->packed.empty()) return std::nullopt;
      std::size_t size = 0;
      return unpack(entry->packed, size);
    }
  }
  return base_->find(name, hash);
}

std::shared_ptr<const LinkTable> LinkTable::with(std::span<const LinkChange> changes) const {
  auto overlay = std::make_shared<Overlay>(*overlay_);
  auto next = std::make_shared<LinkTable>(*this);
  for (const LinkChange& change : changes) {
    const Link& link = change.link;
    const LinkName name{link.domain, link.prefix, link.token};
    const std::uint64_t hash = hash_name(name);
    next->overlay_ = overlay;
    const bool was_there = next->find(name).has_value();
    for (auto [it, end] = overlay->equal_range(hash); it != end; ++it) {
      if (LinkName{it->second.domain, it->second.prefix, it->second.token} != name) continue;
      overlay->erase(it);
      break;
    }
    overlay->emplace(hash, Entry{link.domain, link.prefix, link.token,
                                 change.removed ? std::string() : pack(link)});
    if (was_there) --next->size_;
    if (!change.removed) ++next->size_;
  }
  next->overlay_ = overlay;
  return overlay->size() > kMergeAt ? next->merged() : next;
}

std::shared_ptr<const LinkTable> LinkTable::merged() const {
  LinkBase::Builder builder;
  base_->for_each([&](const EdgeLink& link, std::string_view packed) {
    if (find_in(*overlay_, link.name, hash_name(link.name)) == nullptr) builder.add(packed);
  });
  for (const auto& [hash, entry] : *overlay_)
    if (!entry.packed.empty()) builder.add(entry.packed);
  return std::make_shared<LinkTable>(std::move(builder).build());
}

std::size_t LinkTable::memory_bytes() const {
  std::size_t bytes = base_->memory_bytes();
  for (const auto& [hash, entry] : *overlay_) bytes += sizeof entry + entry.packed.capacity();
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
