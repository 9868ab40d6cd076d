// SPDX-License-Identifier: Apache-2.0
//
// Which codeword each module of a code belongs to, and so how large a logo may be.
//
// A QR code carries its text as codewords of eight modules, dealt out in turn to several
// Reed-Solomon blocks. A block with e codewords of correction can lose e/2 codewords; one module
// too many in one block and the whole code is dead, however small the logo looks. "Up to 30 % of
// the area" is therefore no rule to draw by. Here the modules under the logo are mapped to their
// codewords and blocks, and the logo gets the largest centred square whose loss no block notices:
// at level H at most half of what each block can correct. The other half, about what level M has,
// is left for dirt, folds and cameras.
//
// The layout and the table are those of ISO/IEC 18004 (section 7.7.3, table 9), level H only.
#pragma once

#include <cstddef>
#include <vector>

namespace tally {

class CodewordMap {
 public:
  // The layout of a code of level H; version 1 to 40.
  explicit CodewordMap(int version);

  int size() const { return size_; }            // modules a side
  int codewords() const { return codewords_; }  // of data and of correction
  int data_codewords() const { return codewords_ - blocks_ * correction_; }
  int blocks() const { return blocks_; }
  int correction() const { return correction_; }  // codewords of correction in each block
  // The codeword that a module carries a bit of, in the order in which they are laid out; -1 for
  // modules that carry none (finders, timing, alignment, format, version, remainder).
  int codeword_at(int x, int y) const;
  int block_of(int codeword) const;

  // Codewords lost in the worst block when nothing can be read in the centred square.
  int worst_loss(int square) const;

 private:
  bool carries_data(int x, int y) const;
  void number_modules();

  int version_;
  int size_;
  int codewords_ = 0;
  int blocks_;
  int correction_;
  std::vector<int> alignment_;    // centres of the alignment patterns, on both axes
  std::vector<int> codeword_at_;  // by module, row by row
};

// Side of the square for a logo on a code of level H, in modules: odd, centred, at most a fifth of
// the area, clear of finders and timing, and within what the code can lose. At least 3 from version
// 2 on.
int logo_square(int version);

}  // namespace tally
