// SPDX-License-Identifier: Apache-2.0
//
// Hits as the store sends them in bulk, read one after the other into the same Click.
#pragma once

#include <map>
#include <string>

#include "base/result.h"
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
  // `bytes`: RowBinary rows of all columns.
  explicit ClickRows(std::string bytes, ViewedScreens screens = {})
      : bytes_(std::move(bytes)), screens_(std::move(screens)) {}

  // Reads the next row into `click`; false when there is none.
  Result<bool> next(Click& click);

 private:
  std::string bytes_;
  std::size_t at_ = 0;
  ViewedScreens screens_;
};

}  // namespace tally
