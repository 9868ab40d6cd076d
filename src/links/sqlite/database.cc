// SPDX-License-Identifier: Apache-2.0
#include "links/sqlite/database.h"

#include <sqlite3.h>

namespace tally {
namespace {

constexpr int kBusyTimeoutMs = 5'000;

ErrorCode error_code(int code) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return ErrorCode::unavailable;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return ErrorCode::corrupt;
    case SQLITE_CONSTRAINT: {
      const bool unique = code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY;
      return unique ? ErrorCode::conflict : ErrorCode::internal;
    }
    default:
      return ErrorCode::internal;
  }
}

std::unexpected<Error> fail_sqlite(sqlite3* database) {
  return fail(error_code(sqlite3_extended_errcode(database)),
              std::string("link database: ") + sqlite3_errmsg(database));
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

// Binding fails only for a place that the statement does not have or a text over a gigabyte; the
// statement then says so when it is stepped over a missing value, and the tests see it.
Statement& Statement::bind(std::int64_t value) {
  sqlite3_bind_int64(statement_.get(), ++bound_, value);
  return *this;
}

Statement& Statement::bind(std::string_view value) {
  // A null pointer would bind NULL, not the empty text.
  const char* const data = value.empty() ? "" : value.data();
  sqlite3_bind_text64(statement_.get(), ++bound_, data, value.size(), SQLITE_TRANSIENT,
                      SQLITE_UTF8);
  return *this;
}

Statement& Statement::bind(const std::optional<std::int64_t>& value) {
  if (value) return bind(*value);
  sqlite3_bind_null(statement_.get(), ++bound_);
  return *this;
}

Statement& Statement::bind(const std::optional<double>& value) {
  if (value)
    sqlite3_bind_double(statement_.get(), ++bound_, *value);
  else
    sqlite3_bind_null(statement_.get(), ++bound_);
  return *this;
}

Result<bool> Statement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return fail_sqlite(sqlite3_db_handle(statement_.get()));
}

Result<void> Statement::run() {
  for (;;) {
    TRY_ASSIGN(const bool more, step());
    if (!more) return {};
  }
}

void Statement::reset() {
  sqlite3_reset(statement_.get());
  bound_ = 0;
}

std::int64_t Statement::number(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::uint64_t Statement::unsigned_number(int column) const {
  return static_cast<std::uint64_t>(number(column));
}

std::string_view Statement::view(int column) const {
  const auto* const data =
      reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return data == nullptr ? std::string_view()
                         : std::string_view(data, static_cast<std::size_t>(size));
}

std::optional<std::int64_t> Statement::optional_number(int column) const {
  if (sqlite3_column_type(statement_.get(), column) == SQLITE_NULL) return std::nullopt;
  return number(column);
}

std::optional<double> Statement::optional_real(int column) const {
  if (sqlite3_column_type(statement_.get(), column) == SQLITE_NULL) return std::nullopt;
  return sqlite3_column_double(statement_.get(), column);
}

void Database::Close::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

Result<Database> Database::open(const std::filesystem::path& path, Mode mode) {
  const int flags =
      mode == Mode::read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  Database out(raw);
  if (raw == nullptr) return fail(ErrorCode::internal, "no memory for a database connection");
  if (code != SQLITE_OK) return fail_sqlite(raw);
  sqlite3_extended_result_codes(raw, 1);
  sqlite3_busy_timeout(raw, kBusyTimeoutMs);
  TRY(out.script("PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;"));
  return out;
}

Result<Statement> Database::prepare(std::string_view sql) {
  sqlite3_stmt* raw = nullptr;
  const int code =
      sqlite3_prepare_v2(database_.get(), sql.data(), static_cast<int>(sql.size()), &raw, nullptr);
  if (code != SQLITE_OK) return fail_sqlite(database_.get());
  return Statement(raw);
}

Result<void> Database::script(const std::string& sql) {
  if (sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    return fail_sqlite(database_.get());
  return {};
}

std::int64_t Database::last_id() const { return sqlite3_last_insert_rowid(database_.get()); }
std::int64_t Database::changed_rows() const { return sqlite3_changes64(database_.get()); }

}  // namespace tally
