// SPDX-License-Identifier: Apache-2.0
#include "clicks/native_dictionary.h"

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstring>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/keyed_hash.h"

namespace tally {
namespace {

template <class Index>
void put_indexes(std::string& out, std::span<const std::uint32_t> words) {
  const std::size_t at = out.size();
  out.resize(at + words.size() * sizeof(Index));
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto index = static_cast<Index>(words[i]);
    std::memcpy(out.data() + at + i * sizeof index, &index, sizeof index);
  }
}

}  // namespace

void put_dictionary(std::string& out, std::string_view texts, std::size_t rows) {
  boost::unordered_flat_map<std::string_view, std::uint32_t, KeyedHash> words;
  std::string keys;
  std::vector<std::uint32_t> indexes(rows);
  ByteReader in(texts);
  std::string_view last;
  for (std::size_t i = 0; i < rows; ++i) {
    const std::string_view text = in.text();
    if (i > 0 && text == last) {
      indexes[i] = indexes[i - 1];
      continue;
    }
    const auto [word, fresh] = words.try_emplace(text, static_cast<std::uint32_t>(words.size()));
    if (fresh) put_text(keys, text);
    indexes[i] = word->second;
    last = text;
  }
  const std::uint64_t width_power = words.size() <= 0x100 ? 0 : words.size() <= 0x10000 ? 1 : 2;
  put_fixed(out, kDictionaryVersion);
  put_fixed(out, kHasKeys | width_power);
  put_fixed(out, std::uint64_t{words.size()});
  out += keys;
  put_fixed(out, std::uint64_t{rows});
  if (width_power == 0)
    put_indexes<std::uint8_t>(out, indexes);
  else if (width_power == 1)
    put_indexes<std::uint16_t>(out, indexes);
  else
    put_indexes<std::uint32_t>(out, indexes);
}

}  // namespace tally
