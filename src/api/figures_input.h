// SPDX-License-Identifier: Apache-2.0
//
// Impressions and costs as they come in, as JSON or as CSV. Pure: which links there are, and what
// currency, is the store's to judge.
//
//   {"entries":[{"link_id":"lnk_7","day":"2026-03-01","amount":"12.50"}]}
//
//   link,day,amount
//   lnk_7,2026-03-01,12.50
//   /summer/sale,2026-03-02,9.80
//   go.example/summer,2026-03-02,3
//
// The first record names the columns, in any order. A link in CSV is an id, the path of its short
// URL, or that path behind its domain.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "links/figures_store.h"

namespace tally {

struct FigureBatch {
  std::vector<FigureInput> figures;
  std::vector<std::size_t> lines;        // CSV: where each of them stands
  std::vector<FigureFault> faults;       // `index` counts entries, with `figures` incomplete
  std::vector<std::size_t> fault_lines;  // CSV: where each fault is
};

// The name of the column or field that holds the value: "impressions" or "amount".
std::string_view value_name(FigureKind kind);

// Errors concern the whole body; what is wrong with an entry is a fault.
Result<FigureBatch> read_figures_json(std::string_view body, FigureKind kind);
Result<FigureBatch> read_figures_csv(std::string_view body, FigureKind kind);

}  // namespace tally
