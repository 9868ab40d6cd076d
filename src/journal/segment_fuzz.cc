// SPDX-License-Identifier: Apache-2.0
//
// A model of a segment against the real readers. The input is a script: it says what records are
// written and how the file is hurt afterwards (bits, blocks, cuts, bytes moved from elsewhere in
// the same segment or from another one, raw bytes of its own). Whatever that leaves:
//
//   - what is read are records that were written, under their numbers, in order: none invented,
//     none twice, none out of place;
//   - records before the first hurt byte are all read;
//   - recovery keeps exactly what reading finds, and a second recovery finds nothing more to do;
//   - verify reports damage unless the file is what it was, or was cut where nothing can tell.
//
// Script: one byte of shape, then operations of one byte with its operands, until it ends.
#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "base/memory_file_fake.h"
#include "journal/reader.h"
#include "journal/recovery.h"
#include "journal/verify.h"

namespace tally {
namespace {

constexpr std::size_t kMostBytes = 64 << 10;

class Script {
 public:
  Script(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}
  bool at_end() const { return at_ >= size_; }
  std::uint8_t byte() { return at_end() ? std::uint8_t{0} : data_[at_++]; }
  std::size_t number() { return byte() | static_cast<std::size_t>(byte()) << 8; }
  std::string text(std::size_t size) {
    size = std::min(size, size_ - std::min(at_, size_));
    std::string out(reinterpret_cast<const char*>(data_) + at_, size);
    at_ += size;
    return out;
  }

 private:
  const std::uint8_t* data_;
  std::size_t size_;
  std::size_t at_ = 0;
};

struct Written {
  SegmentId id;
  std::string bytes;
  std::vector<std::string> payloads;
  std::vector<std::size_t> ends;
};

Written write(Script& script, const SegmentId& id, std::size_t count) {
  Written out;
  out.id = id;
  out.bytes = encode_segment_header(id, 7);
  const std::uint64_t seed = segment_seed(id);
  for (std::size_t i = 0; i < count && out.bytes.size() < kMostBytes; ++i) {
    const std::size_t size = 1 + script.byte();
    std::string payload = script.text(size / 2);
    // A payload that ends in many zeros is not told from reserved space (resync.cc).
    payload.resize(size, static_cast<char>(i % 3));
    payload.back() = 'e';
    std::string record(kRecordHeaderSize, '\0');
    record += payload;
    finish_record(record, seed, id.first + i);
    out.bytes += record;
    out.payloads.push_back(std::move(payload));
    out.ends.push_back(out.bytes.size());
  }
  return out;
}

// Hurts `bytes` as the script says. The header stays, or nothing would be read.
void hurt(Script& script, std::string& bytes, const std::string& other) {
  while (!script.at_end()) {
    const std::uint8_t what = script.byte() % 6;
    if (bytes.size() <= kSegmentHeaderSize) return;
    const std::size_t room = bytes.size() - kSegmentHeaderSize;
    const std::size_t at = kSegmentHeaderSize + script.number() % room;
    const std::size_t size = std::min<std::size_t>(1 + script.byte() * 4U, bytes.size() - at);
    const std::size_t from = script.number();
    switch (what) {
      case 0:
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << (size % 8)));
        break;
      case 1:
        std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), size, '\0');
        break;
      case 2:
        bytes.resize(at);
        break;
      case 3:
        bytes.replace(at, size, bytes.substr(from % bytes.size(), size));
        break;
      case 4:
        bytes.replace(at, size, other.substr(from % other.size(), size));
        break;
      default:
        bytes.replace(at, size, script.text(size));
        break;
    }
  }
}

// Numbers of the records that are read.
std::vector<std::uint64_t> read_all(MemoryFile& file, const Written& written, std::uint64_t limit) {
  auto reader = SegmentReader::open(file, segment_name(written.id), written.id.kind).value();
  std::vector<std::uint64_t> out;
  LogRecord record;
  while (reader.next_readable(limit, record).value()) {
    CHECK(out.empty() || record.n > out.back());
    CHECK(record.n - written.id.first < written.payloads.size());
    CHECK(record.payload == written.payloads[record.n - written.id.first]);
    out.push_back(record.n);
  }
  return out;
}

void check(const Written& written, const std::string& whole, const std::string& hurt_bytes) {
  MemoryFile file(hurt_bytes);
  const std::string name = segment_name(written.id);
  const auto found = read_all(file, written, hurt_bytes.size());
  const auto differs =
      static_cast<std::size_t>(std::ranges::mismatch(whole, hurt_bytes).in1 - whole.begin());
  const auto untouched = static_cast<std::size_t>(std::ranges::upper_bound(written.ends, differs) -
                                                  written.ends.begin());
  CHECK(found.size() >= untouched);
  const auto report = verify_segment(file, name, written.id.kind).value();
  CHECK(report.records == found.size());
  if (hurt_bytes == whole) CHECK(report.damage.empty() && found.size() == written.payloads.size());
  // Bytes that were changed and not cut off are always seen.
  if (differs < std::min(whole.size(), hurt_bytes.size())) {
    const bool only_zeros = hurt_bytes.find_first_not_of('\0', differs) == std::string::npos;
    CHECK(only_zeros || !report.damage.empty());
  }

  RecoveredLog first;
  CHECK(recover_segment(file, name, written.id.kind, first));
  const SegmentState& state = first.segments.at(0);
  CHECK(file.bytes().size() == state.committed || first.cuts.empty());
  CHECK(read_all(file, written, state.committed) == found);
  RecoveredLog second;
  CHECK(recover_segment(file, name, written.id.kind, second));
  CHECK(second.cuts.empty() && second.segments.at(0).end == state.end);
  CHECK(read_all(file, written, second.segments.at(0).committed) == found);
}

}  // namespace
}  // namespace tally

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tally;
  Script script(data, size);
  const std::uint8_t shape = script.byte();
  const LogKind kind = (shape & 1) != 0 ? LogKind::raw : LogKind::enriched;
  // The whole input decides which segment it is, and so every checksum: a fuzzer that watches
  // comparisons would otherwise learn to forge them.
  const auto epoch = static_cast<std::uint32_t>(
      std::hash<std::string_view>{}({reinterpret_cast<const char*>(data), size}));
  const SegmentId id{kind, {1, epoch, 3}, static_cast<std::uint64_t>(shape >> 4)};
  Written written = write(script, id, script.byte() % 64);
  const Written other = write(script, {kind, {1, epoch ^ 1, 3}, id.first}, script.byte() % 8);
  if ((shape & 2) != 0)
    written.bytes += encode_seal(segment_seed(id), id.first + written.payloads.size());
  if ((shape & 4) != 0) written.bytes += std::string(1024, '\0');
  std::string hurt_bytes = written.bytes;
  hurt(script, hurt_bytes, other.bytes);
  check(written, written.bytes, hurt_bytes);
  return 0;
}
