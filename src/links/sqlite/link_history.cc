// SPDX-License-Identifier: Apache-2.0
#include "links/sqlite/link_history.h"

#include <limits>

#include "links/sqlite/row_values.h"

namespace tally {
namespace {

Result<bool> is_known(Database& db, WorkspaceId workspace, LinkId link) {
  TRY_ASSIGN(const auto found,
             db.number("SELECT 1 FROM links WHERE id = ? AND workspace = ? UNION ALL "
                       "SELECT 1 FROM link_history WHERE link = ? AND workspace = ? LIMIT 1",
                       link.value, workspace.value, link.value, workspace.value));
  return found.has_value();
}

Result<LinkEdit> read_edit(const Statement& row) {
  LinkEdit out;
  out.id = LinkEditId{row.unsigned_number(0)};
  out.time = row.number(1);
  if (!read_kind(row, 2, kLinkEditKindNames, out.kind) ||
      !read_kind(row, 3, kEditorKindNames, out.by.kind))
    return fail(ErrorCode::corrupt, "link database: an edit of a link cannot be read");
  out.by.id = row.unsigned_number(4);
  out.by.name = row.text(5);
  out.changes = row.text(6);
  return out;
}

}  // namespace

Result<EditWriter> EditWriter::prepare(Database& db) {
  TRY_ASSIGN(Statement edit,
             db.prepare("INSERT INTO link_history (link, n, workspace, time, kind, by_kind, by_id, "
                        "by_name, changes) SELECT ?, coalesce(max(n), 0) + 1, ?, ?, ?, ?, ?, ?, ? "
                        "FROM link_history WHERE link = ?"));
  return EditWriter(std::move(edit));
}

Result<void> EditWriter::add(const Link& link, const LinkEdit& edit) {
  edit_.bind(link.id.value)
      .bind(link.workspace.value)
      .bind(edit.time)
      .bind(static_cast<std::int64_t>(edit.kind))
      .bind(static_cast<std::int64_t>(edit.by.kind))
      .bind(edit.by.id)
      .bind(edit.by.name)
      .bind(edit.changes)
      .bind(link.id.value);
  auto done = edit_.run();
  edit_.reset();
  return done;
}

Result<void> note_edit(Database& db, const Link& link, const LinkEdit& edit) {
  TRY_ASSIGN(EditWriter writer, EditWriter::prepare(db));
  TRY(writer.add(link, edit));
  return db.run(
      "DELETE FROM link_history WHERE link = ? AND n <= "
      "(SELECT max(n) FROM link_history WHERE link = ?) - ?",
      link.id.value, link.id.value, static_cast<std::int64_t>(kKeptEdits));
}

Result<std::vector<LinkEdit>> read_history(Database& db, const LinkHistoryListing& listing) {
  TRY_ASSIGN(const bool known, is_known(db, listing.workspace, listing.link));
  if (!known) return fail(ErrorCode::not_found, "there is no such link");
  constexpr std::int64_t kEnd = std::numeric_limits<std::int64_t>::max();
  const auto before = listing.after ? static_cast<std::int64_t>(listing.after->value) : kEnd;
  TRY_ASSIGN(Statement row,
             db.query("SELECT n, time, kind, by_kind, by_id, by_name, changes FROM link_history "
                      "WHERE link = ? AND n < ? ORDER BY n DESC LIMIT ?",
                      listing.link.value, before, static_cast<std::int64_t>(listing.limit)));
  std::vector<LinkEdit> out;
  for (;;) {
    TRY_ASSIGN(const bool found, row.step());
    if (!found) return out;
    TRY_ASSIGN(LinkEdit edit, read_edit(row));
    out.push_back(std::move(edit));
  }
}

Result<void> erase_history(Database& db, const Erasure& what) {
  const std::string mine =
      "DELETE FROM link_history WHERE workspace = ? AND time >= ? AND time < ? AND "
      "link NOT IN (SELECT id FROM links)";
  if (!what.link) return db.run(mine, what.workspace.value, what.range.from, what.range.to);
  return db.run(mine + " AND link = ?", what.workspace.value, what.range.from, what.range.to,
                what.link->value);
}

}  // namespace tally
