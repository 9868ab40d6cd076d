// SPDX-License-Identifier: Apache-2.0
//
// Columns that the server makes of others when a row is stored, because they are read faster.
//
// A question reads every row's outcome and traffic class, and a page groups the same rows by a
// dozen dimensions. `kind` is the first two in one byte. `place`, `agent` and `origin` each carry
// several dimensions that mostly go together (a city has one country), so that rows are grouped by
// three columns and only the few thousand groups are taken apart.
//
// Old servers (dialect.h) do not have them: there the same is written out.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "clicks/dialect.h"
#include "model/kinds.h"
#include "model/stats_query.h"

namespace tally {

// What `kind` says; none for a number that stands for nothing this program knows.
struct HitClass {
  Outcome outcome;
  Traffic traffic;
  friend bool operator==(const HitClass&, const HitClass&) = default;
};
std::optional<HitClass> parse_hit_class(std::uint64_t number);

// The number, of a row that has `outcome` and `traffic`.
std::string kind_sql(Dialect dialect);
// Headline hits of the traffic asked for; never HEAD or prefetch.
std::string clicks_of_sql(TrafficFilter traffic, Dialect dialect);

struct Carrier {
  std::string_view column;
  std::vector<Dimension> dimensions;  // in the order in which their values stand in it
};
std::span<const Carrier> carriers();
// The `field`-th value, from 1 on, of a carrier's text.
std::string carried_sql(std::string_view text, std::string_view field);

// "ADD COLUMN …" and "MATERIALIZE COLUMN …": what brings them into a table and fills them in rows
// that are there, of clicks or of totals, which have only the kind.
struct DerivedColumns {
  std::string add, fill;
};
DerivedColumns derived_columns(bool of_clicks);

}  // namespace tally
