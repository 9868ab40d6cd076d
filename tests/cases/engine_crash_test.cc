// SPDX-License-Identifier: Apache-2.0
//
// Killing the engine during inserts loses nothing it acknowledged and stores nothing twice; nor
// does a disk that refuses its writes.
//
// A writer ships batches as the pipeline does (clicks/planned_insert.h), each until it is stored.
// Meanwhile the engine is struck at random moments. Every batch must be there exactly once in the
// end, and every batch found by a count in between must be there whole.
#include <gtest/gtest.h>

#include <sys/resource.h>

#include <csignal>
#include <cstdlib>
#include <functional>
#include <thread>

#include "base/random.h"
#include "clicks/click_batch.h"
#include "clicks/planned_insert.h"
#include "engine/supervisor.h"
#include "engine/write_guard.h"
#include "test_stores.h"

namespace tally {
namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

constexpr std::uint64_t kBatchSize = 500;
constexpr UnixMillis kNoon = 1'772'366'400'000;
constexpr rlim_t kLargestFile = 100'000;  // more than a batch, less than twenty merged

int strikes() { return std::getenv("TALLYMARK_TEST_FULL") != nullptr ? 200 : 8; }

std::vector<Click> make_batch(std::uint64_t number) {
  SeededRandom random(number);
  std::vector<Click> clicks(kBatchSize);
  for (std::uint64_t i = 0; i < kBatchSize; ++i) {
    clicks[i].key = {1, 1, 0, number * kBatchSize + i};
    clicks[i].time = kNoon + static_cast<UnixMillis>(number);
    clicks[i].workspace = WorkspaceId{1};
    clicks[i].link = LinkId{i % 50 + 1};
    clicks[i].outcome = Outcome::redirected;
    clicks[i].visitor = random.below(UINT64_MAX);  // so that merged files grow
    clicks[i].user_agent = "Mozilla/5.0";
  }
  return clicks;
}

// Runs the writer while strike(pid) is called again and again; `expected_end` is how the supervisor
// must have seen an engine end at least once.
void write_under_strikes(const std::function<void(EngineSupervisor&, int)>& strike,
                         const std::string& expected_end) {
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
  std::jthread writer([&] {
    for (std::uint64_t number = 0; !done; ++number) {
      const auto batch = make_batch(number);
      const PlannedInsert insert{.partition = ClickStore::partition_of(kNoon),
                                 .token = "batch-" + std::to_string(number),
                                 .rows = kBatchSize,
                                 .times = {kNoon, kNoon + kMillisPerDay},
                                 .ranges = {{1, 1, 0, batch.front().key.n, batch.back().key.n}}};
      bool outcome_unknown = false;
      for (;;) {
        const auto stored = store_once(store, insert, ClickBatch(batch), outcome_unknown);
        if (stored) break;
        outcome_unknown = true;
        ++failures;
        if (stored.error().code == ErrorCode::corrupt) ++torn;
        std::this_thread::sleep_for(5ms);
      }
      ++acknowledged;
    }
  });
  SeededRandom random(20'260'301);
  int ends = 0;
  for (int i = 0; i < strikes(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100 + random.below(600)));
    EXPECT_TRUE(supervisor.wait_ready(30s));
    if (const int pid = supervisor.state().pid; pid != 0) strike(supervisor, pid);
    std::this_thread::sleep_for(150ms);
    if (supervisor.state().last_exit == expected_end) ++ends;
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
  EXPECT_GT(ends, 0);
  // The strikes did hit inserts.
  EXPECT_GT(failures, 0u);
  testing::Test::RecordProperty("batches", static_cast<int>(acknowledged.load()));
}

TEST(EngineCrashTest, EveryBatchIsThereOnceAfterKills) {
  write_under_strikes([](EngineSupervisor&, int pid) { ::kill(pid, SIGKILL); }, "signal 9");
}

// No file of the engine may grow past some size, as on a disk that is full: merges run into it
// first. The library would take what it could not write for written (engine/write_guard.h).
TEST(EngineCrashTest, EveryBatchIsThereOnceAfterRefusedWrites) {
  const auto refuse = [](EngineSupervisor& supervisor, int pid) {
    rlimit limit{kLargestFile, RLIM_INFINITY};
    ASSERT_EQ(::prlimit(pid, RLIMIT_FSIZE, &limit, nullptr), 0);
    for (int i = 0; i < 100 && supervisor.state().pid == pid; ++i)
      std::this_thread::sleep_for(20ms);
    limit.rlim_cur = RLIM_INFINITY;
    if (supervisor.state().pid == pid) ::prlimit(pid, RLIMIT_FSIZE, &limit, nullptr);
  };
  write_under_strikes(refuse, "exit " + std::to_string(kWriteRefusedExit));
}

}  // namespace
}  // namespace tally
