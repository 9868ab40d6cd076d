// SPDX-License-Identifier: Apache-2.0
//
// What a click of a crowd costs before the store has it: drawn, put into columns, and written as a
// Native block.
#include <benchmark/benchmark.h>

#include "cli/crowd.h"
#include "cli/demo_crowd.h"
#include "enrich/enrich_data.h"

namespace tally {
namespace {

constexpr UnixMillis kFrom = 20'000 * kMillisPerDay;
constexpr std::size_t kDays = 2;
constexpr std::uint64_t kClicks = 1'000'000;

struct Stage {
  CrowdScene scene = make_crowd_scene({10'000, kDays, kFrom, 1}, [](const Address& address) {
    return address.bytes[12] < 128 ? "US" : "DE";
  });
  CrowdColumns columns;

  Stage() {
    static const SystemClock clock;
    const auto data =
        EnrichData::load({.user_agent_rules = "/usr/share/uap-core/regexes.yaml"}, clock).value();
    Enricher enricher(*data, {});
    enrich_scene(scene, enricher, "go.example", {}, columns);
  }
};
Stage& stage() {
  static Stage one;
  return one;
}

Crowd crowd() {
  return Crowd(stage().scene.world, {kClicks, kFrom, kFrom + kDays * kMillisPerDay, 1});
}

void draw(benchmark::State& state) {
  const Crowd all = crowd();
  std::uint64_t clicks = 0;
  for (auto _ : state) clicks += all.day(0).size();
  state.SetItemsProcessed(static_cast<std::int64_t>(clicks));
}
BENCHMARK(draw)->Unit(benchmark::kMillisecond);

void put_into_columns(benchmark::State& state) {
  const auto clicks = crowd().day(0);
  const auto some = std::span(clicks).first(std::min<std::size_t>(clicks.size(), 400'000));
  CrowdBatch batch(WorkspaceId{1});
  for (auto _ : state) {
    batch.clear();
    batch.add(some, stage().columns, {});
    if (state.range(0) != 0) benchmark::DoNotOptimize(batch.native());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(some.size()));
}
BENCHMARK(put_into_columns)->Arg(0)->Arg(1)->ArgName("native")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tally
