// SPDX-License-Identifier: Apache-2.0
#include "journal/resync.h"

#include <algorithm>
#include <cstring>

#include "journal/format.h"

namespace tally {
namespace {

constexpr std::uint64_t kLeastRecord = kRecordHeaderSize + 1;
constexpr int kMaxHops = 64;
constexpr int kLookAhead = 4;
constexpr std::uint64_t kMaxLost = 1 << 16;       // records between two that are read
constexpr std::uint64_t kMaxHashed = 1ULL << 30;  // bytes, in one search
// Payloads may end in zeros; no more than these are taken for part of a record, or every length
// that reaches into reserved space would look like one.
constexpr std::uint64_t kZerosOfPayload = 64;

class Search {
 public:
  Search(std::string_view bytes, std::uint64_t seed, std::uint64_t n)
      : bytes_(bytes), seed_(seed), n_(n) {
    const auto last = bytes.find_last_not_of('\0');
    used_ = last == std::string_view::npos ? 0 : last + 1;
  }

  std::optional<RecordPlace> run() {
    if (const auto found = by_lengths()) return found;
    // A length that no record and no seal can have is seen at a glance: nearly all are such.
    const std::uint64_t longest = std::min<std::uint64_t>(kMaxRecord, used_ + kZerosOfPayload);
    for (std::uint64_t at = kLeastRecord; at + kLeastRecord <= bytes_.size(); ++at) {
      if (at >= used_ || hashed_ >= kMaxHashed) break;
      std::uint32_t size = 0;
      std::memcpy(&size, bytes_.data() + at, sizeof size);
      if (size == 0 || (size > longest && size != kSealMark)) continue;
      if (const auto found = at_place(at)) return found;
    }
    return std::nullopt;
  }

 private:
  // The payload of what would be a record there; empty when its length cannot be.
  std::string_view payload_at(std::uint64_t at) const {
    if (at + kLeastRecord > bytes_.size()) return {};
    std::uint32_t size = 0;
    std::memcpy(&size, bytes_.data() + at, sizeof size);
    const std::uint64_t end = at + kRecordHeaderSize + size;
    if (size == 0 || size > kMaxRecord || end > bytes_.size() || end > used_ + kZerosOfPayload)
      return {};
    return bytes_.substr(at + kRecordHeaderSize, size);
  }

  bool is_record(std::uint64_t at, std::string_view payload, std::uint64_t n) {
    std::uint32_t checksum = 0;
    std::memcpy(&checksum, bytes_.data() + at + sizeof checksum, sizeof checksum);
    hashed_ += payload.size() + kRecordHeaderSize;
    return record_checksum(seed_, n, payload) == checksum;
  }

  // The number that a seal there counts to.
  std::optional<std::uint64_t> seal_at(std::uint64_t at) const {
    if (at + kSealSize > bytes_.size()) return std::nullopt;
    std::uint32_t mark = 0;
    std::uint64_t end = 0;
    std::memcpy(&mark, bytes_.data() + at, sizeof mark);
    std::memcpy(&end, bytes_.data() + at + kRecordHeaderSize, sizeof end);
    if (mark != kSealMark || bytes_.substr(at, kSealSize) != encode_seal(seed_, end))
      return std::nullopt;
    return end;
  }

  // Nothing but reserved space from there on.
  bool is_end(std::uint64_t at) const { return at >= used_; }

  // Whether lengths lead on from there as behind a record. Costs no hashing.
  bool may_follow(std::uint64_t at) const {
    for (int hop = 0; hop < kLookAhead; ++hop) {
      if (is_end(at) || seal_at(at)) return true;
      const std::string_view payload = payload_at(at);
      if (payload.empty()) return false;
      at += kRecordHeaderSize + payload.size();
    }
    return true;
  }

  // Through records whose payloads are damaged and whose lengths are not.
  std::optional<RecordPlace> by_lengths() {
    std::uint64_t at = 0;
    std::uint64_t n = n_;
    for (int hop = 0; hop < kMaxHops; ++hop) {
      const std::string_view damaged = payload_at(at);
      if (damaged.empty()) return std::nullopt;
      at += kRecordHeaderSize + damaged.size();
      ++n;
      if (seal_at(at) == n) return RecordPlace{at, n};
      const std::string_view payload = payload_at(at);
      if (!payload.empty() && is_record(at, payload, n)) return RecordPlace{at, n};
    }
    return std::nullopt;
  }

  std::optional<RecordPlace> at_place(std::uint64_t at) {
    if (const auto end = seal_at(at); end && *end >= n_) return RecordPlace{at, *end};
    const std::string_view payload = payload_at(at);
    if (payload.empty()) return std::nullopt;
    const std::uint64_t behind = at + kRecordHeaderSize + payload.size();
    if (!may_follow(behind)) return std::nullopt;
    const std::string_view next = payload_at(behind);
    const std::uint64_t most = n_ + std::min(at / kLeastRecord, kMaxLost);
    for (std::uint64_t n = n_ + 1; n <= most && hashed_ < kMaxHashed; ++n) {
      if (!is_record(at, payload, n)) continue;
      if (is_end(behind) || seal_at(behind) == n + 1 ||
          (!next.empty() && is_record(behind, next, n + 1)))
        return RecordPlace{at, n};
    }
    return std::nullopt;
  }

  const std::string_view bytes_;
  const std::uint64_t seed_;
  const std::uint64_t n_;
  std::uint64_t used_ = 0;  // up to the last byte that is not zero
  std::uint64_t hashed_ = 0;
};

}  // namespace

std::optional<RecordPlace> find_next_record(std::string_view bytes, std::uint64_t seed,
                                            std::uint64_t n) {
  return Search(bytes, seed, n).run();
}

}  // namespace tally
