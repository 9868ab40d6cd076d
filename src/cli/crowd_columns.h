// SPDX-License-Identifier: Apache-2.0
//
// A crowd's clicks as rows of the store.
//
// Each column of a stored click says something about one of five things: the link, the origin, the
// agent, the place, or this very click. So what enrichment makes of one request with that link is
// right for all its clicks, and likewise for the other three: the values are worked out once, in
// the form that goes over the wire, and a row is put together by copying. A column is written for
// some thousand rows before the next, which keeps them and its few values in the processor's cache.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "cli/crowd.h"
#include "clicks/columns.h"
#include "clicks/row_batch.h"
#include "model/click.h"

namespace tally {

enum class CrowdPart : std::uint8_t { link, origin, agent, place, row };
inline constexpr std::size_t kSharedParts = 4;

// What a column of a stored click says something about.
CrowdPart part_of(std::string_view column);

class CrowdColumns {
 public:
  CrowdColumns();

  // Takes the part's values from an enriched click; its position, the same for the same values when
  // `once`.
  std::uint32_t add(CrowdPart part, const Click& click, bool once = false);

  // The values of the position in a column, as they go over the wire.
  struct Values {
    CrowdPart part = CrowdPart::row;
    std::vector<std::string> of;  // each position; empty for the row's own
  };
  const std::vector<Values>& columns() const { return columns_; }  // as click_columns()

 private:
  std::vector<Values> columns_;
  std::array<std::uint32_t, kSharedParts> counts_{};
  std::unordered_map<std::string, std::uint32_t> known_;
};

// One insert.
class CrowdBatch : public RowBatch {
 public:
  explicit CrowdBatch(WorkspaceId workspace)
      : RowBatch(StoreTable::clicks), workspace_(workspace) {}

  // Clicks of one partition; `first` is the key of the first of them, the others follow.
  void add(std::span<const CrowdClick> clicks, const CrowdColumns& columns, ClickKey first);

 private:
  void add_some(std::span<const CrowdClick> clicks, const CrowdColumns& columns, ClickKey first);

  WorkspaceId workspace_;
};

}  // namespace tally
