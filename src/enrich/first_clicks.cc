// SPDX-License-Identifier: Apache-2.0
#include "enrich/first_clicks.h"

namespace tally {
namespace {

constexpr std::int64_t kKeptDays = 2;
constexpr std::size_t kFirstSlots = 1024;

// MurmurHash3's finalizer: a bijection that spreads every bit.
std::uint64_t mixed(std::uint64_t x) {
  x ^= x >> 33;
  x *= 0xff51afd7ed558ccdULL;
  x ^= x >> 33;
  x *= 0xc4ceb9fe1a85ec53ULL;
  return x ^ (x >> 33);
}

// Of a visitor with a link (`kind` 1) or a workspace (2); never 0.
std::uint64_t fingerprint(std::uint64_t visitor, std::uint64_t id, std::uint64_t kind) {
  const std::uint64_t out = mixed(visitor + mixed(id * 4 + kind));
  return out == 0 ? 1 : out;
}

bool counts(const Click& click) {
  return click.visitor != 0 && click.link && click.traffic == Traffic::human &&
         is_headline(click.outcome);
}

}  // namespace

bool FingerprintSet::insert(std::uint64_t value) {
  if ((size_ + 1) * 10 > slots_.size() * 8) grow();
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = value & mask;; i = (i + 1) & mask) {
    if (slots_[i] == value) return false;
    if (slots_[i] == 0) {
      slots_[i] = value;
      ++size_;
      return true;
    }
  }
}

void FingerprintSet::grow() {
  std::vector<std::uint64_t> old(slots_.empty() ? kFirstSlots : slots_.size() * 2);
  old.swap(slots_);
  size_ = 0;
  for (const std::uint64_t value : old)
    if (value != 0) insert(value);
}

FingerprintSet* FirstClicks::day_of(const Click& click) {
  const std::int64_t day = click.time / kMillisPerDay;
  if (!days_.empty() && day <= days_.rbegin()->first - kKeptDays) return nullptr;
  FingerprintSet& set = days_[day];
  const std::int64_t newest = days_.rbegin()->first;
  while (days_.begin()->first <= newest - kKeptDays) days_.erase(days_.begin());
  return &set;
}

void FirstClicks::mark(Click& click) {
  click.first = false;
  click.first_ws = false;
  if (!counts(click)) return;
  FingerprintSet* set = day_of(click);
  if (set == nullptr) return;
  click.first = set->insert(fingerprint(click.visitor, click.link.value, 1));
  click.first_ws = set->insert(fingerprint(click.visitor, click.workspace.value, 2));
}

void FirstClicks::note(const Click& click) {
  if (!counts(click) || click.imported) return;
  FingerprintSet* set = day_of(click);
  if (set == nullptr) return;
  set->insert(fingerprint(click.visitor, click.link.value, 1));
  set->insert(fingerprint(click.visitor, click.workspace.value, 2));
}

std::size_t FirstClicks::size() const {
  std::size_t out = 0;
  for (const auto& [day, set] : days_) out += set.size();
  return out;
}

}  // namespace tally
