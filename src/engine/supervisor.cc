// SPDX-License-Identifier: Apache-2.0
#include "engine/supervisor.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <cstring>
#include <mutex>
#include <thread>
#include <vector>

#include "base/check.h"
#include "base/log.h"
#include "base/threads.h"
#include "engine/engine.h"
#include "http/client.h"

extern char** environ;

namespace tally {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kStartPoll{20};
constexpr milliseconds kWatchPoll{100};
constexpr milliseconds kPingEvery{1'000};
constexpr std::int64_t kPingTimeoutMs = 1'000;
constexpr int kGivenSocket = STDERR_FILENO + 1;  // where the child finds the socket for guests

std::string exit_text(int status) {
  if (WIFSIGNALED(status)) return "signal " + std::to_string(WTERMSIG(status));
  return "exit " + std::to_string(WEXITSTATUS(status));
}

// What the child must not inherit from a server with its own signal handling.
class SpawnAttributes {
 public:
  explicit SpawnAttributes(int given_socket) {
    CHECK(::posix_spawnattr_init(&attributes_) == 0);
    sigset_t none, all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    CHECK(::posix_spawn_file_actions_init(&actions_) == 0);
    // The server's stdout is for its own ready line.
    ::posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    const bool gives = given_socket >= 0;
    if (gives) ::posix_spawn_file_actions_adddup2(&actions_, given_socket, kGivenSocket);
    // Any other listening socket or a visitor's connection that the child held would stay open when
    // the server closes it.
    ::posix_spawn_file_actions_addclosefrom_np(&actions_, kGivenSocket + (gives ? 1 : 0));
  }
  SpawnAttributes(const SpawnAttributes&) = delete;
  SpawnAttributes& operator=(const SpawnAttributes&) = delete;
  ~SpawnAttributes() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }
  const posix_spawnattr_t* attributes() const { return &attributes_; }
  const posix_spawn_file_actions_t* actions() const { return &actions_; }

 private:
  posix_spawnattr_t attributes_;
  posix_spawn_file_actions_t actions_;
};

}  // namespace

struct EngineSupervisor::Impl {
  Impl(Options the_options, const Clock& the_clock)
      : options(std::move(the_options)), clock(the_clock) {}

  const Options options;
  const Clock& clock;
  HttpClient http;

  mutable std::mutex mutex;
  std::condition_variable changed;
  State state;
  bool stopping = false;
  std::thread thread;

  // Waits, but no longer than until stop(); true when stopping.
  bool pause(milliseconds length) {
    std::unique_lock lock(mutex);
    return changed.wait_for(lock, length, [this] { return stopping; });
  }

  bool answers() {
    HttpRequest request;
    request.url = "http://engine/ping";
    request.unix_socket = options.socket;
    request.timeout_ms = kPingTimeoutMs;
    const auto response = http.request(request);
    return response && response->status == 200;
  }

  // Ours, and what only the child is told.
  std::vector<std::string> child_environment() const {
    const std::string parent = std::string(kEngineParentVariable) + "=";
    const std::string token = std::string(kEngineReadTokenVariable) + "=";
    std::vector<std::string> out;
    for (char** variable = environ; *variable != nullptr; ++variable) {
      const std::string_view text = *variable;
      if (!text.starts_with(parent) && !text.starts_with(token)) out.emplace_back(text);
    }
    out.push_back(parent + std::to_string(::getpid()));
    if (options.read_listener >= 0) out.push_back(token + options.read_token);
    return out;
  }

  pid_t spawn() {
    std::vector<std::string> arguments = {options.binary, "engine",   "--path",
                                          options.path,   "--listen", "unix:" + options.socket};
    if (!options.library.empty()) {
      arguments.emplace_back("--library");
      arguments.push_back(options.library);
    }
    if (options.read_listener >= 0) {
      arguments.emplace_back("--read-listen");
      arguments.push_back("fd:" + std::to_string(kGivenSocket));
    }
    std::vector<std::string> variables = child_environment();
    const auto pointers = [](std::vector<std::string>& texts) {
      std::vector<char*> out;
      for (std::string& text : texts) out.push_back(text.data());
      out.push_back(nullptr);
      return out;
    };
    const SpawnAttributes spawn_attributes(options.read_listener);
    pid_t pid = 0;
    const int error = ::posix_spawn(&pid, options.binary.c_str(), spawn_attributes.actions(),
                                    spawn_attributes.attributes(), pointers(arguments).data(),
                                    pointers(variables).data());
    if (error != 0) {
      log_error("engine: cannot start '{}': {}", options.binary, std::strerror(error));
      return 0;
    }
    return pid;
  }

  // Whether the child has ended; takes its exit status when it has.
  bool has_ended(pid_t pid) {
    int status = 0;
    const pid_t ended = ::waitpid(pid, &status, WNOHANG);
    if (ended == 0 || (ended < 0 && errno == EINTR)) return false;
    const std::scoped_lock lock(mutex);
    state.running = false;
    state.pid = 0;
    state.last_exit = ended == pid ? exit_text(status) : "unknown";
    return true;
  }

  // A child that is there but silent (frozen, or swapping) is shown as not running. It is left
  // alone: nothing is lost by waiting for it, and it may be in the middle of a large merge.
  void note_answer(bool answered, bool& ready) {
    const std::scoped_lock lock(mutex);
    if (ready && state.running != answered)
      log_warn("engine: {}", answered ? "answers again" : "does not answer");
    ready = ready || answered;
    state.running = answered;
    if (answered) changed.notify_all();
  }

  void end(pid_t pid) {
    ::kill(pid, SIGTERM);
    const auto limit = clock.steady() + options.stop_limit;
    while (!has_ended(pid)) {
      if (clock.steady() >= limit) ::kill(pid, SIGKILL);
      std::this_thread::sleep_for(kStartPoll);
    }
  }

  // Runs one child to its end; true when it was healthy for long enough to forget its past.
  bool run_once() {
    const pid_t pid = spawn();
    if (pid == 0) return false;
    {
      const std::scoped_lock lock(mutex);
      state.pid = pid;
    }
    const auto started = clock.steady();
    auto next_ping = started;
    bool ready = false;
    while (!has_ended(pid)) {
      if (!ready || clock.steady() >= next_ping) {
        note_answer(answers(), ready);
        next_ping = clock.steady() + kPingEvery;
      }
      if (!ready && clock.steady() - started > options.start_limit) {
        log_error("engine: did not answer in time, ending it");
        end(pid);
        break;
      }
      if (pause(ready ? kWatchPoll : kStartPoll)) {
        end(pid);
        return false;
      }
    }
    return ready && clock.steady() - started >= options.healthy_after;
  }

  void run() {
    milliseconds wait = options.first_pause;
    for (bool first = true;; first = false) {
      if (!first) {
        if (pause(wait)) return;
        wait = std::min(wait * 2, options.longest_pause);
        const std::scoped_lock lock(mutex);
        ++state.restarts;
      }
      if (run_once()) wait = options.first_pause;
      const std::scoped_lock lock(mutex);
      if (stopping) return;
      log_warn("engine: ended ({}), starting it again in {} ms", state.last_exit, wait.count());
    }
  }
};

EngineSupervisor::EngineSupervisor(Options options, const Clock& clock)
    : impl_(std::make_unique<Impl>(std::move(options), clock)) {}

EngineSupervisor::~EngineSupervisor() { stop(); }

void EngineSupervisor::start() {
  CHECK(!impl_->thread.joinable());
  impl_->thread = std::thread([impl = impl_.get()] {
    name_this_thread("supervise");
    impl->run();
  });
}

Result<void> EngineSupervisor::wait_ready(milliseconds limit) {
  std::unique_lock lock(impl_->mutex);
  if (impl_->changed.wait_for(lock, limit,
                              [this] { return impl_->state.running || impl_->stopping; }) &&
      impl_->state.running)
    return {};
  return fail(
      ErrorCode::unavailable,
      "the engine did not come up" +
          (impl_->state.last_exit.empty() ? std::string() : " (" + impl_->state.last_exit + ")"));
}

EngineSupervisor::State EngineSupervisor::state() const {
  const std::scoped_lock lock(impl_->mutex);
  return impl_->state;
}

void EngineSupervisor::stop() {
  {
    const std::scoped_lock lock(impl_->mutex);
    impl_->stopping = true;
    impl_->changed.notify_all();
  }
  if (impl_->thread.joinable()) impl_->thread.join();
}

}  // namespace tally
