// SPDX-License-Identifier: Apache-2.0
#include "engine/engine.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <thread>

#include "base/files.h"
#include "base/text.h"
#include "base/threads.h"
#include "engine/guest_request.h"
#include "engine/http_face.h"
#include "engine/library.h"
#include "engine/runner.h"
#include "engine/write_guard.h"

namespace tally {
namespace {

// For a machine with two cores and little memory beside everything else that runs there. The
// library's own defaults are for a machine of its own: 5 GB caches, a thousand idle threads.
constexpr std::string_view kServerConfig = R"(<clickhouse>
  <!-- Written by the engine when it starts. -->
  <timezone>UTC</timezone>
  <max_server_memory_usage_to_ram_ratio>0.5</max_server_memory_usage_to_ram_ratio>
  <mark_cache_size>67108864</mark_cache_size>
  <primary_index_cache_size>67108864</primary_index_cache_size>
  <index_mark_cache_size>16777216</index_mark_cache_size>
  <query_condition_cache_size>8388608</query_condition_cache_size>
  <compiled_expression_cache_size>16777216</compiled_expression_cache_size>
  <max_thread_pool_size>256</max_thread_pool_size>
  <max_thread_pool_free_size>8</max_thread_pool_free_size>
  <background_pool_size>2</background_pool_size>
  <!-- Every merge of 46 columns costs as much as inserting the rows did. With 16 for the usual 5 a
       row is merged a third as often, and a table has some 15 parts more. -->
  <!-- No question of ours gains from statistics of columns, which are a quarter of a merge. -->
  <merge_tree>
    <merge_selector_base>16</merge_selector_base>
    <auto_statistics_types></auto_statistics_types>
  </merge_tree>
  <!-- Small parts are merged soon: only what stays is worth the better codec. -->
  <compression><case>
    <min_part_size>4194304</min_part_size><min_part_size_ratio>0</min_part_size_ratio>
    <method>zstd</method><level>1</level>
  </case></compression>
  <max_active_parts_loading_thread_pool_size>2</max_active_parts_loading_thread_pool_size>
  <max_outdated_parts_loading_thread_pool_size>2</max_outdated_parts_loading_thread_pool_size>
  <max_parts_cleaning_thread_pool_size>2</max_parts_cleaning_thread_pool_size>
  <!-- For inserts and merges. -->
  <storage_configuration>
    <disks>
      <default>
        <keep_free_space_bytes>{}</keep_free_space_bytes>
      </default>
    </disks>
  </storage_configuration>
</clickhouse>
)";
// The library's one user, who can do all, as before there were roles, until a connection is left
// with the role of guests alone (runner.cc): then the engine itself refuses what is not granted
// there.
constexpr std::string_view kUsersConfig = R"(<clickhouse>
  <!-- Written by the engine when it starts. -->
  <profiles><default/></profiles>
  <quotas><default/></quotas>
  <roles>
    <owner><grants><query>GRANT ALL ON *.* WITH GRANT OPTION</query></grants></owner>
    <guest><grants><query>GRANT SELECT, SHOW ON stats.*</query></grants></guest>
  </roles>
  <users>
    <default>
      <password/>
      <networks><ip>::/0</ip></networks>
      <profile>default</profile>
      <quota>default</quota>
      <grants><query>GRANT owner, guest</query></grants>
    </default>
  </users>
</clickhouse>
)";
constexpr int kMaxThreads = 2;
// What guests can have of the engine at once: two questions of one thread each.
constexpr std::size_t kGuestThreads = 2;
constexpr int kGuestsWaiting = 32, kGuestConnections = 64;
constexpr std::uint32_t kGuestRequest = 1u << 20;
constexpr std::uint64_t kGuestUnsent = 256u << 20;
constexpr std::chrono::seconds kGuestPatience{90}, kStrangerPatience{10}, kGuestStall{10};
// Once stopped, running queries may end; what is still running then is cut off by the clock of the
// kernel, which is no worse than a crash and those are harmless. Guests' questions change nothing.
// A successor waits longer than both for the folder (kLockTries).
constexpr unsigned kDrainSeconds = 6, kGuestDrainSeconds = 2;
constexpr int kLockTries = 100;
constexpr useconds_t kLockPauseMicros = 100'000;

int stop_with(const Error& error) {
  std::fprintf(stderr, "tallymark engine: %s\n", error.line().c_str());
  return 1;
}

std::optional<pid_t> supervisor_id() {
  const char* text = std::getenv(kEngineParentVariable);
  return text == nullptr ? std::nullopt : parse_number<pid_t>(text);
}

// Asks the kernel for a SIGTERM when the supervisor is gone. It may already be.
bool is_orphan(std::optional<pid_t> supervisor) {
  if (!supervisor) return false;
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  return ::getppid() != *supervisor;
}

// Two servers on one folder would destroy it. The lock goes with the process, however it ends.
Result<int> lock_folder(const std::string& path, bool wait) {
  TRY(make_directory(path));
  const std::string file = path + "/engine.lock";
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return fail_errno("open '" + file + "'", errno);
  for (int tries = wait ? kLockTries : 1; ::flock(fd, LOCK_EX | LOCK_NB) != 0; --tries) {
    if (tries <= 1) {
      ::close(fd);
      return fail(ErrorCode::conflict, "the folder '" + path + "' is in use by another engine",
                  "one engine per folder: stop that one or choose another folder");
    }
    ::usleep(kLockPauseMicros);
  }
  return fd;
}

std::string library_file(const EngineOptions& options) {
  if (!options.library.empty()) return options.library;
  if (const char* named = std::getenv("TALLYMARK_ENGINE_LIBRARY")) return named;
  return TALLYMARK_DEFAULT_ENGINE_LIBRARY;
}

// A disk without room must not keep the store from being read: nothing is written that is there.
Result<void> write_config(const std::string& file, std::string_view content) {
  PosixFiles files;
  if (const auto there = files.read_all(file); there && *there == content) return {};
  return files.replace(file, content);
}

HttpFace::Runner runner_for(const Library& library, const std::string& folder) {
  return [&](EngineQuery query) {
    // Stands first, so that a request can ask for less or more.
    query.settings.emplace(query.settings.begin(), "max_threads", std::to_string(kMaxThreads));
    // Conditions of a question pass about as many rows each: taking them one by one costs
    // a third more than all at once.
    query.settings.emplace(query.settings.begin(), "enable_multiple_prewhere_read_steps", "0");
    return run_query(library, query, folder);
  };
}

// The read port; null where there is none.
Result<std::unique_ptr<HttpFace>> listen_for_guests(const EngineOptions& options,
                                                    HttpFace::Runner runner) {
  if (options.read_listen.empty()) return nullptr;
  const char* said = std::getenv(kEngineReadTokenVariable);
  std::string token = said == nullptr ? "" : said;
  if (!is_guest_token(token))
    return fail(ErrorCode::invalid, "a read port needs a token of at least 32 characters",
                std::string("say it in the variable ") + kEngineReadTokenVariable);
  HttpFace::Options limits;
  limits.knows = [token](const EngineRequest& request) { return is_guest(request, token); };
  limits.read = [token = std::move(token)](const EngineRequest& request) {
    return read_guest_request(request, token);
  };
  limits.question_threads = kGuestThreads;
  limits.insert_threads = 0;
  limits.max_waiting = kGuestsWaiting;
  limits.max_body = limits.max_head = kGuestRequest;
  limits.max_connections = kGuestConnections;
  limits.max_unsent = kGuestUnsent;
  limits.patience = kGuestPatience;
  limits.stranger_patience = kStrangerPatience;
  limits.stall = kGuestStall;
  return HttpFace::listen(options.read_listen, std::move(runner), std::move(limits));
}

Result<void> serve(const EngineOptions& options, const std::string& folder) {
  const Library::Configuration config{folder + "/engine.xml", folder + "/users.xml"};
  TRY(write_config(config.server, fmt::format(kServerConfig, kEngineDiskReserve)));
  TRY(write_config(config.users, kUsersConfig));
  arm_write_guard();
  TRY_ASSIGN(const auto library, Library::open(library_file(options), folder + "/store", config));
  const auto runner = runner_for(*library, folder);
  TRY_ASSIGN(const auto face, HttpFace::listen(options.listen, runner));
  TRY_ASSIGN(const auto guests, listen_for_guests(options, runner));
  std::printf("ready listen=%s\n", face->address().c_str());
  std::fflush(stdout);
  std::jthread guest_thread;
  if (guests) guest_thread = std::jthread([&] { guests->serve(); });
  face->serve();
  // One clock for the process, so it is set here alone. The signal has ended the guests' listener
  // as well.
  ::alarm(kDrainSeconds);
  face->drain();
  if (guests) {
    ::alarm(kGuestDrainSeconds);
    guest_thread.join();
    guests->drain();
  }
  ::alarm(0);
  return {};
}

}  // namespace

int run_engine(const EngineOptions& options) {
  const auto supervisor = supervisor_id();
  if (is_orphan(supervisor)) return 0;
  stand_back();
  ::setenv("TZ", "UTC", 1);
  // Everything that is made here holds visitors' data.
  ::umask(077);
  std::error_code error;
  const std::string folder = std::filesystem::absolute(options.path, error).string();
  if (options.path.empty() || error)
    return stop_with(Error{ErrorCode::invalid, "a folder is needed: --path DIR", {}, {}, {}});
  const auto lock = lock_folder(folder, supervisor.has_value());
  if (!lock) return stop_with(lock.error());
  const auto served = serve(options, folder);
  const int code = served ? 0 : stop_with(served.error());
  // The library's threads outlive its last connection and do not stand exit handlers.
  std::fflush(nullptr);
  ::_exit(code);
}

}  // namespace tally
