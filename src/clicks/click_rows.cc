// SPDX-License-Identifier: Apache-2.0
#include "clicks/click_rows.h"

#include "clicks/columns.h"

namespace tally {

Result<bool> ClickRows::next(Click& click) {
  if (at_ == bytes_.size()) return false;
  ByteReader reader(std::string_view(bytes_).substr(at_));
  TRY(take_row(reader, click));
  at_ = bytes_.size() - reader.rest().size();
  if (screens_.empty() || click.outcome != Outcome::landing) return true;
  if (const auto seen = screens_.find(click.key); seen != screens_.end()) {
    click.screen_source = ScreenSource::beacon;
    click.screen_w = seen->second.width;
    click.screen_h = seen->second.height;
    click.dpr = seen->second.dpr;
  }
  return true;
}

}  // namespace tally
