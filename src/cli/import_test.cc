// SPDX-License-Identifier: Apache-2.0
#include "cli/import.h"

#include <gtest/gtest.h>

#include <sstream>
#include <vector>

namespace tally {
namespace {

struct Piece {
  std::string text;
  std::size_t line;
  friend bool operator==(const Piece&, const Piece&) = default;
};

std::vector<Piece> pieces_of(const std::string& file, bool csv, std::size_t most) {
  std::istringstream in(file);
  FilePieces pieces(in, csv, most);
  std::vector<Piece> out;
  for (;;) {
    const auto more = pieces.next();
    if (!more) {
      out.push_back({more.error().message, 0});
      return out;
    }
    if (!*more) return out;
    out.push_back({pieces.text(), pieces.first_line()});
  }
}

TEST(FilePieces, HoldFewRecords) {
  std::istringstream in("t\n1\n2\n3\n4");
  FilePieces pieces(in, true, 100, 2);
  std::vector<Piece> seen;
  while (pieces.next().value()) seen.push_back({pieces.text(), pieces.first_line()});
  EXPECT_EQ(seen, (std::vector<Piece>{{"t\n1\n", 2}, {"t\n2\n3\n", 3}, {"t\n4", 5}}));
}

TEST(FilePieces, KnowWhichIsTheLast) {
  for (const char* const file : {"1\n2\n3", "1\n2\n3\n", "1\n2\n3\n\n\r\n"}) {
    std::istringstream in(file);
    FilePieces pieces(in, false, 6, 1);
    std::vector<bool> last;
    while (pieces.next().value()) last.push_back(pieces.is_last());
    EXPECT_EQ(last, (std::vector<bool>{false, false, true})) << file;
  }
}

TEST(FilePieces, EndWithARecordAndKnowTheirLine) {
  struct Row {
    std::string file;
    bool csv;
    std::size_t most;
    std::vector<Piece> wanted;
  };
  const Row rows[] = {
      {"", false, 8, {}},
      {"{a}\n{b}\n{c}", false, 100, {{"{a}\n{b}\n{c}", 1}}},
      {"{a}\n{b}\n{c}", false, 9, {{"{a}\n{b}\n", 1}, {"{c}", 3}}},
      {"{a}\n{b}\n", false, 8, {{"{a}\n{b}\n", 1}}},
      {"t,u\n1,2\n3,4\n", true, 9, {{"t,u\n1,2\n", 2}, {"t,u\n3,4\n", 3}}},
      {"t,u\n1,\"\n\"\n3,4\n", true, 12, {{"t,u\n1,\"\n\"\n", 2}, {"t,u\n3,4\n", 4}}},
      {"{\"\n\"}\n", false, 5, {{"{\"\n", 1}, {"\"}\n", 2}}},
      {"{aaaaaaaaa}\n", false, 5, {{"line 1: is longer than 5 bytes", 0}}},
  };
  for (const Row& row : rows)
    EXPECT_EQ(pieces_of(row.file, row.csv, row.most), row.wanted) << row.file;
}

}  // namespace
}  // namespace tally
