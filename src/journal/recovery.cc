// SPDX-License-Identifier: Apache-2.0
#include "journal/recovery.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/bytes.h"
#include "journal/reader.h"

namespace tally {
namespace {

// The number after the last record, when the file ends with its segment's seal.
Result<std::optional<std::uint64_t>> read_seal(Files& files, const std::filesystem::path& path,
                                               const SegmentId& id) {
  TRY_ASSIGN(const auto file, files.open(path));
  TRY_ASSIGN(const std::uint64_t size, file->size());
  if (size < kSegmentHeaderSize + kSealSize) return std::nullopt;
  TRY_ASSIGN(const std::string seal, file->read(size - kSealSize, kSealSize));
  ByteReader in(std::string_view(seal).substr(kRecordHeaderSize));
  const auto end = in.fixed<std::uint64_t>();
  if (seal != encode_seal(segment_seed(id), end)) return std::nullopt;
  return end;
}

// Bytes from `offset` on that are not reserved zeros, counted to the last of them.
Result<std::uint64_t> bytes_after(Files& files, const std::filesystem::path& path,
                                  std::uint64_t offset) {
  constexpr std::size_t kChunk = 1 << 20;
  TRY_ASSIGN(const auto file, files.open(path));
  std::uint64_t used = 0;
  for (std::uint64_t at = offset;; at += kChunk) {
    TRY_ASSIGN(const std::string bytes, file->read(at, kChunk));
    const auto last = bytes.find_last_not_of('\0');
    if (last != std::string::npos) used = at + last + 1 - offset;
    if (bytes.size() < kChunk) return used;
  }
}

Result<void> mend(Files& files, SegmentReader& reader, SegmentState& state, RecoveredLog& out) {
  TRY_ASSIGN(const std::uint64_t size, reader.file_size());
  const std::string name = state.path.filename().string();
  LogRecord record;
  std::uint64_t expected = state.id.first;
  for (;;) {
    TRY_ASSIGN(const bool more, reader.next_readable(size, record));
    const std::uint64_t reached = more ? record.n : reader.next_n();
    if (reached > expected) out.losses.push_back({name, expected, reached - expected});
    if (!more) break;
    expected = record.n + 1;
  }
  state.end = reader.next_n();
  state.committed = reader.offset();
  TRY_ASSIGN(const std::uint64_t torn, bytes_after(files, state.path, reader.offset()));
  if (torn > 0) out.cuts.push_back({name, state.end - state.id.first, torn});
  if (size > reader.offset()) TRY(files.truncate(state.path, reader.offset()));
  return {};
}

// A crash between creating the file and writing its header leaves nothing in it.
Result<bool> is_blank(Files& files, const std::filesystem::path& path) {
  TRY_ASSIGN(const std::uint64_t used, bytes_after(files, path, 0));
  return used == 0;
}

}  // namespace

Result<void> recover_segment(Files& files, const std::filesystem::path& path, LogKind kind,
                             RecoveredLog& out) {
  TRY_ASSIGN(auto reader, SegmentReader::open(files, path, kind));
  SegmentState state;
  state.id = reader.header().id;
  state.path = path;
  state.closed = true;
  state.created = reader.header().created;
  TRY_ASSIGN(const auto sealed_end, read_seal(files, path, state.id));
  if (sealed_end) {
    TRY_ASSIGN(state.committed, reader.file_size());
    state.end = *sealed_end;
  } else {
    TRY(mend(files, reader, state, out));
  }
  state.on_disk = state.committed;
  out.segments.push_back(std::move(state));
  return {};
}

Result<RecoveredLog> recover_log(Files& files, const std::filesystem::path& directory,
                                 LogKind kind) {
  RecoveredLog out;
  TRY_ASSIGN(const auto names, list_directory(directory));
  for (const std::string& name : names) {
    if (!parse_segment_name(kind, name)) continue;
    auto done = recover_segment(files, directory / name, kind, out);
    if (done) continue;
    if (done.error().code != ErrorCode::corrupt) return std::unexpected(std::move(done).error());
    TRY_ASSIGN(const bool blank, is_blank(files, directory / name));
    if (blank)
      TRY(files.remove(directory / name));
    else
      out.unreadable.push_back(name);
  }
  std::ranges::sort(out.segments, {}, &SegmentState::id);
  return out;
}

std::vector<std::shared_ptr<Shard>> group_by_shard(std::vector<SegmentState> segments,
                                                   LogSpace* space) {
  std::map<ShardId, std::vector<SegmentState>> groups;
  for (SegmentState& segment : segments) {
    if (space != nullptr) space->add(segment.on_disk);
    groups[segment.id.shard].push_back(std::move(segment));
  }
  std::vector<std::shared_ptr<Shard>> out;
  for (auto& [id, group] : groups)
    out.push_back(std::make_shared<Shard>(id, space, std::move(group)));
  return out;
}

void report_recovery(std::string_view log, const RecoveredLog& found,
                     const std::function<void(const std::string&)>& report) {
  for (const CutTail& cut : found.cuts)
    report(fmt::format("{}: {} was cut after its last whole record: {} records kept, {} bytes cut",
                       log, cut.segment, cut.kept_records, cut.cut_bytes));
  for (const LostRecords& loss : found.losses)
    report(fmt::format("{}: {} is damaged: {} records from number {} on are lost", log,
                       loss.segment, loss.count, loss.first));
  for (const std::string& name : found.unreadable)
    report(fmt::format("{}: {} has a damaged header and was left aside", log, name));
}

}  // namespace tally
