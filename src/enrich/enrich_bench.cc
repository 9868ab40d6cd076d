// SPDX-License-Identifier: Apache-2.0
//
// What a click costs to enrich: warm (its user agent is known) and cold (never seen), and what its
// first-click flags cost.
#include <benchmark/benchmark.h>

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/check.h"
#include "enrich/agent_reader.h"
#include "enrich/enrich_data.h"
#include "enrich/enricher.h"
#include "enrich/first_clicks.h"

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

// Megabytes of this process in memory.
double resident() {
  std::ifstream statm("/proc/self/statm");
  std::size_t size = 0, pages = 0;
  statm >> size >> pages;
  return static_cast<double>(pages) * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1 << 20);
}

// What strangers can do to the memory behind user agents: a million strings, no two the same, that
// look like phones but for random pieces of rules' words, digits and bytes that no rule expects.
void distinct_user_agents(benchmark::State& state) {
  auto reader = AgentReader::load(kRules).value();
  const std::string_view pieces[] = {"Mobile ", "Tablet; ", "SM-",    "Version/", "(",  "\xff\xc0",
                                     "FBAV/",   "bot",      "HTC_",   "Build/",   "; ", "Opera ",
                                     "iPhone ", "Nokia",    "Linux ", "like "};
  std::uint64_t random = 88172645463325252u;
  const double before = resident();
  for (auto _ : state) {
    std::string user_agent = "Mozilla/5.0 (Linux; Android ";
    for (int i = 0; i < 12; ++i) {
      random ^= random << 13, random ^= random >> 7, random ^= random << 17;
      user_agent.append(pieces[random % std::size(pieces)]).append(std::to_string(random >> 44));
    }
    benchmark::DoNotOptimize(reader.read(user_agent));
  }
  state.counters["before_MB"] = before;
  state.counters["after_MB"] = resident();
}
BENCHMARK(distinct_user_agents)->Iterations(1'000'000);

// First clicks in a folder of their own, saved as the product does.
class Visitors {
 public:
  Visitors() {
    click_.time = 1'700'000'000'123;
    click_.workspace = WorkspaceId{1};
    click_.outcome = Outcome::redirected;
    click_.traffic = Traffic::human;
  }
  ~Visitors() { std::filesystem::remove_all(directory_); }
  Visitors(const Visitors&) = delete;

  // A click of the i-th visitor; each has one link of a thousand.
  bool is_first(std::uint64_t i) {
    click_.visitor = (i + 1) * 0x9e3779b97f4a7c15u;
    click_.link = LinkId{1 + i % 1000};
    firsts_->mark(click_);
    return click_.first;
  }
  void save_when_due() {
    if (!firsts_->half_full()) return;
    firsts_->commit({1, ++saves_});
    CHECK(firsts_->save());
  }

 private:
  const std::filesystem::path directory_ =
      std::filesystem::temp_directory_path() / ("tallymark-bench-" + std::to_string(::getpid()));
  PosixFiles files_;
  std::unique_ptr<FirstClicks> firsts_ =
      FirstClicks::open(files_, {directory_}, [](const auto&) {}).value();
  Click click_;
  std::uint64_t saves_ = 0;
};

// A click whose visitor has clicked that link today, of state.range(0) visitors in no order, all in
// the table in memory.
void first_click_known(benchmark::State& state) {
  Visitors visitors;
  const auto count = static_cast<std::uint64_t>(state.range(0));
  for (std::uint64_t i = 0; i < count; ++i) {
    visitors.is_first(i);
    visitors.save_when_due();
  }
  std::uint64_t n = 0;
  for (auto _ : state) CHECK(!visitors.is_first((n += 7919) % count));
}
BENCHMARK(first_click_known)->Arg(1000)->Arg(100'000)->Arg(1'500'000);

// A visitor who is new, saves included.
void first_click_new(benchmark::State& state) {
  Visitors visitors;
  std::uint64_t n = 0;
  for (auto _ : state) {
    CHECK(visitors.is_first(n++));
    visitors.save_when_due();
  }
}
BENCHMARK(first_click_new)->Iterations(1'000'000);

}  // namespace
}  // namespace tally
