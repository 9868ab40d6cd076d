// SPDX-License-Identifier: Apache-2.0
#include "clicks/click_rows.h"

#include <algorithm>
#include <tuple>

#include "clicks/columns.h"

namespace tally {
namespace {

constexpr std::size_t kKeyColumns = 7;  // workspace, link, time and the four of the journal

}  // namespace

Result<ClickRows> ClickRows::read(std::string bytes, ViewedScreens screens) {
  ClickRows out;
  out.bytes_ = std::make_unique<const std::string>(std::move(bytes));
  out.screens_ = std::move(screens);
  out.cells_.resize(click_columns().size());
  ByteReader reader(*out.bytes_);
  while (!reader.at_end()) {
    TRY_ASSIGN(NativeBlock block, NativeBlock::read(reader, click_columns()));
    Place place;
    place.block = static_cast<std::uint32_t>(out.blocks_.size());
    out.blocks_.push_back(std::move(block));
    for (std::size_t row = 0; row < out.blocks_.back().rows(); ++row) {
      place.row = static_cast<std::uint32_t>(row);
      TRY(out.take(place, kKeyColumns));
      place.link = out.click_.link;
      place.time = out.click_.time;
      place.key = out.click_.key;
      out.order_.push_back(place);
    }
  }
  std::ranges::sort(out.order_, {},
                    [](const Place& place) { return std::tie(place.link, place.time, place.key); });
  return out;
}

Result<void> ClickRows::take(const Place& place, std::size_t columns) {
  const NativeBlock& block = blocks_[place.block];
  const std::span<const Column> all = click_columns();
  for (std::size_t i = 0; i < columns; ++i) {
    const std::string_view cell = block.cell(i, place.row);
    if (cell.data() == cells_[i].data()) continue;
    cells_[i] = cell;
    ByteReader reader(cell);
    if (!all[i].take(reader, click_) || !reader.ok())
      return fail(ErrorCode::corrupt,
                  "a stored click has an unreadable " + std::string(all[i].name));
  }
  return {};
}

Result<const Click*> ClickRows::next() {
  if (at_ == order_.size()) return nullptr;
  TRY(take(order_[at_++], click_columns().size()));
  if (screens_.empty() || click_.outcome != Outcome::landing) return &click_;
  if (const auto seen = screens_.find(click_.key); seen != screens_.end()) {
    click_.screen_source = ScreenSource::beacon;
    click_.screen_w = seen->second.width;
    click_.screen_h = seen->second.height;
    click_.dpr = seen->second.dpr;
    cells_.assign(cells_.size(), {});  // it is not what was read any more
  }
  return &click_;
}

}  // namespace tally
