// SPDX-License-Identifier: Apache-2.0
//
// A crowd: as many made-up clicks as wanted on as many links, a day at a time.
//
// This half knows only positions: a click is a time, a visitor, and which link, origin, agent and
// place it has. What stands behind a position is crowd_scene.h's business, and what the store keeps
// of it crowd_columns.h's. So a click costs a handful of random numbers, a hundred million take a
// minute or two, and memory holds one day of them.
//
// People come one by one: each picks a link by the popularity it has on that day, a way to it, a
// device that fits the way, a home, and a time at which people there are awake. Some come again the
// same day, each time after an exponential wait, to that link or another. Programs come in runs.
// A visitor's number is new every UTC day, as real ones are, so a visitor is done within a day: the
// first click of each link is known as it is made, and nothing has to be remembered.
//
// The same world, options and seed make the same clicks; each day is drawn by itself.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/clock.h"
#include "base/random.h"

namespace tally {

// Draws positions in proportion to their weights at the cost of one number (Vose 1991).
class AliasTable {
 public:
  AliasTable() = default;
  // At least one weight is above zero.
  explicit AliasTable(std::span<const double> weights);
  std::uint32_t pick(SplitMix64& random) const {
    const std::uint64_t draw = random.next();
    const auto at = static_cast<std::uint32_t>(((draw >> 32) * cells_.size()) >> 32);
    const Cell& cell = cells_[at];
    return static_cast<std::uint32_t>(draw) < cell.keep ? at : cell.other;
  }

 private:
  struct Cell {
    std::uint32_t keep = 0;  // of 2^32
    std::uint32_t other = 0;
  };
  std::vector<Cell> cells_;
};

// How people get to a link: from where, and on what kind of device.
struct CrowdWay {
  std::uint32_t origin = 0;
  std::uint32_t kind = 0;
  double weight = 0;
};

struct CrowdLink {
  double weight = 0;            // its part of a usual day
  std::int64_t born = 0;        // the day it was made; negative: before the first
  double fade_days = 0;         // after which interest is down to a third; 0: it stays
  std::int64_t spike = -1;      // the day on which everybody came; -1: there was none
  std::vector<CrowdWay> ways;   // at least one
  std::uint32_t plain = 0;      // the origin of who comes from nowhere
  std::uint32_t ahead = 0;      // of who fetches it ahead
  bool leads_somewhere = true;  // to a destination, so that its clicks count
};

// Agents of a kind follow each other.
struct CrowdKind {
  std::uint32_t first_agent = 0;
  std::vector<double> agent_weights;
};

struct CrowdProgram {
  std::uint32_t kind = 0;
  double share = 0;      // of all clicks
  double hits = 1;       // of one run, on average
  double gap_ms = 1000;  // between two, on average
  bool roams = false;    // from link to link
  bool fetches_ahead = false;
};

struct CrowdWorld {
  std::vector<CrowdLink> links;
  std::vector<CrowdKind> kinds;
  std::vector<bool> is_human;  // of each agent
  std::vector<CrowdProgram> programs;
  std::vector<UnixMillis> home_offsets;  // from UTC, of the places where people live, which come
  std::uint32_t program_places = 1;      // before those where programs run
};

struct CrowdClick {
  UnixMillis time = 0;
  std::uint64_t visitor = 0;
  std::uint32_t link = 0, origin = 0, agent = 0, place = 0;
  bool first = false, first_ws = false;
  friend bool operator==(const CrowdClick&, const CrowdClick&) = default;
};

struct CrowdOptions {
  std::uint64_t clicks = 0;
  UnixMillis from = 0;  // the beginning of a UTC day
  UnixMillis to = 0;
  std::uint64_t seed = 1;
};

class Crowd {
 public:
  // `world` must outlive it.
  Crowd(const CrowdWorld& world, const CrowdOptions& options);

  std::size_t days() const { return clicks_of_day_.size(); }
  // How many clicks a day has; together exactly what was asked for.
  std::uint64_t clicks_of(std::size_t day) const { return clicks_of_day_[day]; }
  // The clicks of a day, by time.
  std::vector<CrowdClick> day(std::size_t day) const;

 private:
  class Day;
  std::vector<double> link_weights(std::size_t day) const;

  const CrowdWorld& world_;
  const CrowdOptions options_;
  std::vector<std::uint64_t> clicks_of_day_;
  std::vector<AliasTable> ways_;    // of each link
  std::vector<AliasTable> agents_;  // of each kind
};

}  // namespace tally
