// SPDX-License-Identifier: Apache-2.0
#include "cli/demo_crowd.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "base/bytes.h"
#include "clicks/click_batch.h"
#include "enrich/enrich_data.h"

namespace tally {
namespace {

constexpr UnixMillis kFrom = 20'000 * kMillisPerDay;
constexpr std::string_view kHost = "go.fernandbrook.example";
constexpr ClickKey kShard{1, 2, 3, 0};

Enricher& enricher() {
  static const SystemClock clock;
  static const auto kData =
      EnrichData::load({.user_agent_rules = "/usr/share/uap-core/regexes.yaml"}, clock).value();
  static Enricher one(*kData, {.own_hosts = {std::string(kHost)}});
  return one;
}

// A scene with its columns, and the clicks of a crowd on it.
struct Made {
  CrowdScene scene;
  CrowdColumns columns;
  std::vector<CrowdClick> clicks;
};

const Made& made() {
  static const Made kMade = [] {
    Made out;
    out.scene = make_crowd_scene({600, 10, kFrom, 1}, [](const Address& address) {
      return address.bytes[12] < 128 ? "US" : "DE";
    });
    for (std::size_t i = 0; i < out.scene.links.size(); ++i) {
      out.scene.links[i].workspace = WorkspaceId{1};
      if (!out.scene.links[i].destination.empty()) out.scene.links[i].id = LinkId{i + 1};
    }
    enrich_scene(out.scene, enricher(), kHost, kShard, out.columns);
    const Crowd crowd(out.scene.world, {30'000, kFrom, kFrom + 10 * kMillisPerDay, 1});
    for (std::size_t day = 0; day < crowd.days(); ++day)
      std::ranges::copy(crowd.day(day), std::back_inserter(out.clicks));
    return out;
  }();
  return kMade;
}

TEST(CrowdScene, LinksAreValidAndDistinct) {
  std::set<std::string> paths;
  for (const Link& link : made().scene.links) {
    EXPECT_TRUE(paths.insert(short_path(link)).second) << short_path(link);
    if (link.destination.empty()) continue;
    const auto valid = validate(link);
    EXPECT_TRUE(valid) << link.title << ": " << valid.error().line();
  }
}

// The ways of a link that may have brought a click: those that lead to its origin.
std::vector<const WayIn*> ways_of(const CrowdClick& click) {
  const CrowdScene& scene = made().scene;
  const CrowdLink& link = scene.world.links[click.link];
  std::vector<const WayIn*> out;
  if (click.origin == link.plain || click.origin == link.ahead) out.push_back(nullptr);
  const auto ways = scene.ways_to(click.link);
  for (std::size_t i = 0; i < ways.size(); ++i)
    if (link.ways[i].origin == click.origin &&
        scene.kinds[link.ways[i].kind] == scene.agents[click.agent].kind)
      out.push_back(ways[i]);
  return out;
}

// One row of every column, as it goes over the wire.
std::string row_of(const Click& click) {
  ClickBatch batch;
  batch.add(click);
  return batch.row_binary();
}

TEST(CrowdColumns, ARowIsWhatEnrichmentMakesOfItsRequest) {
  const CrowdScene& scene = made().scene;
  for (std::size_t i = 0; i < made().clicks.size(); i += 7) {
    const CrowdClick& row = made().clicks[i];
    CrowdBatch batch(WorkspaceId{1});
    ClickKey key = kShard;
    key.n = i;
    batch.add(std::span(&row, 1), made().columns, key);
    const auto ways = ways_of(row);
    ASSERT_FALSE(ways.empty());
    const CrowdAgent& agent = scene.agents[row.agent];
    HitView hit =
        crowd_hit(scene.links[row.link], ways.front(), agent, scene.places[row.place], kHost);
    hit.time = row.time;
    Click click = enricher().enrich(hit, key, Salt{});
    click.visitor = row.visitor;
    click.first = row.first;
    click.first_ws = row.first_ws;
    ASSERT_EQ(batch.row_binary(), row_of(click)) << i << " " << agent.user_agent;
  }
}

TEST(CrowdColumns, BatchesHoldTheirRowsInOrder) {
  const auto all = std::span(made().clicks).first(1000);
  CrowdBatch together(WorkspaceId{1});
  together.add(all.first(400), made().columns, kShard);
  ClickKey next = kShard;
  next.n = 400;
  together.add(all.subspan(400), made().columns, next);
  std::string one_by_one;
  for (std::size_t i = 0; i < all.size(); ++i) {
    CrowdBatch one(WorkspaceId{1});
    ClickKey key = kShard;
    key.n = i;
    one.add(all.subspan(i, 1), made().columns, key);
    one_by_one += one.row_binary();
  }
  EXPECT_EQ(together.rows(), all.size());
  EXPECT_EQ(together.row_binary(), one_by_one);
  ASSERT_EQ(together.ranges().size(), 1u);
  EXPECT_EQ(together.ranges().front(), (ShardRange{1, 2, 3, 0, 999}));
}

TEST(DemoCrowd, HoldsPeopleProgramsAndWhatIsNoClick) {
  std::map<std::string, double> share;
  const auto all = click_columns();
  for (const CrowdClick& click : made().clicks) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto& values = made().columns.columns()[i];
      if (all[i].name == "traffic" || all[i].name == "device")
        share[std::string(values.of[click.agent].substr(1))] += 1.0 / made().clicks.size();
      if (all[i].name == "outcome" || all[i].name == "trigger" || all[i].name == "channel")
        share[std::string(values.of[click.origin].substr(1))] += 1.0 / made().clicks.size();
    }
  }
  struct Case {
    const char* value;
    double least, most;
  };
  for (const Case& c : std::vector<Case>{{"human", .80, .92},
                                         {"crawler", .005, .10},
                                         {"preview", .01, .05},
                                         {"ai", .002, .05},
                                         {"library", .002, .05},
                                         {"head", .0001, .05},
                                         {"scanner_suspect", .004, .03},
                                         {"not_found", .001, .01},
                                         {"qr", .02, .30},
                                         {"mobile", .40, .80},
                                         {"desktop", .15, .50},
                                         {"tablet", .01, .08},
                                         {"email", .02, .60},
                                         {"social", .08, .60}}) {
    EXPECT_GT(share[c.value], c.least) << c.value;
    EXPECT_LT(share[c.value], c.most) << c.value;
  }
}

}  // namespace
}  // namespace tally
