// SPDX-License-Identifier: Apache-2.0
#include "journal/resync.h"

#include <algorithm>
#include <cstring>

#include "base/checksum.h"
#include "journal/format.h"

namespace tally {
namespace {

constexpr std::uint64_t kLeastRecord = kRecordHeaderSize + 1;
constexpr int kMaxHops = 64;
constexpr int kLookAhead = 4;
constexpr std::uint64_t kFewLost = 64;  // records between two that are read
constexpr std::uint64_t kMaxLost = 1 << 16;
constexpr std::uint64_t kMaxHashed = 1ULL << 30;  // bytes, in one search
// Payloads may end in zeros; no more than these are taken for part of a record before reserved
// space, or every length that reaches into it would look like one.
constexpr std::uint64_t kZerosOfPayload = 64;

class Search {
 public:
  Search(std::string_view bytes, std::uint64_t seed, std::uint64_t n) : seed_(seed), n_(n) {
    look_at(bytes);
  }

  std::optional<RecordPlace> run() {
    if (const auto found = by_lengths()) return found;
    // Few records tend to be lost, and what only looks like one is hashed for each number.
    std::optional<RecordPlace> sure;
    for (const std::uint64_t lost : {kFewLost, kMaxLost}) {
      most_n_ = n_ + lost;
      if (!sure) sure = first_place(kLookAhead);
    }
    if (!sure) return std::nullopt;
    // Lengths further on, damaged or to be cut off, may have hidden records before that place. They
    // are looked for without, in what is left when all behind it is cut off.
    const bool is_seal = number_at(sure->offset) == kSealMark;
    look_at(bytes_.substr(0, is_seal ? sure->offset + kSealSize : end_of_record(sure->offset)));
    const auto first = first_place(1);
    return first ? first : sure;
  }

 private:
  void look_at(std::string_view bytes) {
    bytes_ = bytes;
    const auto last = bytes.find_last_not_of('\0');
    used_ = last == std::string_view::npos ? 0 : last + 1;
  }

  // The first place that counts, of those from which lengths lead on over `look_ahead` records.
  std::optional<RecordPlace> first_place(int look_ahead) {
    // A length that no record and no seal can have is seen at a glance: nearly all are such.
    const std::uint64_t longest = std::min<std::uint64_t>(kMaxRecord, bytes_.size());
    for (std::uint64_t at = kLeastRecord; at < used_ && hashed_ < kMaxHashed; ++at) {
      const std::uint32_t size = number_at(at);
      if (size == 0 || (size > longest && size != kSealMark)) continue;
      if (const auto found = at_place(at, look_ahead)) return found;
    }
    return std::nullopt;
  }

  // Behind the believed bytes there is as good as reserved space, so that what is found does not
  // depend on whether such space has been cut off.
  std::uint32_t number_at(std::uint64_t at) const {
    std::uint32_t out = 0;
    if (at < bytes_.size())
      std::memcpy(&out, bytes_.data() + at,
                  std::min<std::uint64_t>(sizeof out, bytes_.size() - at));
    return out;
  }

  // Where what would be a record there ends; 0 when its length cannot be.
  std::uint64_t end_of_record(std::uint64_t at) const {
    const std::uint32_t size = number_at(at);
    const std::uint64_t end = at + kRecordHeaderSize + size;
    if (size == 0 || size > kMaxRecord) return 0;
    return end <= used_ + kZerosOfPayload || end == bytes_.size() ? end : 0;
  }

  // Its payload; empty when there is none.
  std::string_view payload_at(std::uint64_t at) const {
    const std::uint64_t end = end_of_record(at);
    if (end == 0 || end > bytes_.size()) return {};
    return bytes_.substr(at + kRecordHeaderSize, end - at - kRecordHeaderSize);
  }

  bool is_record(std::uint64_t at, std::string_view payload, std::uint64_t n) {
    hashed_ += payload.size() + kRecordHeaderSize;
    return record_checksum(seed_, n, payload) == number_at(at + sizeof(std::uint32_t));
  }

  // The number that a seal there counts to.
  std::optional<std::uint64_t> seal_at(std::uint64_t at) const {
    if (at + kSealSize > bytes_.size()) return std::nullopt;
    std::uint64_t end = 0;
    std::memcpy(&end, bytes_.data() + at + kRecordHeaderSize, sizeof end);
    if (number_at(at) != kSealMark || bytes_.substr(at, kSealSize) != encode_seal(seed_, end))
      return std::nullopt;
    return end;
  }

  // Nothing but reserved space from there on.
  bool is_end(std::uint64_t at) const { return at >= used_; }

  // Whether lengths lead on from there as behind a record. Costs no hashing.
  bool may_follow(std::uint64_t at, int look_ahead) const {
    for (int hop = 0; hop < look_ahead; ++hop) {
      if (is_end(at) || seal_at(at)) return true;
      at = end_of_record(at);
      if (at == 0) return false;
    }
    return true;
  }

  // Through records whose payloads are damaged and whose lengths are not.
  std::optional<RecordPlace> by_lengths() {
    std::uint64_t at = 0;
    std::uint64_t n = n_;
    for (int hop = 0; hop < kMaxHops; ++hop) {
      at = end_of_record(at);
      if (at == 0) return std::nullopt;
      ++n;
      if (seal_at(at) == n) return RecordPlace{at, n};
      const std::string_view payload = payload_at(at);
      if (!payload.empty() && is_record(at, payload, n)) return RecordPlace{at, n};
    }
    return std::nullopt;
  }

  std::optional<RecordPlace> at_place(std::uint64_t at, int look_ahead) {
    const std::uint64_t most = std::min(n_ + at / kLeastRecord, most_n_);
    if (const auto end = seal_at(at); end && *end >= n_ && *end <= most)
      return RecordPlace{at, *end};
    const std::string_view payload = payload_at(at);
    if (payload.empty()) return std::nullopt;
    const std::uint64_t behind = at + kRecordHeaderSize + payload.size();
    if (!may_follow(behind, look_ahead)) return std::nullopt;
    const auto end = seal_at(behind);
    const std::string_view next = payload_at(behind);
    const bool next_is_shorter = !next.empty() && next.size() < payload.size();
    for (std::uint64_t n = n_ + 1; n <= most && hashed_ < kMaxHashed; ++n) {
      // Nearly always neither is a record, so the shorter one is hashed first.
      if (next_is_shorter && !is_record(behind, next, n + 1)) continue;
      if (!is_record(at, payload, n)) continue;
      if (next_is_shorter || is_end(behind) || end == n + 1 ||
          (!next.empty() && is_record(behind, next, n + 1)))
        return RecordPlace{at, n};
    }
    return std::nullopt;
  }

  std::string_view bytes_;
  const std::uint64_t seed_;
  const std::uint64_t n_;
  std::uint64_t most_n_ = 0;
  std::uint64_t used_ = 0;  // up to the last byte that is not zero
  std::uint64_t hashed_ = 0;
};

}  // namespace

std::optional<RecordPlace> find_next_record(std::string_view bytes, std::uint64_t seed,
                                            std::uint64_t n) {
  return Search(bytes, seed, n).run();
}

}  // namespace tally
