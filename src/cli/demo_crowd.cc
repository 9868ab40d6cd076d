// SPDX-License-Identifier: Apache-2.0
#include "cli/demo_crowd.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <future>
#include <ostream>
#include <utility>

namespace tally {
namespace {

constexpr std::size_t kRowsOfInsert = 400'000;
constexpr std::size_t kLinksAtOnce = 2'000;
constexpr std::chrono::seconds kSayEvery{3};

// Links made on one day are stored together.
Result<void> make_links(CrowdScene& scene, const CrowdPlaces& places) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < scene.links.size(); ++i) {
    scene.links[i].workspace = places.workspace;
    if (!scene.links[i].destination.empty()) order.push_back(i);
  }
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return scene.links[i].created_at; });
  for (std::size_t done = 0; done < order.size();) {
    const UnixMillis at = scene.links[order[done]].created_at;
    std::vector<Link> together;
    std::size_t end = done;
    for (; end < order.size() && together.size() < kLinksAtOnce; ++end) {
      const Link& link = scene.links[order[end]];
      if (link.created_at != at) break;
      TRY(validate(link));
      together.push_back(link);
    }
    places.then.set(at);
    TRY_ASSIGN(const CreatedLinks created, places.links.create_many(together, std::nullopt));
    if (!created.faults.empty()) return std::unexpected(created.faults.front().error);
    for (const Link& link : created.links) scene.links[order[done++]].id = link.id;
  }
  return {};
}

// Stores batches one behind the other, each while the next is being made.
class CrowdWriter {
 public:
  CrowdWriter(const CrowdPlaces& places, const CrowdColumns& columns)
      : store_(places.clicks),
        columns_(columns),
        next_(places.shard),
        batch_(places.workspace),
        stored_(places.workspace) {}

  // Clicks by time. Nothing is sure to be stored before finish().
  Result<void> add(std::span<const CrowdClick> clicks) {
    while (!clicks.empty()) {
      const auto partition = ClickStore::partition_of(clicks.front().time);
      if (!batch_.empty() && batch_.partition() != partition) TRY(store_batch());
      const auto end = std::ranges::find_if(clicks, [&](const CrowdClick& click) {
        return ClickStore::partition_of(click.time) != partition;
      });
      const auto here = static_cast<std::size_t>(end - clicks.begin());
      const auto part = clicks.first(std::min(here, kRowsOfInsert - batch_.rows()));
      batch_.add(part, columns_, next_);
      next_.n += part.size();
      clicks = clicks.subspan(part.size());
      if (batch_.rows() == kRowsOfInsert) TRY(store_batch());
    }
    return {};
  }

  Result<void> finish() {
    if (!batch_.empty()) TRY(store_batch());
    return wait();
  }

 private:
  // The two batches take turns.
  Result<void> store_batch() {
    TRY(wait());
    stored_.clear();
    std::swap(batch_, stored_);
    storing_ =
        std::async(std::launch::async,
                   [this, token = fmt::format("crowd-{}-{}-{}", next_.node, next_.epoch, next_.n)] {
                     return store_.insert(stored_, token);
                   });
    return {};
  }
  Result<void> wait() { return storing_.valid() ? storing_.get() : Result<void>(); }

  ClickStore& store_;
  const CrowdColumns& columns_;
  ClickKey next_;
  CrowdBatch batch_, stored_;  // in the making, and being stored or done
  std::future<Result<void>> storing_;
};

Result<void> store_crowd(const Crowd& crowd, std::uint64_t clicks, CrowdWriter& writer,
                         std::ostream& out) {
  const auto started = std::chrono::steady_clock::now();
  auto said = started;
  std::uint64_t done = 0;
  for (std::size_t day = 0; day < crowd.days(); ++day) {
    TRY(writer.add(crowd.day(day)));
    done += crowd.clicks_of(day);
    const auto now = std::chrono::steady_clock::now();
    if (now - said < kSayEvery && day + 1 < crowd.days()) continue;
    said = now;
    const std::chrono::duration<double> spent = now - started;
    out << fmt::format("day {} of {}: {} of {} clicks, {:.0f} a second", day + 1, crowd.days(),
                       done, clicks, static_cast<double>(done) / spent.count())
        << std::endl;
  }
  return writer.finish();
}

}  // namespace

void enrich_scene(CrowdScene& scene, Enricher& enricher, std::string_view host, ClickKey shard,
                  CrowdColumns& columns) {
  const Salt salt{};  // visitors' numbers are the crowd's own
  const auto first_agent = [&](std::uint32_t kind) -> const CrowdAgent& {
    return scene.agents[scene.world.kinds[kind].first_agent];
  };
  const auto enriched = [&](const Link& link, const WayIn* way, const CrowdAgent& agent,
                            const CrowdPlace& place) {
    return enricher.enrich(crowd_hit(link, way, agent, place, host), shard, salt);
  };
  const std::uint32_t usual = scene.kind_named("desktop");
  const std::uint32_t ahead = scene.kind_named("ahead");
  for (std::size_t i = 0; i < scene.links.size(); ++i) {
    const Link& link = scene.links[i];
    const auto origin = [&](const WayIn* way, std::uint32_t kind) {
      return columns.add(CrowdPart::origin,
                         enriched(link, way, first_agent(kind), scene.place_of(kind)), true);
    };
    columns.add(CrowdPart::link,
                enriched(link, nullptr, first_agent(usual), scene.place_of(usual)));
    CrowdLink& out = scene.world.links[i];
    out.plain = origin(nullptr, usual);
    out.ahead = origin(nullptr, ahead);
    for (const WayIn* way : scene.ways_to(i)) {
      const std::uint32_t kind = scene.kind_named(way->device);
      out.ways.push_back({origin(way, kind), kind, way->weight});
    }
  }
  for (const CrowdAgent& agent : scene.agents) {
    const CrowdPlace& place = scene.place_of(scene.kind_named(agent.kind));
    const Click click = enriched(scene.links.front(), nullptr, agent, place);
    columns.add(CrowdPart::agent, click);
    scene.world.is_human.push_back(click.traffic == Traffic::human);
  }
  for (const CrowdPlace& place : scene.places)
    columns.add(CrowdPart::place,
                enriched(scene.links.front(), nullptr, first_agent(usual), place));
}

Result<void> fill_crowd(const CrowdToMake& wanted, const CrowdPlaces& places, std::ostream& out) {
  const UnixMillis today = (wanted.now - 1) / kMillisPerDay * kMillisPerDay;
  const UnixMillis from = today - static_cast<UnixMillis>(wanted.days - 1) * kMillisPerDay;
  CrowdScene scene =
      make_crowd_scene({wanted.links, wanted.days, from, wanted.seed}, places.country_of);
  TRY(make_links(scene, places));
  out << fmt::format("{} links made", wanted.links) << std::endl;
  CrowdColumns columns;
  enrich_scene(scene, places.enricher, wanted.host, places.shard, columns);
  const Crowd crowd(scene.world, {wanted.clicks, from, wanted.now, wanted.seed});
  CrowdWriter writer(places, columns);
  return store_crowd(crowd, wanted.clicks, writer, out);
}

}  // namespace tally
