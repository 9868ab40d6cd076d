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
  ByteReader reader(*out.bytes_);
  Click click;
  while (!reader.at_end()) {
    TRY_ASSIGN(NativeBlock block, NativeBlock::read(reader, click_columns()));
    Place place;
    place.block = static_cast<std::uint32_t>(out.blocks_.size());
    out.blocks_.push_back(std::move(block));
    for (std::size_t row = 0; row < out.blocks_.back().rows(); ++row) {
      place.row = static_cast<std::uint32_t>(row);
      TRY(out.take(place, kKeyColumns, click));
      place.link = click.link;
      place.time = click.time;
      place.key = click.key;
      out.order_.push_back(place);
    }
  }
  std::ranges::sort(out.order_, {},
                    [](const Place& place) { return std::tie(place.link, place.time, place.key); });
  return out;
}

Result<void> ClickRows::take(const Place& place, std::size_t columns, Click& click) const {
  const NativeBlock& block = blocks_[place.block];
  for (std::size_t i = 0; i < columns; ++i) {
    const Column& column = click_columns()[i];
    ByteReader cell(block.cell(i, place.row));
    if (!column.take(cell, click) || !cell.ok())
      return fail(ErrorCode::corrupt,
                  "a stored click has an unreadable " + std::string(column.name));
  }
  return {};
}

Result<bool> ClickRows::next(Click& click) {
  if (at_ == order_.size()) return false;
  TRY(take(order_[at_++], click_columns().size(), click));
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
