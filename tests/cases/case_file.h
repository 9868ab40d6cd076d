// SPDX-License-Identifier: Apache-2.0
//
// A case: clicks, questions about them, and the answers there must be. The file is JSON:
//
//   { "about": "what this shows",
//     "clicks": [ { "time": "2026-03-01T10:00:00Z", "link": 1, "country": "DE", "copies": 3 } ],
//     "questions": [ { "ask": "breakdown", "by": "country", "limit": 10,
//                      "from": "2026-03-01", "to": "2026-03-02", "tz": "Asia/Kathmandu",
//                      "interval": "day", "traffic": "human",
//                      "filters": { "country": ["DE"], "device": ["!mobile"] },
//                      "answer": … } ] }
//
// A click's names are those of the stored click; what is left out is a redirected human click
// without anything; "view": [1080, 2340, 2.5] gives it a landing view with that screen. Answers are
// written as answer_json() writes them and compared as JSON.
#pragma once

#include <boost/json/value.hpp>

#include <string>
#include <vector>

#include "clicks/click_store.h"
#include "model/landing_view.h"

namespace tally {

struct Question {
  std::string ask;  // summary, timeseries, breakdown, visitor_week, raw
  StatsQuery query;
  std::vector<UnixMillis> starts;
  std::optional<Dimension> by;
  std::size_t limit = 100;
  std::string tz;
  boost::json::value answer;
};

struct CaseFile {
  std::string about;
  std::vector<Click> clicks;
  std::vector<LandingView> views;
  std::vector<Question> questions;
};

// Stops the program when the file is not a case.
CaseFile read_case(const std::string& path, WorkspaceId workspace);

// The store's answer to a question; an error is a JSON string.
boost::json::value answer_json(ClickStore& store, const Question& question);

}  // namespace tally
