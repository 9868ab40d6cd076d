// SPDX-License-Identifier: Apache-2.0
//
// The edge's table with a million plain links: bytes per link, a lookup, an edit.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "base/random.h"
#include "links/link_table.h"

namespace tally {
namespace {

constexpr std::uint64_t kLinks = 1'000'000;

Link plain_link(std::uint64_t n) {
  Link link;
  link.id = {n + 1};
  link.workspace = {1};
  link.prefix = "p" + std::to_string(1'000'000 + n);
  link.destination = "https://shop.example.com/products/" + std::to_string(1'000'000 + n);
  return link;
}

const std::shared_ptr<const LinkTable>& table() {
  static const auto built = [] {
    LinkTable::Builder builder;
    for (std::uint64_t n = 0; n < kLinks; ++n) builder.add(plain_link(n));
    return std::move(builder).build();
  }();
  return built;
}

void find_link(benchmark::State& state) {
  const LinkTable& links = *table();
  SeededRandom random(1);
  std::vector<std::string> names;
  // The names that people ask for lie all over the table.
  for (int i = 0; i < state.range(0); ++i)
    names.push_back("p" + std::to_string(1'000'000 + random.below(kLinks)));
  std::size_t at = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(links.find({kDefaultDomain, names[at], ""}));
    if (++at == names.size()) at = 0;
  }
  state.counters["bytes_per_link"] = static_cast<double>(links.memory_bytes()) / kLinks;
}
BENCHMARK(find_link)->Arg(100)->Arg(10'000)->Arg(300'000);

// Five edits at once: what a hundred a second make of a poll every 50 ms.
void edit_links(benchmark::State& state) {
  std::shared_ptr<const LinkTable> links = table();
  SeededRandom random(2);
  for (auto _ : state) {
    std::vector<LinkChange> changes;
    for (int i = 0; i < 5; ++i) changes.push_back({1, plain_link(random.below(kLinks)), false});
    links = links->with(changes);
  }
}
BENCHMARK(edit_links)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace tally

BENCHMARK_MAIN();
