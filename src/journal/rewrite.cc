// SPDX-License-Identifier: Apache-2.0
#include "journal/rewrite.h"

#include "base/check.h"
#include "journal/reader.h"

namespace tally {
namespace {

// Calls each(record) for what can be read; whether that was everything.
Result<bool> read_all(SegmentReader& reader, const SegmentState& segment,
                      const std::function<Result<void>(const LogRecord&)>& each) {
  std::uint64_t next = segment.id.first;
  LogRecord record;
  for (;;) {
    TRY_ASSIGN(const bool more, reader.next_readable(segment.committed, record));
    if (!more) break;
    if (record.n != next) return false;
    TRY(each(record));
    ++next;
  }
  return next == segment.end;
}

// Whether anything would change.
Result<bool> concerns(Files& files, const SegmentState& segment, const Rewriting& rewriting,
                      bool& whole) {
  TRY_ASSIGN(SegmentReader reader, SegmentReader::open(files, segment.path, segment.id.kind));
  bool changes = false;
  TRY_ASSIGN(whole, read_all(reader, segment, [&](const LogRecord& record) -> Result<void> {
               if (changes) return {};
               TRY_ASSIGN(const auto changed, rewriting(record.payload));
               changes = changed.has_value();
               return {};
             }));
  return changes || !whole;
}

}  // namespace

Result<std::optional<SegmentState>> rewrite_segment(Files& files, const SegmentState& segment,
                                                    const Rewriting& rewriting) {
  CHECK(segment.closed);
  bool whole = true;
  TRY_ASSIGN(const bool changes, concerns(files, segment, rewriting, whole));
  if (!changes) return std::nullopt;
  if (!whole)
    return fail(ErrorCode::corrupt, segment.path.filename().string() +
                                        ": damaged, and what is in the damage cannot be erased");
  TRY_ASSIGN(SegmentReader reader, SegmentReader::open(files, segment.path, segment.id.kind));
  const std::uint64_t seed = segment_seed(segment.id);
  std::string out = encode_segment_header(segment.id, segment.created);
  TRY(read_all(reader, segment, [&](const LogRecord& record) -> Result<void> {
    TRY_ASSIGN(const auto changed, rewriting(record.payload));
    const std::size_t start = out.size();
    out.append(kRecordHeaderSize, '\0');
    out.append(changed ? std::string_view(*changed) : record.payload);
    finish_record(std::span(out).subspan(start), seed, record.n);
    return {};
  }));
  out += encode_seal(seed, segment.end);
  TRY(files.replace(segment.path, out));
  SegmentState now = segment;
  now.committed = now.on_disk = out.size();
  return now;
}

}  // namespace tally
