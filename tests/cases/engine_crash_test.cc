// SPDX-License-Identifier: Apache-2.0
//
// Killing the engine during inserts loses nothing it acknowledged and stores nothing twice.
//
// A writer ships batches as the pipeline does: a token for each, and the same batch again, under
// the same token, until it is acknowledged. Meanwhile the engine is killed at random moments.
// Every batch must be there exactly once in the end, and every batch found by a count in between
// must be there whole.
#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <thread>

#include "base/random.h"
#include "clicks/click_batch.h"
#include "engine/supervisor.h"
#include "test_stores.h"

namespace tally {
namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

constexpr std::uint64_t kBatchSize = 500;
constexpr UnixMillis kNoon = 1'772'366'400'000;

int kills() { return std::getenv("TALLYMARK_TEST_FULL") != nullptr ? 200 : 8; }

std::vector<Click> make_batch(std::uint64_t number) {
  std::vector<Click> clicks(kBatchSize);
  for (std::uint64_t i = 0; i < kBatchSize; ++i) {
    clicks[i].key = {1, 1, 0, number * kBatchSize + i};
    clicks[i].time = kNoon + static_cast<UnixMillis>(number);
    clicks[i].workspace = WorkspaceId{1};
    clicks[i].link = LinkId{i % 50 + 1};
    clicks[i].outcome = Outcome::redirected;
    clicks[i].user_agent = "Mozilla/5.0";
  }
  return clicks;
}

TEST(EngineCrashTest, EveryBatchIsThereOnceAfterKills) {
  const SystemClock clock;
  const TemporaryFolder folder;
  EngineSupervisor supervisor({.binary = engine_binary(),
                               .path = folder.path("clicks"),
                               .socket = folder.path("engine.sock"),
                               .library = {},
                               .longest_pause = 200ms},
                              clock);
  supervisor.start();
  ASSERT_TRUE(supervisor.wait_ready(30s));
  HttpClient http;
  ClickStoreOptions options;
  options.unix_socket = folder.path("engine.sock");
  ClickStore store(http, options);
  ASSERT_TRUE(store.migrate());

  std::atomic<bool> done = false;
  std::atomic<std::uint64_t> acknowledged = 0, torn = 0, failures = 0;
  const std::int64_t partition = ClickStore::partition_of(kNoon);
  std::jthread writer([&] {
    for (std::uint64_t number = 0; !done; ++number) {
      const auto batch = make_batch(number);
      const ShardRange range{1, 1, 0, batch.front().key.n, batch.back().key.n};
      while (!store.insert(ClickBatch(batch), "batch-" + std::to_string(number))) {
        ++failures;
        const auto there =
            store.count(partition, {kNoon, kNoon + kMillisPerDay}, std::span(&range, 1));
        if (there && *there != 0 && *there != kBatchSize) ++torn;
        std::this_thread::sleep_for(5ms);
      }
      ++acknowledged;
    }
  });
  SeededRandom random(20'260'301);
  for (int i = 0; i < kills(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100 + random.below(600)));
    ASSERT_TRUE(supervisor.wait_ready(30s));
    const int pid = supervisor.state().pid;
    if (pid != 0) ::kill(pid, SIGKILL);
    std::this_thread::sleep_for(150ms);
  }
  done = true;
  writer.join();

  StatsQuery query;
  query.workspace = WorkspaceId{1};
  query.range = {0, kNoon + kMillisPerDay};
  const auto summary = store.summary(query);
  ASSERT_TRUE(summary) << summary.error().line();
  EXPECT_EQ(summary->clicks, acknowledged * kBatchSize);
  EXPECT_EQ(torn, 0u);
  // The kills did hit inserts.
  EXPECT_GT(failures, 0u);
  EXPECT_EQ(supervisor.state().restarts, static_cast<std::uint64_t>(kills()));
  RecordProperty("batches", static_cast<int>(acknowledged.load()));
}

}  // namespace
}  // namespace tally
