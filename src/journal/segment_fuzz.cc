// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a segment file: the reader ends, and gives only records whose checksum holds.
#include <cstdint>
#include <cstdlib>
#include <fstream>

#include "base/check.h"
#include "base/test_folder.h"
#include "journal/reader.h"
#include "journal/recovery.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tally;
  static TestFolder folder;
  static PosixFiles files;
  const SegmentId id{LogKind::raw, {1, 1, 0}, 0};
  const auto path = folder.path() / segment_name(id);
  // A good header is put before the bytes, or nothing would get past it.
  std::ofstream(path, std::ios::binary)
      << encode_segment_header(id, 0)
      << std::string_view(reinterpret_cast<const char*>(data), size);
  const auto before = recover_log(files, folder.path(), LogKind::raw);
  CHECK(before && before->segments.size() == 1);
  // Recovery leaves only whole records: a second one finds the same and cuts nothing.
  const auto after = recover_log(files, folder.path(), LogKind::raw);
  CHECK(after && after->segments.at(0).end == before->segments.at(0).end && after->cuts.empty());
  return 0;
}
