// SPDX-License-Identifier: Apache-2.0
//
// Hits as the store sends them in bulk, read one after the other into the same Click, in the order
// of link, time and place in the journal. They are put in order here, by their keys: the store
// would move whole rows for it, at four times the cost of reading them. Rows of one link have much
// in common, and a word that stays the same is not read again.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "clicks/native_block.h"
#include "model/click.h"

namespace tally {

// What a landing page's beacon told of a click's screen.
struct ViewedScreen {
  std::uint16_t width = 0, height = 0;
  float dpr = 0;
};
using ViewedScreens = std::map<ClickKey, ViewedScreen>;

class ClickRows {
 public:
  // `bytes`: Native blocks of all columns.
  static Result<ClickRows> read(std::string bytes, ViewedScreens screens = {});

  // The next row, until the call after it; nullptr when there is none.
  Result<const Click*> next();

 private:
  struct Place {
    LinkId link;
    UnixMillis time = 0;
    ClickKey key;
    std::uint32_t block = 0, row = 0;
  };

  Result<void> take(const Place& place, std::size_t columns);

  std::unique_ptr<const std::string> bytes_;  // that the blocks point into
  std::vector<NativeBlock> blocks_;
  std::vector<Place> order_;
  std::size_t at_ = 0;
  Click click_;
  std::vector<std::string_view> cells_;  // that `click_` was read from
  ViewedScreens screens_;
};

}  // namespace tally
