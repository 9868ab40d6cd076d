// SPDX-License-Identifier: Apache-2.0
#include "clicks/native_block.h"

#include <algorithm>

#include "clicks/native_dictionary.h"

namespace tally {
namespace {

std::unexpected<Error> broken(std::string_view what) {
  return fail(ErrorCode::corrupt,
              "the click store's answer has an unreadable " + std::string(what));
}

}  // namespace

bool NativeBlock::Cells::read_texts(ByteReader& bytes, std::uint64_t count) {
  if (count > bytes.rest().size()) return false;  // each takes a byte at least
  texts.reserve(count);
  for (std::uint64_t i = 0; i < count && bytes.ok(); ++i) {
    const std::string_view before = bytes.rest();
    bytes.text();
    texts.push_back(before.substr(0, before.size() - bytes.rest().size()));
  }
  return bytes.ok();
}

bool NativeBlock::Cells::read_dictionary(ByteReader& bytes, std::size_t rows) {
  if (bytes.fixed<std::uint64_t>() != kDictionaryVersion) return false;
  const auto flags = bytes.fixed<std::uint64_t>();
  const std::uint64_t width_power = flags & kIndexWidthMask;
  if ((flags & kGlobalDictionary) != 0 || (flags & kHasKeys) == 0 || width_power > 3) return false;
  if (!read_texts(bytes, bytes.fixed<std::uint64_t>())) return false;
  if (bytes.fixed<std::uint64_t>() != rows) return false;
  const std::size_t index_width = std::size_t{1} << width_power;
  const std::string_view indexes = bytes.raw(rows * index_width);
  if (!bytes.ok()) return false;
  words.resize(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    std::uint64_t index = 0;
    std::memcpy(&index, indexes.data() + row * index_width, index_width);
    if (index >= texts.size()) return false;
    words[row] = static_cast<std::uint32_t>(index);
  }
  return true;
}

bool NativeBlock::Cells::read(ByteReader& bytes, std::string_view type, std::size_t value_width,
                              std::size_t rows) {
  if (rows == 0) return true;
  width = value_width;
  if (width == 0)
    return type == kDictionaryType ? read_dictionary(bytes, rows) : read_texts(bytes, rows);
  numbers = bytes.raw(rows * width);
  return bytes.ok();
}

Result<NativeBlock> NativeBlock::read(ByteReader& bytes, std::span<const Column> columns) {
  NativeBlock out;
  const std::uint64_t count = bytes.varint();
  const std::uint64_t rows = bytes.varint();
  // A row has a byte of each column at least.
  if (!bytes.ok() || count != columns.size() || rows > bytes.rest().size()) return broken("block");
  out.rows_ = rows;
  out.columns_.resize(columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::string_view name = bytes.text();
    const std::string_view type = bytes.text();
    const bool known = type == columns[i].type || type == columns[i].wire_type();
    if (name != columns[i].name || !known ||
        !out.columns_[i].read(bytes, type, columns[i].width, out.rows_))
      return broken(columns[i].name);
  }
  return out;
}

}  // namespace tally
