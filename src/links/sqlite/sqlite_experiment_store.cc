// SPDX-License-Identifier: Apache-2.0
#include "links/sqlite/sqlite_experiment_store.h"

#include <limits>

namespace tally {
namespace {

constexpr std::string_view kSelect =
    "SELECT id, workspace, name, kind, starts_at, ends_at, least_effect_ppm, created_at, updated_at"
    " FROM experiments ";

Result<ExperimentSetup> read_setup(Database& db, const Statement& row) {
  ExperimentSetup out;
  out.id = ExperimentId{row.unsigned_number(0)};
  out.workspace = WorkspaceId{row.unsigned_number(1)};
  out.name = row.text(2);
  if (row.unsigned_number(3) >= kExperimentKindNames.size())
    return fail(ErrorCode::corrupt, "link database: an experiment is of no known kind");
  out.kind = static_cast<ExperimentKind>(row.number(3));
  out.starts_at = row.number(4);
  out.ends_at = row.optional_number(5);
  out.least_effect_ppm = static_cast<std::uint32_t>(row.number(6));
  out.created_at = row.number(7);
  out.updated_at = row.number(8);
  TRY_ASSIGN(Statement arm, db.query("SELECT link, variant, weight FROM experiment_arms "
                                     "WHERE experiment = ? ORDER BY place",
                                     out.id.value));
  for (;;) {
    TRY_ASSIGN(const bool found, arm.step());
    if (!found) return out;
    out.arms.push_back(
        {LinkId{arm.unsigned_number(0)}, arm.text(1), static_cast<std::uint32_t>(arm.number(2))});
  }
}

Result<ExperimentSetup> find_setup(Database& db, WorkspaceId workspace, ExperimentId id) {
  TRY_ASSIGN(Statement row, db.query(std::string(kSelect) + "WHERE id = ? AND workspace = ?",
                                     id.value, workspace.value));
  TRY_ASSIGN(const bool found, row.step());
  if (!found) return fail(ErrorCode::not_found, "there is no such experiment");
  return read_setup(db, row);
}

Result<void> check_link(Database& db, const ExperimentSetup& setup, std::size_t place) {
  TRY_ASSIGN(const auto found, db.number("SELECT 1 FROM links WHERE id = ? AND workspace = ?",
                                         setup.arms[place].link.value, setup.workspace.value));
  if (found) return {};
  return fail_field(
      setup.kind == ExperimentKind::links ? "link_ids[" + std::to_string(place) + "]" : "link_id",
      "unknown_link", "there is no such link");
}

}  // namespace

Result<ExperimentSetup> SqliteExperimentStore::create(const ExperimentSetup& setup) {
  return db_.write([&](Database& db) -> Result<ExperimentSetup> {
    for (std::size_t i = 0; i < setup.arms.size(); ++i) TRY(check_link(db, setup, i));
    const UnixMillis now = clock_.now_ms();
    TRY(
        db.run("INSERT INTO experiments (workspace, name, kind, starts_at, ends_at, "
               "least_effect_ppm, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
               setup.workspace.value, setup.name, static_cast<int>(setup.kind), setup.starts_at,
               setup.ends_at, std::int64_t{setup.least_effect_ppm}, now, now));
    const ExperimentId id{static_cast<std::uint64_t>(db.last_id())};
    for (std::size_t i = 0; i < setup.arms.size(); ++i) {
      const ExperimentArm& arm = setup.arms[i];
      TRY(
          db.run("INSERT INTO experiment_arms (experiment, place, link, variant, weight) "
                 "VALUES (?, ?, ?, ?, ?)",
                 id.value, static_cast<std::int64_t>(i), arm.link.value, arm.variant,
                 std::int64_t{arm.weight}));
    }
    return find_setup(db, setup.workspace, id);
  });
}

Result<ExperimentSetup> SqliteExperimentStore::get(WorkspaceId workspace, ExperimentId id) {
  return db_.read([&](Database& db) { return find_setup(db, workspace, id); });
}

Result<std::vector<ExperimentSetup>> SqliteExperimentStore::list(const ExperimentListing& listing) {
  constexpr std::uint64_t kLast = std::numeric_limits<std::int64_t>::max();
  const std::string of_link =
      listing.link ? "AND id IN (SELECT experiment FROM experiment_arms WHERE link = ?) "
                   : "AND ? = 0 ";
  return db_.read([&](Database& db) -> Result<std::vector<ExperimentSetup>> {
    TRY_ASSIGN(Statement row,
               db.query(std::string(kSelect) + "WHERE workspace = ? " + of_link +
                            "AND id < ? ORDER BY id DESC LIMIT ?",
                        listing.workspace.value, listing.link.value_or(LinkId{}).value,
                        listing.after.value_or(ExperimentId{kLast}).value,
                        static_cast<std::int64_t>(listing.limit)));
    std::vector<ExperimentSetup> out;
    for (;;) {
      TRY_ASSIGN(const bool found, row.step());
      if (!found) return out;
      TRY_ASSIGN(ExperimentSetup setup, read_setup(db, row));
      out.push_back(std::move(setup));
    }
  });
}

Result<ExperimentSetup> SqliteExperimentStore::update(const ExperimentSetup& setup) {
  return db_.write([&](Database& db) -> Result<ExperimentSetup> {
    TRY(
        db.run("UPDATE experiments SET name = ?, ends_at = ?, least_effect_ppm = ?, updated_at = ? "
               "WHERE id = ? AND workspace = ?",
               setup.name, setup.ends_at, std::int64_t{setup.least_effect_ppm}, clock_.now_ms(),
               setup.id.value, setup.workspace.value));
    return find_setup(db, setup.workspace, setup.id);
  });
}

Result<void> SqliteExperimentStore::remove(WorkspaceId workspace, ExperimentId id) {
  return db_.write([&](Database& db) -> Result<void> {
    TRY(db.run("DELETE FROM experiments WHERE id = ? AND workspace = ?", id.value,
               workspace.value));
    if (db.changed_rows() == 0) return fail(ErrorCode::not_found, "there is no such experiment");
    return {};
  });
}

}  // namespace tally
