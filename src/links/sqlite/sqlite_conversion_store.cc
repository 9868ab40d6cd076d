// SPDX-License-Identifier: Apache-2.0
#include "links/sqlite/sqlite_conversion_store.h"

#include <algorithm>
#include <map>

#include "links/conversion_event_json.h"
#include "links/sqlite/outbox_rows.h"
#include "links/sqlite/webhook_rows.h"

namespace tally {
namespace {

constexpr std::string_view kSelect =
    "SELECT id, workspace, click_node, click_epoch, click_shard, click_n, time, received_at, event,"
    " value_micros, currency, state, link FROM conversions ";
// Whoever else writes gets its turn in between.
constexpr std::size_t kRemovedAtOnce = 1000;
// SQLite's numbers are signed.
constexpr std::uint64_t kNumbers = std::uint64_t{1} << 63;

constexpr int state(ConversionState value) { return static_cast<int>(value); }
// So that SQLite finds the index of those.
const std::string kPending = "state = 0";
static_assert(state(ConversionState::pending) == 0);

Result<Conversion> read_conversion(const Statement& row) {
  Conversion out;
  out.id = ConversionId{row.unsigned_number(0)};
  out.workspace = WorkspaceId{row.unsigned_number(1)};
  out.click = {static_cast<std::uint16_t>(row.number(2)), static_cast<std::uint32_t>(row.number(3)),
               static_cast<std::uint16_t>(row.number(4)), row.unsigned_number(5)};
  out.time = row.number(6);
  out.received_at = row.number(7);
  out.event = row.text(8);
  out.value_micros = row.optional_number(9);
  out.currency = row.text(10);
  if (row.unsigned_number(11) >= kConversionStateNames.size())
    return fail(ErrorCode::corrupt, "link database: a conversion is in no known state");
  out.state = static_cast<ConversionState>(row.number(11));
  out.link = LinkId{row.unsigned_number(12)};
  return out;
}

Result<std::vector<Conversion>> read_all(Statement& row) {
  std::vector<Conversion> out;
  for (;;) {
    TRY_ASSIGN(const bool found, row.step());
    if (!found) return out;
    TRY_ASSIGN(Conversion conversion, read_conversion(row));
    out.push_back(std::move(conversion));
  }
}

Result<Conversion> find_conversion(Database& db, WorkspaceId workspace, ConversionId id) {
  TRY_ASSIGN(Statement row, db.query(std::string(kSelect) + "WHERE id = ? AND workspace = ?",
                                     id.value, workspace.value));
  TRY_ASSIGN(const bool found, row.step());
  if (!found) return fail(ErrorCode::not_found, "there is no such conversion");
  return read_conversion(row);
}

// What an earlier request with this key told of.
Result<std::optional<Conversion>> find_request(Database& db, WorkspaceId workspace,
                                               const ConversionRequest& request) {
  TRY_ASSIGN(Statement row,
             db.query("SELECT id, content FROM conversions WHERE workspace = ? AND request_key = ?",
                      workspace.value, request.key));
  TRY_ASSIGN(const bool found, row.step());
  if (!found) return std::nullopt;
  if (row.view(1) != request.content)
    return std::unexpected(Error{ErrorCode::conflict,
                                 "another conversion was told of under this name",
                                 "give each conversion a name of its own",
                                 {},
                                 "idempotency_mismatch"});
  TRY_ASSIGN(Conversion out, find_conversion(db, workspace, ConversionId{row.unsigned_number(0)}));
  return out;
}

// Keys are visible ASCII and blanks.
Result<void> refuse_one_more(Database& db, WorkspaceId workspace,
                             const ConversionRequest& request) {
  if (request.family.empty()) return {};
  TRY_ASSIGN(const auto there, db.number("SELECT count(*) FROM conversions WHERE workspace = ? "
                                         "AND request_key >= ? AND request_key < ?",
                                         workspace.value, request.family, request.family + "\x7f"));
  if (static_cast<std::size_t>(there.value_or(0)) < request.most_of_family) return {};
  return std::unexpected(Error{ErrorCode::conflict,
                               "this click has led to as many events as it may",
                               {},
                               "event",
                               "too_many_events"});
}

// Between reading what the workspace's currency is and this, somebody may have chosen another.
Result<void> refuse_other_currency(Database& db, const Conversion& conversion) {
  if (!conversion.value_micros) return {};
  TRY_ASSIGN(const auto same, db.number("SELECT 1 FROM workspaces WHERE id = ? AND currency = ?",
                                        conversion.workspace.value, conversion.currency));
  if (same) return {};
  return std::unexpected(Error{ErrorCode::conflict, "the workspace has another currency now",
                               "tell of it again", "currency", "currency_changed"});
}

Result<void> insert(Database& db, const Conversion& conversion, const ConversionRequest& request) {
  TRY_ASSIGN(Statement row,
             db.query("INSERT INTO conversions (id, workspace, click_node, click_epoch, "
                      "click_shard, click_n, time, received_at, event, value_micros, currency, "
                      "state, link, next_try, batch, request_key, content) "
                      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, 0, nullif(?, ''), ?)",
                      conversion.id.value, conversion.workspace.value,
                      std::int64_t{conversion.click.node}, std::int64_t{conversion.click.epoch},
                      std::int64_t{conversion.click.shard}, conversion.click.n, conversion.time,
                      conversion.received_at, conversion.event, conversion.value_micros,
                      conversion.currency, conversion.received_at, request.key, request.content));
  return row.run();
}

// Of those that have just been joined, by webhooks that ask for it.
Result<void> tell(Database& db, std::span<const JoinedLink> joined, const ClickIdCodec& click_ids,
                  UnixMillis now) {
  std::map<WorkspaceId, bool> asks;
  for (const JoinedLink& one : joined) {
    TRY_ASSIGN(Statement row, db.query(std::string(kSelect) + "WHERE id = ?", one.id.value));
    TRY_ASSIGN(const auto found, read_all(row));
    if (found.empty()) continue;
    const WorkspaceId workspace = found.front().workspace;
    if (!asks.contains(workspace)) {
      TRY_ASSIGN(asks[workspace], is_asked_for(db, workspace, EventKind::conversion_created));
    }
    if (!asks[workspace]) continue;
    TRY(add_event(db, {{},
                       workspace,
                       now,
                       std::string(to_text(EventKind::conversion_created)),
                       one.id.value,
                       conversion_event_data(found.front(), one, click_ids)}));
  }
  return {};
}

Statement& bind(Statement& row, const ConversionListing& listing) {
  row.bind(listing.workspace.value);
  if (listing.link) row.bind(listing.link->value);
  if (listing.state) row.bind(state(*listing.state));
  if (listing.from) row.bind(*listing.from);
  if (listing.to) row.bind(*listing.to);
  if (listing.after) row.bind(listing.after->time).bind(listing.after->id.value);
  // One more than the page holds tells whether there is a next one.
  return row.bind(static_cast<std::int64_t>(listing.limit) + 1);
}

std::string listing_sql(const ConversionListing& listing) {
  std::string sql = std::string(kSelect) + "WHERE workspace = ?";
  if (listing.link) sql += " AND link = ?";
  if (listing.state) sql += " AND state = ?";
  if (listing.from) sql += " AND time >= ?";
  if (listing.to) sql += " AND time < ?";
  if (listing.after) sql += " AND (time, id) < (?, ?)";
  return sql + " ORDER BY time DESC, id DESC LIMIT ?";
}

}  // namespace

Result<TakenConversion> SqliteConversionStore::take(const Conversion& conversion,
                                                    const ConversionRequest& request) {
  return db_.write([&](Database& db) -> Result<TakenConversion> {
    if (!request.key.empty()) {
      TRY_ASSIGN(auto before, find_request(db, conversion.workspace, request));
      if (before) return TakenConversion{std::move(*before), true};
    }
    TRY(refuse_one_more(db, conversion.workspace, request));
    TRY(refuse_other_currency(db, conversion));
    Conversion made = conversion;
    made.id = ConversionId{1 + random_.below(kNumbers - 1)};
    made.received_at = clock_.now_ms();
    made.state = ConversionState::pending;
    made.link = {};
    TRY(insert(db, made, request));
    return TakenConversion{std::move(made), false};
  });
}

Result<Conversion> SqliteConversionStore::get(WorkspaceId workspace, ConversionId id) {
  return db_.read([&](Database& db) { return find_conversion(db, workspace, id); });
}

Result<ConversionPage> SqliteConversionStore::list(const ConversionListing& listing) {
  return db_.read([&](Database& db) -> Result<ConversionPage> {
    TRY_ASSIGN(Statement row, db.prepare(listing_sql(listing)));
    ConversionPage page;
    TRY_ASSIGN(page.conversions, read_all(bind(row, listing)));
    if (page.conversions.size() > listing.limit) {
      page.conversions.resize(listing.limit);
      page.next = {page.conversions.back().time, page.conversions.back().id};
    }
    return page;
  });
}

Result<ConversionStore::Counts> SqliteConversionStore::counts(WorkspaceId workspace) {
  return db_.read([&](Database& db) -> Result<Counts> {
    Counts out{};
    TRY_ASSIGN(Statement row,
               db.query("SELECT state, count(*) FROM conversions WHERE workspace = ? "
                        "GROUP BY state",
                        workspace.value));
    for (;;) {
      TRY_ASSIGN(const bool found, row.step());
      if (!found) return out;
      if (row.unsigned_number(0) < out.size()) out[row.unsigned_number(0)] = row.unsigned_number(1);
    }
  });
}

Result<bool> SqliteConversionStore::any_joined(WorkspaceId workspace) {
  return db_.read([&](Database& db) -> Result<bool> {
    TRY_ASSIGN(const auto found,
               db.number("SELECT 1 FROM conversions WHERE workspace = ? AND state = ? LIMIT 1",
                         workspace.value, state(ConversionState::joined)));
    return found.has_value();
  });
}

Result<std::optional<UnixMillis>> SqliteConversionStore::next_due() {
  return db_.read([&](Database& db) {
    return db.number("SELECT next_try FROM conversions WHERE " + kPending +
                     " ORDER BY next_try LIMIT 1");
  });
}

Result<std::vector<Conversion>> SqliteConversionStore::due(UnixMillis now, std::size_t limit) {
  return db_.read([&](Database& db) -> Result<std::vector<Conversion>> {
    TRY_ASSIGN(Statement row, db.query(std::string(kSelect) + "WHERE " + kPending +
                                           " AND batch = 0 AND next_try <= ? "
                                           "ORDER BY next_try LIMIT ?",
                                       now, static_cast<std::int64_t>(limit)));
    return read_all(row);
  });
}

Result<void> SqliteConversionStore::put_off(ConversionId id, UnixMillis until) {
  return db_.write([&](Database& db) {
    return db.run("UPDATE conversions SET next_try = ?, batch = 0 WHERE id = ?", until, id.value);
  });
}

Result<void> SqliteConversionStore::give_up(ConversionId id) {
  return db_.write([&](Database& db) {
    return db.run("UPDATE conversions SET state = ?, batch = 0 WHERE id = ?",
                  state(ConversionState::unmatched), id.value);
  });
}

Result<JoiningBatch> SqliteConversionStore::begin_batch(std::span<const Conversion> conversions) {
  return db_.write([&](Database& db) -> Result<JoiningBatch> {
    JoiningBatch out{1 + random_.below(kNumbers - 1), {conversions.begin(), conversions.end()}};
    for (const Conversion& one : conversions)
      TRY(db.run("UPDATE conversions SET batch = ? WHERE id = ?", out.number, one.id.value));
    return out;
  });
}

Result<JoiningBatch> SqliteConversionStore::open_batch() {
  return db_.read([&](Database& db) -> Result<JoiningBatch> {
    JoiningBatch out;
    TRY_ASSIGN(const auto number, db.number("SELECT batch FROM conversions WHERE " + kPending +
                                            " AND batch <> 0 ORDER BY batch LIMIT 1"));
    if (!number) return out;
    out.number = static_cast<std::uint64_t>(*number);
    TRY_ASSIGN(Statement row, db.query(std::string(kSelect) + "WHERE " + kPending +
                                           " AND batch = ? AND batch <> 0 ORDER BY id",
                                       *number));
    TRY_ASSIGN(out.conversions, read_all(row));
    return out;
  });
}

Result<void> SqliteConversionStore::join(std::span<const JoinedLink> joined) {
  return db_.write([&](Database& db) -> Result<void> {
    for (const JoinedLink& one : joined)
      TRY(db.run("UPDATE conversions SET state = ?, link = ?, batch = 0 WHERE id = ?",
                 state(ConversionState::joined), one.link.value, one.id.value));
    return tell(db, joined, click_ids_, clock_.now_ms());
  });
}

Result<void> SqliteConversionStore::remove(std::span<const ConversionId> ids) {
  while (!ids.empty()) {
    const auto some = ids.first(std::min(ids.size(), kRemovedAtOnce));
    const auto removed = db_.write([&](Database& db) -> Result<void> {
      TRY(erase_conversion_events(db, some));
      for (const ConversionId id : some)
        TRY(db.run("DELETE FROM conversions WHERE id = ?", id.value));
      return {};
    });
    if (!removed) return removed;
    ids = ids.subspan(some.size());
  }
  return {};
}

Result<void> SqliteConversionStore::remove_told_before(WorkspaceId workspace, UnixMillis time) {
  const std::string mine = "conversions WHERE workspace = ? AND received_at < ? AND batch = 0";
  return db_.write([&](Database& db) -> Result<void> {
    TRY_ASSIGN(Statement row, db.query("SELECT id FROM " + mine, workspace.value, time));
    std::vector<ConversionId> ids;
    for (;;) {
      TRY_ASSIGN(const bool found, row.step());
      if (!found) break;
      ids.push_back(ConversionId{row.unsigned_number(0)});
    }
    TRY(erase_conversion_events(db, ids));
    return db.run("DELETE FROM " + mine, workspace.value, time);
  });
}

}  // namespace tally
