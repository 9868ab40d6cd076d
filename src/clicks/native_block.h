// SPDX-License-Identifier: Apache-2.0
//
// Blocks of rows as the server sends them column by column (FORMAT Native), read where they lie.
//
// A text of few values comes as a dictionary and indexes into it, which costs the server and us a
// fraction of writing it out for each row. Every cell is encoded as the row formats encode it, so
// whoever reads a row of those can read a cell of this. Source of the layout: the server's
// documentation of the Native format, and what both supported servers send.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "clicks/columns.h"

namespace tally {

class NativeBlock {
 public:
  // The next block of `bytes`, which has to have `columns` in their order; `corrupt` if it does
  // not. What it gives points into the bytes.
  static Result<NativeBlock> read(ByteReader& bytes, std::span<const Column> columns);

  std::size_t rows() const { return rows_; }
  // One value: a number, little-endian, or a text with its length before.
  std::string_view cell(std::size_t column, std::size_t row) const {
    return columns_[column].cell(row);
  }

 private:
  struct Cells {
    std::string_view numbers;             // `width` bytes for each row
    std::size_t width = 0;                // 0: texts
    std::vector<std::string_view> texts;  // of each row, or the dictionary
    std::vector<std::uint32_t> words;     // of each row, which of the dictionary; empty without one

    std::string_view cell(std::size_t row) const {
      if (width > 0) return {numbers.data() + row * width, width};
      return texts[words.empty() ? row : words[row]];
    }
    bool read(ByteReader& bytes, std::string_view type, std::size_t value_width, std::size_t rows);
    bool read_texts(ByteReader& bytes, std::uint64_t count);
    bool read_dictionary(ByteReader& bytes, std::size_t rows);
  };

  std::size_t rows_ = 0;
  std::vector<Cells> columns_;
};

}  // namespace tally
