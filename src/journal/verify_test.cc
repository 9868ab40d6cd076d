// SPDX-License-Identifier: Apache-2.0
//
// Damage, by the ten thousand: every flipped bit is found, every cut keeps what was before it, and
// nothing is ever read that was not written.
#include "journal/verify.h"

#include <gtest/gtest.h>

#include <fstream>
#include <random>

#include "base/bytes.h"
#include "base/memory_file_fake.h"
#include "base/test_folder.h"
#include "journal/reader.h"
#include "journal/recovery.h"

namespace tally {
namespace {

// A segment made in memory, and what is in it.
struct Model {
  SegmentId id;
  std::string name;
  std::string bytes;  // without reserved space
  std::vector<std::string> payloads;
  std::vector<std::uint64_t> ends;  // offset behind each record
};

std::string random_payload(std::mt19937_64& random, std::size_t size) {
  std::string out(size, '\0');
  // Like hits and clicks: text, small numbers, runs of zeros.
  for (char& c : out) {
    const auto roll = random();
    c = roll % 3 == 0 ? '\0' : static_cast<char>(roll >> 8);
  }
  return out;
}

Model make_segment(LogKind kind, std::size_t size, bool sealed) {
  std::mt19937_64 random(7);
  Model out;
  out.id = {kind, {1, 4, 2}, 1000};
  out.name = segment_name(out.id);
  out.bytes = encode_segment_header(out.id, 1'784'548'800'000);
  const std::uint64_t seed = segment_seed(out.id);
  std::uint64_t n = out.id.first;
  while (out.bytes.size() < size) {
    const std::size_t length = kind == LogKind::raw ? 60 + random() % 400 : 200 + random() % 12'000;
    out.payloads.push_back(random_payload(random, length));
    std::string record(kRecordHeaderSize, '\0');
    record += out.payloads.back();
    finish_record(record, seed, n++);
    out.bytes += record;
    out.ends.push_back(out.bytes.size());
  }
  if (sealed) out.bytes += encode_seal(seed, n);
  return out;
}

// What is read must be records that were written, under their numbers, in order.
std::size_t check_against(const Model& model, SegmentReader& reader, std::uint64_t limit) {
  std::size_t count = 0;
  std::uint64_t least = model.id.first;
  LogRecord record;
  while (reader.next_readable(limit, record).value()) {
    EXPECT_GE(record.n, least);
    least = record.n + 1;
    const std::uint64_t at = record.n - model.id.first;
    if (at >= model.payloads.size() || record.payload != model.payloads[at]) {
      ADD_FAILURE() << "record " << record.n << " was never written";
      break;
    }
    ++count;
  }
  return count;
}

struct Shape {
  LogKind kind;
  bool sealed;
  std::size_t reserved;
};

// ThreadSanitizer makes these loops ten times as long, and they have one thread.
#ifdef __SANITIZE_THREAD__
constexpr int kFlips = 500;
constexpr int kLostBlocks = 100;
constexpr std::size_t kCutStep = 61;
#else
constexpr int kFlips = 10'000;
constexpr int kLostBlocks = 200;
constexpr std::size_t kCutStep = 1;
#endif

class Damaged : public ::testing::TestWithParam<Shape> {};

TEST_P(Damaged, TenThousandFlippedBitsAreAllFound) {
  Model model = make_segment(GetParam().kind, 96 << 10, GetParam().sealed);
  MemoryFile file(model.bytes + std::string(GetParam().reserved, '\0'));
  EXPECT_TRUE(verify_segment(file, model.name, model.id.kind).value().damage.empty());
  std::mt19937_64 random(11);
  std::size_t most_lost = 0;
  for (int i = 0; i < kFlips; ++i) {
    const std::size_t bit = random() % (file.bytes().size() * 8);
    const char mask = static_cast<char>(1 << (bit % 8));
    file.bytes()[bit / 8] ^= mask;
    const auto report = verify_segment(file, model.name, model.id.kind);
    ASSERT_TRUE(report);
    EXPECT_FALSE(report->damage.empty()) << "bit " << bit;
    if (bit / 8 >= kSegmentHeaderSize) {
      auto reader = SegmentReader::open(file, model.name, model.id.kind).value();
      const std::size_t kept = check_against(model, reader, file.bytes().size());
      EXPECT_EQ(report->records, kept);
      most_lost = std::max(most_lost, model.payloads.size() - kept);
    }
    file.bytes()[bit / 8] ^= mask;
  }
  EXPECT_LE(most_lost, 1u) << "one flipped bit costs one record";
}

TEST_P(Damaged, ACutAtEveryByteOfTheLast64KiBKeepsWhatWasBefore) {
  const Model model = make_segment(GetParam().kind, 66 << 10, GetParam().sealed);
  const std::string reserved(GetParam().reserved, '\0');
  const std::size_t first_cut = model.bytes.size() - (64 << 10);
  for (std::size_t cut = model.bytes.size(); cut-- > first_cut;) {
    if (cut % kCutStep != 0) continue;
    MemoryFile file(model.bytes.substr(0, cut));
    if (cut % 16 == 0) file.bytes() += reserved;
    RecoveredLog found;
    ASSERT_TRUE(recover_segment(file, model.name, model.id.kind, found));
    // Zeros of a payload that were cut off and zeros of reserved space are the same.
    std::size_t whole = cut;
    if (cut % 16 == 0 && !reserved.empty())
      while (whole < model.bytes.size() && model.bytes[whole] == '\0') ++whole;
    const auto kept =
        static_cast<std::size_t>(std::ranges::upper_bound(model.ends, whole) - model.ends.begin());
    const SegmentState& state = found.segments.at(0);
    ASSERT_EQ(state.end - model.id.first, kept) << "cut at " << cut;
    EXPECT_EQ(file.bytes().size(), state.committed);
    EXPECT_TRUE(found.losses.empty());
    // Recovery has read every record; that they are the written ones is looked at now and then.
    if (cut % 61 != 0) continue;
    auto reader = SegmentReader::open(file, model.name, model.id.kind).value();
    EXPECT_EQ(check_against(model, reader, state.committed), kept);
  }
}

// Blocks that are gone, overwritten, or hold older bytes of the log: what is behind them is found.
TEST_P(Damaged, BlocksThatAreLostCostTheirRecordsOnly) {
  const Model model = make_segment(GetParam().kind, 192 << 10, GetParam().sealed);
  std::mt19937_64 random(5);
  for (int i = 0; i < kLostBlocks; ++i) {
    MemoryFile file(model.bytes + std::string(GetParam().reserved, '\0'));
    const std::size_t block = 512 << (random() % 5);
    const std::size_t at = block + random() % (model.bytes.size() - 3 * block - 100);
    std::string other = random_payload(random, block);
    if (i % 3 == 0) other.assign(block, '\0');
    if (i % 3 == 1) other = model.bytes.substr(random() % at, block);
    if (std::string_view(model.bytes).substr(at, block) == other) continue;
    file.bytes().replace(at, block, other);
    std::size_t touched = 0;
    for (std::size_t r = 0; r < model.ends.size(); ++r) {
      const std::size_t begin = r == 0 ? kSegmentHeaderSize : model.ends[r - 1];
      touched += begin < at + block && at < model.ends[r] ? 1 : 0;
    }
    auto reader = SegmentReader::open(file, model.name, model.id.kind).value();
    const std::size_t kept = check_against(model, reader, model.bytes.size());
    EXPECT_GE(kept + touched, model.payloads.size()) << "block of " << block << " at " << at;
    EXPECT_FALSE(verify_segment(file, model.name, model.id.kind).value().damage.empty());
  }
}

INSTANTIATE_TEST_SUITE_P(Logs, Damaged,
                         ::testing::Values(Shape{LogKind::raw, true, 0},
                                           Shape{LogKind::raw, false, 8 << 10},
                                           Shape{LogKind::enriched, true, 0},
                                           Shape{LogKind::enriched, false, 8 << 10}));

TEST(VerifySegment, CountsAndNames) {
  const Model model = make_segment(LogKind::raw, 4 << 10, true);
  MemoryFile file(model.bytes);
  const auto report = verify_segment(file, model.name, LogKind::raw).value();
  EXPECT_EQ(report.records, model.payloads.size());
  EXPECT_EQ(report.first, 1000u);
  EXPECT_EQ(report.last, 1000 + model.payloads.size() - 1);
  EXPECT_EQ(report.bytes, model.bytes.size());
  EXPECT_TRUE(report.sealed);
  EXPECT_FALSE(report.blank);
}

TEST(VerifySegment, AFileThatWasOnlyReservedIsNoDamage) {
  const Model model = make_segment(LogKind::raw, 4 << 10, true);
  for (const std::size_t size : {0, 5, 48, 4096}) {
    MemoryFile file(std::string(size, '\0'));
    const auto report = verify_segment(file, model.name, LogKind::raw).value();
    EXPECT_TRUE(report.blank && report.damage.empty());
  }
}

TEST(VerifySegment, SeveralDamagesAreEachNamedWithTheirPlace) {
  const Model model = make_segment(LogKind::raw, 64 << 10, true);
  MemoryFile file(model.bytes);
  file.bytes()[model.ends[3] + 20] ^= 1;
  file.bytes()[model.ends[10]] ^= 1;  // a length
  file.bytes()[model.ends[20] + 4] ^= 1;
  const auto report = verify_segment(file, model.name, LogKind::raw).value();
  ASSERT_EQ(report.damage.size(), 3u);
  EXPECT_EQ(report.damage[0].offset, model.ends[3]);
  EXPECT_EQ(report.damage[1].offset, model.ends[10]);
  EXPECT_EQ(report.damage[2].offset, model.ends[20]);
  EXPECT_EQ(report.records, model.payloads.size() - 3);
  EXPECT_TRUE(report.sealed);
}

// Lengths that cannot be, close together: the records in between are found by each other alone.
TEST(VerifySegment, TwoRecordsBetweenDamagedLengthsAreRead) {
  const Model model = make_segment(LogKind::raw, 64 << 10, true);
  for (const std::size_t apart : {3, 4, 5, 6}) {
    MemoryFile file(model.bytes);
    for (const std::size_t hurt : {std::size_t{10}, 10 + apart})
      file.bytes()[model.ends[hurt] + 2] ^= 0x40;
    const auto report = verify_segment(file, model.name, LogKind::raw).value();
    EXPECT_EQ(report.damage.size(), 2u) << apart;
    EXPECT_EQ(report.records, model.payloads.size() - 2) << apart;
  }
}

TEST(VerifyLog, ReadsAFolderAndLooksAtSegmentsOnly) {
  TestFolder folder;
  PosixFiles files;
  const Model model = make_segment(LogKind::enriched, 8 << 10, true);
  std::ofstream(folder.path() / model.name, std::ios::binary) << model.bytes;
  std::ofstream(folder.path() / "notes.txt") << "x";
  const auto reports = verify_log(files, folder.path(), LogKind::enriched).value();
  ASSERT_EQ(reports.size(), 1u);
  EXPECT_EQ(reports[0].records, model.payloads.size());
  EXPECT_FALSE(verify_log(files, folder.path() / "none", LogKind::enriched));
}

}  // namespace
}  // namespace tally
