// SPDX-License-Identifier: Apache-2.0
//
// SQLite's C interface, as far as we use it, with Result for its return codes. One Database is one
// connection and belongs to one thread at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace tally {

// A prepared question. Values are bound in order; columns are read by number, from 0.
class Statement {
 public:
  Statement(Statement&&) noexcept = default;
  Statement& operator=(Statement&&) noexcept = default;

  Statement& bind(std::int64_t value);
  Statement& bind(std::uint64_t value) { return bind(static_cast<std::int64_t>(value)); }
  Statement& bind(int value) { return bind(static_cast<std::int64_t>(value)); }
  Statement& bind(bool value) { return bind(static_cast<std::int64_t>(value)); }
  Statement& bind(std::string_view value);
  Statement& bind(const std::string& value) { return bind(std::string_view(value)); }
  Statement& bind(const char* value) { return bind(std::string_view(value)); }
  Statement& bind(const std::optional<std::int64_t>& value);
  Statement& bind(const std::optional<double>& value);

  // True when there is a row to read. A violated UNIQUE is `conflict`.
  Result<bool> step();
  // Steps to the end.
  Result<void> run();
  // Ready to be bound and stepped again.
  void reset();

  std::int64_t number(int column) const;
  std::uint64_t unsigned_number(int column) const;
  std::string text(int column) const { return std::string(view(column)); }
  // The same without a copy; valid until the next step.
  std::string_view view(int column) const;
  std::optional<std::int64_t> optional_number(int column) const;
  std::optional<double> optional_real(int column) const;

 private:
  friend class Database;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  int bound_ = 0;
};

class Database {
 public:
  enum class Mode { read_write, read_only };
  static Result<Database> open(const std::filesystem::path& path, Mode mode);
  Database(Database&&) noexcept = default;
  Database& operator=(Database&&) noexcept = default;

  Result<Statement> prepare(std::string_view sql);
  // Several statements without values.
  Result<void> script(const std::string& sql);

  // One statement with its values, run to the end.
  template <class... Values>
  Result<void> run(std::string_view sql, const Values&... values) {
    TRY_ASSIGN(Statement statement, prepare(sql));
    (statement.bind(values), ...);
    return statement.run();
  }
  // One statement with its values, to be stepped.
  template <class... Values>
  Result<Statement> query(std::string_view sql, const Values&... values) {
    TRY_ASSIGN(Statement statement, prepare(sql));
    (statement.bind(values), ...);
    return statement;
  }
  // The number in the first column of the first row, nothing when there is no row.
  template <class... Values>
  Result<std::optional<std::int64_t>> number(std::string_view sql, const Values&... values) {
    TRY_ASSIGN(Statement statement, query(sql, values...));
    TRY_ASSIGN(const bool found, statement.step());
    return found ? std::optional(statement.number(0)) : std::nullopt;
  }

  std::int64_t last_id() const;
  std::int64_t changed_rows() const;

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  explicit Database(sqlite3* database) : database_(database) {}

  std::unique_ptr<sqlite3, Close> database_;
};

// Runs `body(db)` between BEGIN IMMEDIATE and COMMIT; an error of the body rolls back.
template <class Body>
auto transaction(Database& db, Body&& body) -> decltype(body(db)) {
  TRY(db.run("BEGIN IMMEDIATE"));
  auto result = body(db);
  if (!result) {
    (void)db.run("ROLLBACK");
    return result;
  }
  if (auto committed = db.run("COMMIT"); !committed) {
    (void)db.run("ROLLBACK");
    return std::unexpected(std::move(committed).error());
  }
  return result;
}

// Runs `body(db)` on one unchanging state of the database.
template <class Body>
auto snapshot(Database& db, Body&& body) -> decltype(body(db)) {
  TRY(db.run("BEGIN"));
  auto result = body(db);
  (void)db.run("ROLLBACK");
  return result;
}

}  // namespace tally
