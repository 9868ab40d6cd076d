// SPDX-License-Identifier: Apache-2.0
//
// What an experiment compares, and when. What it found is not stored: it follows from clicks, so it
// is worked out whenever somebody asks (insights/experiment.h).
//
// links: two links or more, by clicks ÷ impressions. variants: those of one link, by unique clicks
// that converted ÷ unique clicks. The first arm is the control. Variants and their weights are kept
// as they were when the experiment was made, since that is what visitors were to be divided by; a
// link that is changed later does not change the question.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "model/ids.h"

namespace tally {

using ExperimentId = Id<struct ExperimentTag>;
struct ExperimentTag {
  static constexpr std::string_view kPrefix = "exp_";
};

enum class ExperimentKind : std::uint8_t { links, variants };
inline constexpr std::array<std::string_view, 2> kExperimentKindNames = {"links", "variants"};
constexpr std::string_view to_text(ExperimentKind v) {
  return kExperimentKindNames[static_cast<std::size_t>(v)];
}

enum class ExperimentState : std::uint8_t { planned, running, ended };
inline constexpr std::array<std::string_view, 3> kExperimentStateNames = {"planned", "running",
                                                                          "ended"};
constexpr std::string_view to_text(ExperimentState v) {
  return kExperimentStateNames[static_cast<std::size_t>(v)];
}

inline constexpr std::size_t kMaxComparedLinks = 10;
inline constexpr std::size_t kMaxExperimentName = 200;  // bytes

struct ExperimentArm {
  LinkId link;
  std::string variant;       // "" for a link as a whole
  std::uint32_t weight = 0;  // of a variant
  friend bool operator==(const ExperimentArm&, const ExperimentArm&) = default;
};

struct ExperimentSetup {
  ExperimentId id;
  WorkspaceId workspace;
  std::string name;
  ExperimentKind kind = ExperimentKind::links;
  std::vector<ExperimentArm> arms;  // the control first
  UnixMillis starts_at = 0;
  std::optional<UnixMillis> ends_at;
  // Smallest change of the control's rate that is worth finding, as a share of it, in millionths:
  // how much is still needed is worked out for that.
  std::uint32_t least_effect_ppm = 100'000;
  UnixMillis created_at = 0;
  UnixMillis updated_at = 0;

  ExperimentState state(UnixMillis now) const {
    if (now < starts_at) return ExperimentState::planned;
    return ends_at && *ends_at <= now ? ExperimentState::ended : ExperimentState::running;
  }
  friend bool operator==(const ExperimentSetup&, const ExperimentSetup&) = default;
};

}  // namespace tally
