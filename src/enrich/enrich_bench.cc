// SPDX-License-Identifier: Apache-2.0
//
// What a click costs to enrich: warm (its user agent is known) and cold (never seen).
#include <benchmark/benchmark.h>

#include <cstdlib>

#include "enrich/agent_reader.h"
#include "enrich/enrich_data.h"
#include "enrich/enricher.h"

namespace tally {
namespace {

constexpr const char* kRules = "/usr/share/uap-core/regexes.yaml";

// TALLYMARK_GEO names a database file for the geography step.
std::unique_ptr<EnrichData> load() {
  static const SystemClock clock;
  DataFiles files{.user_agent_rules = kRules};
  if (const char* geo = std::getenv("TALLYMARK_GEO")) files.geo_v4 = geo;
  return EnrichData::load(files, clock).value();
}

std::string agent(int i) {
  return "Mozilla/5.0 (Linux; Android 15; SM-S" + std::to_string(900 + i % 97) +
         "B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/" + std::to_string(100 + i % 50) +
         ".0." + std::to_string(i) + ".0 Mobile Safari/537.36";
}

HitView sample(const std::string& user_agent) {
  HitView hit;
  hit.time = 1'700'000'000'123;
  hit.workspace = WorkspaceId{1};
  hit.link = LinkId{1};
  hit.outcome = Outcome::redirected;
  hit.address = *Address::parse("81.2.69.142");
  hit.domain = "go.example.com";
  hit.prefix = "promo";
  hit.query = "utm_source=newsletter&utm_medium=email&utm_campaign=summer";
  hit.user_agent = user_agent;
  hit.referrer = "https://www.google.com/";
  hit.accept_language = "de-DE,de;q=0.9,en;q=0.8";
  return hit;
}

void warm_click(benchmark::State& state) {
  const auto data = load();
  Enricher enricher(*data, {});
  std::vector<std::string> agents;
  for (int i = 0; i < 500; ++i) agents.push_back(agent(i));
  std::size_t n = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        enricher.enrich(sample(agents[n++ % agents.size()]), ClickKey{}, Salt{}));
  }
  for (const StepTiming& step : enricher.timings())
    state.counters[std::string(step.name)] =
        static_cast<double>(step.nanoseconds) / static_cast<double>(step.calls);
}
BENCHMARK(warm_click);

void cold_user_agent(benchmark::State& state) {
  auto reader = AgentReader::load(kRules).value();
  int n = 0;
  for (auto _ : state) {
    const std::string user_agent = agent(n++);
    benchmark::DoNotOptimize(reader.read_cold(user_agent));
  }
}
BENCHMARK(cold_user_agent);

}  // namespace
}  // namespace tally
