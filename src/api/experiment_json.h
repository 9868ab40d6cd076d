// SPDX-License-Identifier: Apache-2.0
//
// Experiments as JSON, in and out. Pure; openapi.json says what each field means.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json_writer.h"
#include "base/result.h"
#include "model/experiment_setup.h"

namespace tally {

// How far from now an experiment may begin.
inline constexpr UnixMillis kFarthestStart = 366 * kMillisPerDay;

// An experiment as it is asked for. Arms are those of `links`; of an experiment on variants, which
// its link knows, `link` and `control` are set instead.
struct ExperimentInput {
  ExperimentSetup setup;
  LinkId link;
  std::string control;  // "": the link's first variant
};

// Without a start it begins `now`.
Result<ExperimentInput> read_experiment(std::string_view body, UnixMillis now);
// A merge-patch of name, state, end and least effect.
Result<void> patch_experiment(ExperimentSetup& setup, std::string_view body, UnixMillis now);

// The fields of an object that is open.
// `sticks_for`: for how long who gets a variant keeps it, "day" or "30_days".
void put_experiment(JsonWriter& out, const ExperimentSetup& setup, std::string_view sticks_for,
                    UnixMillis now);

}  // namespace tally
