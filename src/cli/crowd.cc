// SPDX-License-Identifier: Apache-2.0
#include "cli/crowd.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "base/check.h"
#include "cli/demo_people.h"

namespace tally {
namespace {

constexpr double kComesBack = 0.28;  // of all clicks of people, again and again
constexpr double kMsUntilBack = 2.5 * kMillisPerHour;
constexpr UnixMillis kSoonestBack = 20 * kMillisPerSecond;
constexpr double kTriesAnother = 0.35;  // of those who come back

// What is left of a fading link's interest in the end, and what a spike does to it.
constexpr double kLeftOver = 0.04;
constexpr double kSpike = 14, kDayAfterSpike = 4;
constexpr double kSpikeMs = 3 * kMillisPerHour;  // how long people go on coming, on average
constexpr double kPartOfSpike = 0.9;             // of that day's clicks

// The rhythm of a day, in pieces.
constexpr UnixMillis kSlot = 30 * kMillisPerMinute;
constexpr std::size_t kSlots = kMillisPerDay / kSlot;

double interest(const CrowdLink& link, std::int64_t day) {
  if (day < link.born) return 0;
  double out = link.weight;
  if (link.fade_days > 0)
    out *= kLeftOver + std::exp(-static_cast<double>(day - link.born) / link.fade_days);
  if (day == link.spike) out *= kSpike;
  if (day == link.spike + 1 && link.spike >= 0) out *= kDayAfterSpike;
  return out;
}

UnixMillis fade(SplitMix64& random, double mean_ms) {
  return static_cast<UnixMillis>(-std::log(1 - random.share()) * mean_ms);
}

}  // namespace

AliasTable::AliasTable(std::span<const double> weights) : cells_(weights.size()) {
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  CHECK(total > 0);
  const auto cells = static_cast<double>(weights.size());
  std::vector<double> part;
  std::vector<std::uint32_t> low, high;
  for (const double weight : weights) {
    (weight * cells < total ? low : high).push_back(part.size());
    part.push_back(weight * cells / total);
  }
  while (!low.empty() && !high.empty()) {
    const std::uint32_t poor = low.back(), rich = high.back();
    low.pop_back();
    cells_[poor] = {static_cast<std::uint32_t>(part[poor] * 0x1p32), rich};
    part[rich] -= 1 - part[poor];
    if (part[rich] >= 1) continue;
    high.pop_back();
    low.push_back(rich);
  }
  // Whole cells, but for rounding.
  for (const std::uint32_t at : low) cells_[at] = {0, at};
  for (const std::uint32_t at : high) cells_[at] = {0, at};
}

Crowd::Crowd(const CrowdWorld& world, const CrowdOptions& options)
    : world_(world), options_(options) {
  CHECK(options.from % kMillisPerDay == 0 && options.from < options.to);
  for (const CrowdLink& link : world.links) {
    std::vector<double> weights;
    for (const CrowdWay& way : link.ways) weights.push_back(way.weight);
    ways_.emplace_back(weights);
  }
  for (const CrowdKind& kind : world.kinds) agents_.emplace_back(kind.agent_weights);

  std::vector<double> until;  // the weight of all days up to each
  double sum = 0;
  for (UnixMillis start = options.from; start < options.to; start += kMillisPerDay) {
    const std::vector<double> weights = link_weights(until.size());
    double awake = 0;
    for (UnixMillis time = start; time < std::min(start + kMillisPerDay, options.to); time += kSlot)
      awake += rhythm(time, 0);
    sum += awake * std::accumulate(weights.begin(), weights.end(), 0.0);
    until.push_back(sum);
  }
  std::uint64_t before = 0;
  for (const double weight : until) {
    const auto upto = static_cast<std::uint64_t>(
        std::llround(weight / sum * static_cast<double>(options.clicks)));
    clicks_of_day_.push_back(upto - before);
    before = upto;
  }
}

std::vector<double> Crowd::link_weights(std::size_t day) const {
  std::vector<double> out;
  out.reserve(world_.links.size());
  for (const CrowdLink& link : world_.links)
    out.push_back(interest(link, static_cast<std::int64_t>(day)));
  return out;
}

// One day in the making.
class Crowd::Day {
 public:
  Day(const Crowd& crowd, std::size_t day)
      : crowd_(crowd),
        world_(crowd.world_),
        day_(static_cast<std::int64_t>(day)),
        start_(crowd.options_.from + day_ * kMillisPerDay),
        end_(std::min(start_ + kMillisPerDay, crowd.options_.to)),
        wanted_(crowd.clicks_of(day)),
        random_(SplitMix64(crowd.options_.seed * 0x100000001b3 + day).next()),
        visitors_(random_.next()),
        links_(crowd.link_weights(day)) {
    out_.reserve(wanted_);
    for (const UnixMillis offset : world_.home_offsets)
      if (!awake_.contains(offset)) awake_.emplace(offset, awake(offset));
    for (const UnixMillis offset : world_.home_offsets) awake_at_.push_back(&awake_.at(offset));
    std::vector<double> runs = {1};
    for (const CrowdProgram& program : world_.programs) {
      runs.front() -= program.share;
      runs.push_back(program.share / program.hits);
    }
    runs.front() *= 1 - kComesBack;
    who_ = AliasTable(runs);
  }

  std::vector<CrowdClick> draw() && {
    while (!full()) {
      const std::uint32_t who = who_.pick(random_);
      seen_.clear();
      if (who == 0)
        person();
      else
        run(world_.programs[who - 1]);
    }
    std::ranges::sort(out_, {}, &CrowdClick::time);
    return std::move(out_);
  }

 private:
  bool full() const { return out_.size() == wanted_; }

  // When people at an offset are awake, by pieces of this day.
  AliasTable awake(UnixMillis offset) const {
    std::vector<double> weights;
    for (std::size_t slot = 0; slot < kSlots; ++slot) {
      const UnixMillis time = start_ + static_cast<UnixMillis>(slot) * kSlot;
      const auto there = std::clamp<UnixMillis>(end_ - time, 0, kSlot);
      weights.push_back(rhythm(time, offset) * static_cast<double>(there));
    }
    return AliasTable(weights);
  }

  UnixMillis within(UnixMillis from, UnixMillis to) {
    return from + random_.below(static_cast<std::uint32_t>(to - from));
  }

  UnixMillis time_of_day(const CrowdLink& link, std::uint32_t home) {
    if (link.spike == day_ && random_.share() < kPartOfSpike) {
      // Somebody posted it; where in the day is the same for all who follow.
      const UnixMillis posted = start_ + (9 + link.plain % 8) * kMillisPerHour;
      const UnixMillis time = posted + fade(random_, kSpikeMs);
      if (time < end_) return time;
    }
    const UnixMillis slot = start_ + awake_at_[home]->pick(random_) * kSlot;
    return within(slot, std::min(slot + kSlot, end_));
  }

  std::uint32_t agent_of(std::uint32_t kind) {
    return world_.kinds[kind].first_agent + crowd_.agents_[kind].pick(random_);
  }

  void add(CrowdClick& click) {
    const bool counts = world_.is_human[click.agent] && world_.links[click.link].leads_somewhere;
    click.first = counts && std::ranges::find(seen_, click.link) == seen_.end();
    click.first_ws = counts && seen_.empty();
    if (click.first) seen_.push_back(click.link);
    out_.push_back(click);
  }

  // Somebody goes on to a link that can be reached on the device in hand; else stays.
  void try_another(CrowdClick& click, std::uint32_t kind) {
    const std::uint32_t next = links_.pick(random_);
    const std::vector<CrowdWay>& ways = world_.links[next].ways;
    const std::uint32_t from = random_.below(static_cast<std::uint32_t>(ways.size()));
    for (std::size_t i = 0; i < ways.size(); ++i) {
      const CrowdWay& way = ways[(from + i) % ways.size()];
      if (way.kind != kind) continue;
      click.link = next;
      click.origin = way.origin;
      return;
    }
  }

  void person() {
    CrowdClick click;
    click.link = links_.pick(random_);
    const CrowdLink& link = world_.links[click.link];
    const CrowdWay& way = link.ways[crowd_.ways_[click.link].pick(random_)];
    click.origin = way.origin;
    click.agent = agent_of(way.kind);
    click.place = random_.below(static_cast<std::uint32_t>(world_.home_offsets.size()));
    click.time = time_of_day(link, click.place);
    click.visitor = visitors_.next();
    for (;;) {
      add(click);
      if (full() || random_.share() >= kComesBack) return;
      click.time += kSoonestBack + fade(random_, kMsUntilBack);
      if (click.time >= end_) return;
      if (random_.share() < kTriesAnother) try_another(click, way.kind);
    }
  }

  void run(const CrowdProgram& program) {
    CrowdClick click;
    click.link = links_.pick(random_);
    click.agent = agent_of(program.kind);
    click.place = static_cast<std::uint32_t>(world_.home_offsets.size()) +
                  random_.below(world_.program_places);
    click.time = within(start_, end_);
    click.visitor = visitors_.next();
    for (;;) {
      const CrowdLink& link = world_.links[click.link];
      click.origin = program.fetches_ahead ? link.ahead : link.plain;
      add(click);
      if (full() || random_.share() * program.hits < 1) return;
      click.time += 1 + fade(random_, program.gap_ms);
      if (click.time >= end_) return;
      if (program.roams) click.link = links_.pick(random_);
    }
  }

  const Crowd& crowd_;
  const CrowdWorld& world_;
  const std::int64_t day_;
  const UnixMillis start_, end_;
  const std::uint64_t wanted_;
  SplitMix64 random_;
  SplitMix64 visitors_;  // numbers of one sequence never repeat
  AliasTable links_;
  std::map<UnixMillis, AliasTable> awake_;
  std::vector<const AliasTable*> awake_at_;  // each home
  AliasTable who_;
  std::vector<std::uint32_t> seen_;  // links that count as this visitor's already
  std::vector<CrowdClick> out_;
};

std::vector<CrowdClick> Crowd::day(std::size_t day) const { return Day(*this, day).draw(); }

}  // namespace tally
