// SPDX-License-Identifier: Apache-2.0
#include "clicks/click_batch.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/check.h"
#include "clicks/columns.h"

namespace tally {

ClickBatch::ClickBatch() : columns_(click_columns().size()) {}

ClickBatch::ClickBatch(std::span<const Click> clicks) : ClickBatch() {
  for (const Click& click : clicks) add(click);
}

void ClickBatch::add(const Click& click) {
  const ClickKey& key = click.key;
  if (rows_ == 0) {
    partition_ = ClickStore::partition_of(click.time);
    times_ = {click.time, click.time + 1};
  }
  CHECK(ClickStore::partition_of(click.time) == partition_);
  times_.from = std::min(times_.from, click.time);
  times_.to = std::max(times_.to, click.time + 1);
  auto range = std::ranges::find_if(ranges_, [&](const ShardRange& one) {
    return one.shard == key.shard && one.epoch == key.epoch && one.node == key.node;
  });
  if (range == ranges_.end())
    range = ranges_.insert(range, {key.node, key.epoch, key.shard, key.n, key.n});
  range->first = std::min(range->first, key.n);
  range->last = std::max(range->last, key.n);
  const auto columns = click_columns();
  for (std::size_t i = 0; i < columns.size(); ++i) columns[i].put(click, columns_[i]);
  ++rows_;
}

std::vector<ShardRange> ClickBatch::ranges() const {
  auto sorted = ranges_;
  std::ranges::sort(sorted, {}, [](const ShardRange& one) {
    return ClickKey{one.node, one.epoch, one.shard, one.first};
  });
  return sorted;
}

std::string ClickBatch::native() const {
  const auto columns = click_columns();
  std::size_t size = 0;
  for (const std::string& values : columns_) size += values.size() + 64;
  std::string out;
  out.reserve(size);
  put_varint(out, columns.size());
  put_varint(out, rows_);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    put_text(out, columns[i].name);
    put_text(out, columns[i].wire_type());
    out += columns_[i];
  }
  return out;
}

std::string ClickBatch::row_binary() const {
  const auto columns = click_columns();
  std::vector<ByteReader> readers(columns_.begin(), columns_.end());
  std::string out;
  for (std::size_t row = 0; row < rows_; ++row) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (columns[i].width != 0)
        out += readers[i].raw(columns[i].width);
      else
        put_text(out, readers[i].text());
    }
  }
  return out;
}

}  // namespace tally
