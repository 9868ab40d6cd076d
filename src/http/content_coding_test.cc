// SPDX-License-Identifier: Apache-2.0
#include "http/content_coding.h"

#include <gtest/gtest.h>
#include <zlib.h>

namespace tally {
namespace {

TEST(ContentCoding, ReadsWhatTheClientTakes) {
  struct Row {
    const char* sent;
    bool gzip;
  };
  const Row rows[] = {
      {"", false},
      {"gzip", true},
      {"GZip", true},
      {"x-gzip", true},
      {"gzip, deflate, br, zstd", true},
      {"br;q=1.0, gzip;q=0.8, *;q=0.1", true},
      {" br ,\tgzip ; q=0.001", true},
      {"gzip;Q=1.000", true},
      {"gzip;q=0", false},
      {"gzip;q=0.000", false},
      {"*", true},
      {"*;q=0", false},
      {"*, gzip;q=0", false},
      {"*;q=0, gzip;q=0.5", true},
      {"identity", false},
      {"identity;q=0.5, gzip;q=0.5", true},
      {"identity, gzip;q=0.5", false},
      {"identity;q=0, *;q=0.2", true},
      {"br", false},
      {"gzipped", false},
      {"gzip;q=", false},
      {"gzip;q=2", false},
      {"gzip;q=1.1", false},
      {"gzip;q=0.1234", false},
      {"gzip;q=.5", false},
      {"gzip;q=1x", false},
      {"gzip;level=9", false},
      {",,;,", false},
  };
  for (const Row& row : rows) EXPECT_EQ(prefers_gzip(row.sent), row.gzip) << row.sent;
}

TEST(ContentCoding, PacksWhatZlibUnpacks) {
  for (const std::string& text : {std::string(), std::string("a"), std::string(100'000, 'x')}) {
    const std::string packed = gzip(text);
    z_stream stream{};
    ASSERT_EQ(::inflateInit2(&stream, MAX_WBITS + 16), Z_OK);
    std::string out(text.size() + 1, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(::inflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    ::inflateEnd(&stream);
    EXPECT_EQ(out, text);
  }
  EXPECT_LT(gzip(std::string(100'000, 'x')).size(), 200u);
}

}  // namespace
}  // namespace tally
