// SPDX-License-Identifier: Apache-2.0
#include "links/sqlite/links_database.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "links/sqlite/schema.h"

namespace tally {
namespace {

constexpr std::size_t kIdleReaders = 8;

// SQLite makes files readable by everybody that the umask lets; -wal and -shm copy the mode.
Result<void> make_private(const std::filesystem::path& path) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return fail_errno("open " + path.string(), errno);
  ::close(fd);
  return {};
}

Result<Database> open_writer(const std::filesystem::path& path, UnixMillis now) {
  TRY(make_private(path));
  TRY_ASSIGN(Database db, Database::open(path, Database::Mode::read_write));
  TRY(db.script(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;"));
  TRY(migrate_links(db, now));
  return db;
}

}  // namespace

Result<std::unique_ptr<LinksDatabase>> LinksDatabase::open(const std::filesystem::path& path,
                                                           const Clock& clock) {
  auto writer = open_writer(path, clock.now_ms());
  if (!writer) return std::unexpected(std::move(writer).error().within("open " + path.string()));
  return std::unique_ptr<LinksDatabase>(new LinksDatabase(path, std::move(*writer)));
}

Result<std::unique_ptr<Database>> LinksDatabase::take_reader() {
  {
    const std::lock_guard lock(readers_mutex_);
    if (!readers_.empty()) {
      auto out = std::move(readers_.back());
      readers_.pop_back();
      return out;
    }
  }
  TRY_ASSIGN(Database db, Database::open(path_, Database::Mode::read_only));
  return std::make_unique<Database>(std::move(db));
}

void LinksDatabase::give_back(std::unique_ptr<Database> reader) {
  const std::lock_guard lock(readers_mutex_);
  if (readers_.size() < kIdleReaders) readers_.push_back(std::move(reader));
}

}  // namespace tally
