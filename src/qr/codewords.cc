// SPDX-License-Identifier: Apache-2.0
#include "qr/codewords.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/check.h"

namespace tally {
namespace {

struct Correction {
  int codewords;  // in each block
  int blocks;
};

// ISO/IEC 18004, table 9, level H, versions 1 to 40.
constexpr std::array<Correction, 40> kLevelH = {{
    {17, 1},  {28, 1},  {22, 2},  {16, 4},  {22, 4},  {28, 4},  {26, 5},  {26, 6},
    {24, 8},  {28, 8},  {24, 11}, {28, 11}, {22, 16}, {24, 16}, {24, 18}, {30, 16},
    {28, 19}, {28, 21}, {26, 25}, {28, 25}, {30, 25}, {24, 34}, {30, 30}, {30, 32},
    {30, 35}, {30, 37}, {30, 40}, {30, 42}, {30, 45}, {30, 48}, {30, 51}, {30, 54},
    {30, 57}, {30, 60}, {30, 63}, {30, 66}, {30, 70}, {30, 74}, {30, 77}, {30, 81},
}};

constexpr int kFinderEnd = 9;  // finder, separator and format information

// Rows and columns of the alignment patterns' centres (annex E): 6, then evenly up to the far side.
std::vector<int> alignment_centres(int version, int size) {
  if (version == 1) return {};
  const int count = version / 7 + 2;
  const int step = version == 32
                       ? 26
                       : (version * 4 + count * 2 + 1) / (count * 2 - 2) * 2;  // 32 is the odd one
  std::vector<int> out = {6};
  for (int i = count - 2; i >= 0; --i) out.push_back(size - 7 - i * step);
  return out;
}

bool is_near(int a, int b) { return a - b <= 2 && b - a <= 2; }

}  // namespace

CodewordMap::CodewordMap(int version)
    : version_(version),
      size_(version * 4 + 17),
      blocks_(kLevelH.at(static_cast<std::size_t>(version - 1)).blocks),
      correction_(kLevelH.at(static_cast<std::size_t>(version - 1)).codewords),
      alignment_(alignment_centres(version, size_)),
      codeword_at_(static_cast<std::size_t>(size_) * static_cast<std::size_t>(size_), -1) {
  number_modules();
}

bool CodewordMap::carries_data(int x, int y) const {
  const int far = size_ - 8;
  if (x == 6 || y == 6) return false;
  if (x < kFinderEnd && (y < kFinderEnd || y >= far)) return false;
  if (x >= far && y < kFinderEnd) return false;
  const bool has_version = version_ >= 7;
  if (has_version && ((x < 6 && y >= size_ - 11) || (y < 6 && x >= size_ - 11))) return false;
  for (const int column : alignment_)
    for (const int row : alignment_) {
      const bool on_finder =
          (column == 6 && (row == 6 || row == size_ - 7)) || (column == size_ - 7 && row == 6);
      if (!on_finder && is_near(x, column) && is_near(y, row)) return false;
    }
  return true;
}

// Codewords are laid out two columns at a time from the right, up and down in turn, bit by bit;
// the column of the timing pattern is left out.
void CodewordMap::number_modules() {
  std::vector<std::size_t> order;
  for (int right = size_ - 1; right >= 1; right -= 2) {
    if (right == 6) right = 5;
    const bool upward = ((right + 1) & 2) == 0;
    for (int step = 0; step < size_; ++step)
      for (const int x : {right, right - 1}) {
        const int y = upward ? size_ - 1 - step : step;
        if (carries_data(x, y))
          order.push_back(static_cast<std::size_t>(y) * static_cast<std::size_t>(size_) +
                          static_cast<std::size_t>(x));
      }
  }
  codewords_ = static_cast<int>(order.size() / 8);
  for (std::size_t bit = 0; bit < static_cast<std::size_t>(codewords_) * 8; ++bit)
    codeword_at_[order[bit]] = static_cast<int>(bit / 8);
}

int CodewordMap::codeword_at(int x, int y) const {
  return codeword_at_[static_cast<std::size_t>(y) * static_cast<std::size_t>(size_) +
                      static_cast<std::size_t>(x)];
}

// Data is dealt to the blocks in turn, then one more codeword to each of the longer blocks, which
// come last, then the correction in turn.
int CodewordMap::block_of(int codeword) const {
  const int longer = codewords_ % blocks_;
  const int dealt = (codewords_ / blocks_ - correction_) * blocks_;
  if (codeword < dealt) return codeword % blocks_;
  if (codeword < dealt + longer) return blocks_ - longer + codeword - dealt;
  return (codeword - dealt - longer) % blocks_;
}

int CodewordMap::worst_loss(int square) const {
  std::set<int> lost;
  const int from = (size_ - square) / 2;
  for (int y = from; y < from + square; ++y)
    for (int x = from; x < from + square; ++x) lost.insert(codeword_at(x, y));
  lost.erase(-1);
  std::vector<int> by_block(static_cast<std::size_t>(blocks_));
  for (const int codeword : lost) ++by_block[static_cast<std::size_t>(block_of(codeword))];
  return *std::ranges::max_element(by_block);
}

int logo_square(int version) {
  const CodewordMap map(version);
  int square = 1;
  for (int next = 3; next * next * 5 <= map.size() * map.size(); next += 2) {
    const bool is_clear = (map.size() - next) / 2 >= kFinderEnd;
    // Half of what a block can correct, which is half of its correction.
    if (!is_clear || map.worst_loss(next) * 4 > map.correction()) break;
    square = next;
  }
  return square;
}

}  // namespace tally
