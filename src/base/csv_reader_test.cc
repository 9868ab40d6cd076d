// SPDX-License-Identifier: Apache-2.0
#include "base/csv_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tally {
namespace {

using std::string_view_literals::operator""sv;
using Records = std::vector<std::vector<std::string>>;

struct Read {
  Records records;
  std::vector<std::size_t> lines;
  std::string error;
};

Read read_all(std::string_view text) {
  Read out;
  CsvReader reader(text);
  std::vector<std::string> cells;
  for (;;) {
    const auto more = reader.next(cells);
    if (!more) {
      EXPECT_EQ(more.error().code, ErrorCode::malformed);
      EXPECT_EQ(more.error().slug, "bad_csv");
      out.error = more.error().message;
    }
    if (!more || !*more) return out;
    out.records.push_back(cells);
    out.lines.push_back(reader.line());
  }
}

TEST(CsvReader, ReadsRecordsAndSaysTheirLines) {
  struct Row {
    std::string_view text;
    Records records;
    std::vector<std::size_t> lines;
  };
  const Row rows[] = {
      {"", {}, {}},
      {"\n\r\n\n", {}, {}},
      {"a", {{"a"}}, {1}},
      {"a,b\r\nc,d\r\n", {{"a", "b"}, {"c", "d"}}, {1, 2}},
      {"a,b\nc,d", {{"a", "b"}, {"c", "d"}}, {1, 2}},
      {"\xEF\xBB\xBF"
       "a,b\n",
       {{"a", "b"}},
       {1}},
      {"a\n\n\nb\n", {{"a"}, {"b"}}, {1, 4}},
      {",\n", {{"", ""}}, {1}},
      {"a,", {{"a", ""}}, {1}},
      {"\"\"\n", {{""}}, {1}},
      {" a , b \n", {{" a ", " b "}}, {1}},
      {"\"a,b\",\"say \"\"hi\"\"\"\n", {{"a,b", "say \"hi\""}}, {1}},
      {"\"two\nlines\",x\nlast\n", {{"two\nlines", "x"}, {"last"}}, {1, 3}},
      {"\"\r\n\",x\r\nlast", {{"\r\n", "x"}, {"last"}}, {1, 3}},
  };
  for (const Row& row : rows) {
    const Read read = read_all(row.text);
    EXPECT_EQ(read.error, "") << row.text;
    EXPECT_EQ(read.records, row.records) << row.text;
    EXPECT_EQ(read.lines, row.lines) << row.text;
  }
}

TEST(CsvReader, RefusesWhatIsNotCsvWithItsLine) {
  struct Row {
    std::string_view text;
    std::string_view error;
  };
  const Row rows[] = {
      {"a\nb\"c\n", "line 2: a quote within a cell that does not begin with one"},
      {"a\n\"b\"c\n", "line 2: text behind a closing quote"},
      {"a\n\"b\nc\nd", "line 2: a quote that is not closed"},
      {"a\n\"", "line 2: a quote that is not closed"},
      {"a\rb\n", "line 1: a CR without LF"},
      {"\"a\"\rb\n", "line 1: a CR without LF"},
      {"a\nb\0c\n"sv, "line 2: a NUL byte"},
      {"a\n\"b\0c\"\n"sv, "line 2: a NUL byte"},
      {"\"a\"\0\n"sv, "line 1: a NUL byte"},
  };
  for (const Row& row : rows) EXPECT_EQ(read_all(row.text).error, row.error) << row.text;
}

}  // namespace
}  // namespace tally
