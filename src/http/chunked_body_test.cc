// SPDX-License-Identifier: Apache-2.0
#include "http/chunked_body.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

TEST(ChunkedBody, IsTheSameHoweverTheBytesArrive) {
  const std::string bytes = "5\r\nhello\r\n1\r\n \r\n00a\r\n0123456789\r\n0\r\n\r\nGET /next";
  for (std::size_t step = 1; step <= bytes.size(); ++step) {
    ChunkedBody chunks(100);
    Refusal why;
    std::string waiting;
    bool complete = false;
    for (std::size_t at = 0; !complete && at < bytes.size(); at += step) {
      waiting += bytes.substr(at, step);
      std::string_view rest = waiting;
      complete = chunks.feed(rest, why);
      waiting.erase(0, waiting.size() - rest.size());
    }
    EXPECT_TRUE(complete) << step;
    EXPECT_FALSE(why);
    EXPECT_EQ(chunks.body(), "hello 0123456789");
    EXPECT_TRUE(std::string("GET /next").starts_with(waiting)) << step;
  }
}

TEST(ChunkedBody, RefusesWhatIsNotWellFormed) {
  struct Row {
    const char* bytes;
    int status;
  };
  const Row rows[] = {
      {"x\r\n", 400},
      {"\r\n", 400},
      {"-1\r\n", 400},
      {"0x1\r\na\r\n", 400},
      {" 1\r\na\r\n", 400},
      {"1 \r\na\r\n", 400},
      {"1\na\n0\n\n", 400},
      {"1;a=b\r\na\r\n", 400},
      {"1\r\nab\r\n", 400},
      {"1\r\na\n0\r\n", 400},
      {"0\r\nX: a\r\n\r\n", 400},
      {"123456789\r\n", 400},
      {"1234567890", 400},
      {"ffffffff\r\n", 413},
      {"65\r\n", 413},
      {"64\r\n", 0},
  };
  for (const Row& row : rows) {
    ChunkedBody chunks(100);
    Refusal why;
    std::string_view rest = row.bytes;
    EXPECT_FALSE(chunks.feed(rest, why)) << row.bytes;
    EXPECT_EQ(why.status, row.status) << row.bytes;
  }
}

TEST(ChunkedBody, CountsAllChunksAgainstTheLimit) {
  ChunkedBody chunks(4);
  Refusal why;
  std::string_view rest = "3\r\nabc\r\n2\r\n";
  EXPECT_FALSE(chunks.feed(rest, why));
  EXPECT_EQ(why.status, 413);
}

TEST(ChunkedBody, CanBeHandedOnHalfRead) {
  const std::string bytes = "5\r\nhello\r\n1\r\n \r\na\r\n0123456789\r\n0\r\n\r\n";
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
    ChunkedBody first(100);
    Refusal why;
    std::string_view front = std::string_view(bytes).substr(0, cut);
    EXPECT_FALSE(first.feed(front, why));
    const std::string again = first.as_received() + std::string(front) + bytes.substr(cut);
    ChunkedBody second(100);
    std::string_view rest = again;
    EXPECT_TRUE(second.feed(rest, why)) << cut << ": " << again;
    EXPECT_FALSE(why);
    EXPECT_EQ(second.body(), "hello 0123456789") << cut;
  }
}

}  // namespace
}  // namespace tally
