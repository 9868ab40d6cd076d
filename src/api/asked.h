// SPDX-License-Identifier: Apache-2.0
//
// A question about clicks as a handler gets it: the query read, the range resolved, tags turned
// into links, ready for the click store.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "api/call.h"
#include "api/stats_json.h"
#include "api/stats_query.h"

namespace tally {

struct Asked {
  StatsQuestion question;
  StatsQuery query;
  std::optional<TimeRange> previous;
  UnixMillis now = 0;  // when it was asked
};

Result<Asked> ask(Api& api, const Call& call, const StatsAccepts& accepts);

// A filter as the store takes it: by link where it was by tag.
Result<Filter> stored_filter(Api& api, WorkspaceId workspace, const Filter& filter);

// Refuses a filter by a link that is not there: a misspelt one would never have a click. The field
// is the one of a JSON body, "filters.link".
Result<void> check_filter_links(Api& api, WorkspaceId workspace, std::span<const Filter> filters);

// Clicks by the quarter of an hour, over the question's range.
Result<std::vector<SeriesPoint>> quarters_of(Api& api, const Asked& asked);
// Clicks by the hour of the week where each visitor is, likewise.
Result<PlaceFold> places_of(Api& api, const Asked& asked);
// What came of the clicks; does not ask the store in a workspace without conversions.
Result<ConversionTotals> conversions_of(Api& api, const StatsQuery& query);
// The links among values of a breakdown.
Result<std::vector<Link>> links_of(Api& api, WorkspaceId workspace,
                                   std::span<const std::string> values);
// What they are called beside their ids.
Result<Labels> labels_of(Api& api, WorkspaceId workspace, std::span<const std::string> values);

// To be read before the store is asked: whatever arrives meanwhile may or may not be in the answer.
Freshness freshness(const Api& api, const Asked& asked);

// A value that only the store can judge is a wrong parameter all the same.
template <class T>
Result<T> as_parameter(Result<T> result) {
  if (!result && result.error().code == ErrorCode::invalid) {
    Error error = std::move(result).error();
    error.code = ErrorCode::malformed;
    return std::unexpected(std::move(error));
  }
  return result;
}

}  // namespace tally
