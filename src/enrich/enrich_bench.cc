// SPDX-License-Identifier: Apache-2.0
//
// What a click costs to enrich: warm (its user agent is known) and cold (never seen), and what its
// first-click flags cost.
#include <benchmark/benchmark.h>

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

// Megabytes of memory that this process has had at most.
double peak_memory() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::strtod(line.c_str() + 6, nullptr) / 1024;
  return 0;
}

// The `n`th of many hostile user agents, no two the same. They look like phones; each 100th goes on
// with random pieces of rules' words, digits and bytes that no rule expects, for which the automata
// need ever more states; and the last 50,000 are as long as is read of any, so that in the end all
// that is remembered is long.
constexpr int kHostile = 1'000'000;
std::string hostile_agent(int n, std::uint64_t& random) {
  constexpr std::string_view kPieces[] = {
      "Mobile ", "Tablet; ", "SM-", "Version/", "(",       "\xff\xc0", "FBAV/",  "bot",
      "HTC_",    "Build/",   "; ",  "Opera ",   "iPhone ", "Nokia",    "Linux ", "like "};
  std::string out = "Mozilla/5.0 (Linux; Android 15; SM-" + std::to_string(n);
  for (int i = 0; n % 100 == 0 && i < 12; ++i) {
    random ^= random << 13, random ^= random >> 7, random ^= random << 17;
    out.append(kPieces[random % std::size(kPieces)]).append(std::to_string(random >> 44));
  }
  if (n >= kHostile - 50'000) out.resize(kUserAgentCap, 'x');
  return out;
}

// One pass, for its memory; to be run alone, because what others used before counts too.
void distinct_user_agents(benchmark::State& state) {
  const auto data = load();
  Enricher enricher(*data, {});
  state.counters["loaded_MB"] = peak_memory();
  std::uint64_t random = 88172645463325252u;
  int n = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(
        enricher.enrich(sample(hostile_agent(n++, random)), ClickKey{}, Salt{}));
  state.counters["peak_MB"] = peak_memory();
}
BENCHMARK(distinct_user_agents)->Iterations(kHostile)->Unit(benchmark::kMicrosecond);

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
