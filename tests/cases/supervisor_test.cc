// SPDX-License-Identifier: Apache-2.0
//
// The engine as a child process: it comes up, comes back, and goes.
#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <thread>

#include "engine/supervisor.h"
#include "test_stores.h"

namespace tally {
namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

template <class Condition>
bool within(std::chrono::milliseconds limit, Condition condition) {
  const auto end = std::chrono::steady_clock::now() + limit;
  while (std::chrono::steady_clock::now() < end) {
    if (condition()) return true;
    std::this_thread::sleep_for(10ms);
  }
  return condition();
}

class SupervisorTest : public testing::Test {
 protected:
  EngineSupervisor::Options options() const {
    EngineSupervisor::Options options;
    options.binary = engine_binary();
    options.path = folder_.path("clicks");
    options.socket = folder_.path("engine.sock");
    return options;
  }
  SystemClock clock_;
  TemporaryFolder folder_;
};

TEST_F(SupervisorTest, KilledEngineComesBack) {
  EngineSupervisor supervisor(options(), clock_);
  supervisor.start();
  ASSERT_TRUE(supervisor.wait_ready(30s));
  const int first = supervisor.state().pid;
  ASSERT_GT(first, 0);
  ASSERT_EQ(::kill(first, SIGKILL), 0);
  ASSERT_TRUE(within(5s, [&] { return supervisor.state().restarts == 1; }));
  ASSERT_TRUE(supervisor.wait_ready(30s));
  const auto state = supervisor.state();
  EXPECT_NE(state.pid, first);
  EXPECT_EQ(state.last_exit, "signal 9");
  supervisor.stop();
  EXPECT_EQ(supervisor.state().last_exit, "exit 0");
  EXPECT_FALSE(supervisor.state().running);
  EXPECT_NE(::kill(state.pid, 0), 0);
}

TEST_F(SupervisorTest, FailingEngineIsTriedAgainMoreAndMoreSlowly) {
  auto broken = options();
  broken.library = folder_.path("no-such-library.so");
  broken.longest_pause = 400ms;
  EngineSupervisor supervisor(broken, clock_);
  const auto started = std::chrono::steady_clock::now();
  supervisor.start();
  // Pauses of 100, 200, 400 and 400 ms come before the fourth restart.
  ASSERT_TRUE(within(20s, [&] { return supervisor.state().restarts == 4; }));
  EXPECT_GE(std::chrono::steady_clock::now() - started, 1'100ms);
  EXPECT_EQ(supervisor.state().last_exit, "exit 1");
  const auto ready = supervisor.wait_ready(10ms);
  ASSERT_FALSE(ready);
  EXPECT_EQ(ready.error().code, ErrorCode::unavailable);
}

TEST_F(SupervisorTest, StopEndsAnEngineThatIsStillStarting) {
  EngineSupervisor supervisor(options(), clock_);
  supervisor.start();
  ASSERT_TRUE(within(5s, [&] { return supervisor.state().pid != 0; }));
  const int pid = supervisor.state().pid;
  supervisor.stop();
  EXPECT_NE(::kill(pid, 0), 0);
}

TEST_F(SupervisorTest, MissingBinaryIsNotFatal) {
  auto broken = options();
  broken.binary = "/nonexistent/tallymark";
  EngineSupervisor supervisor(broken, clock_);
  supervisor.start();
  EXPECT_FALSE(supervisor.wait_ready(300ms));
  EXPECT_FALSE(supervisor.state().running);
}

TEST_F(SupervisorTest, EngineHoldsNothingOfItsParent) {
  // As a listening socket would be: open, and without the flag that closes it on exec.
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  EngineSupervisor supervisor(options(), clock_);
  supervisor.start();
  ASSERT_TRUE(supervisor.wait_ready(30s));
  ::close(ends[1]);
  char byte = 0;
  EXPECT_EQ(::read(ends[0], &byte, 1), 0);  // the end of the pipe, not a wait
  ::close(ends[0]);
}

TEST_F(SupervisorTest, OneFolderHasOneEngine) {
  EngineSupervisor supervisor(options(), clock_);
  supervisor.start();
  ASSERT_TRUE(supervisor.wait_ready(30s));
  const std::string errors = folder_.path("errors");
  const std::string command = engine_binary() + " engine --path " + folder_.path("clicks") +
                              " --listen unix:" + folder_.path("second.sock") + " 2> " + errors;
  EXPECT_EQ(WEXITSTATUS(std::system(command.c_str())), 1);
  std::ifstream in(errors);
  std::string line, more;
  std::getline(in, line);
  EXPECT_NE(line.find("in use by another engine"), std::string::npos) << line;
  EXPECT_FALSE(std::getline(in, more)) << more;
}

TEST_F(SupervisorTest, EngineEndsWithItsParent) {
  const pid_t parent = ::fork();
  if (parent == 0) {
    // The supervisor's process, which dies without a chance to clean up.
    EngineSupervisor supervisor(options(), clock_);
    supervisor.start();
    if (supervisor.wait_ready(30s)) std::ofstream(folder_.path("pid")) << supervisor.state().pid;
    ::raise(SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(parent, &status, 0), parent);
  int engine = 0;
  std::ifstream(folder_.path("pid")) >> engine;
  ASSERT_GT(engine, 0);
  EXPECT_TRUE(within(10s, [&] { return ::kill(engine, 0) != 0; }));
}

}  // namespace
}  // namespace tally
