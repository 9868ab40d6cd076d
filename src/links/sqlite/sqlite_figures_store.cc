// SPDX-License-Identifier: Apache-2.0
#include "links/sqlite/sqlite_figures_store.h"

#include <algorithm>
#include <limits>
#include <unordered_set>

#include "model/money.h"

namespace tally {
namespace {

std::string table_of(FigureKind kind) {
  return kind == FigureKind::impressions ? "impressions" : "costs";
}
std::string column_of(FigureKind kind) {
  return kind == FigureKind::impressions ? "count" : "micros";
}

std::int64_t stored(Day day) { return day.time_since_epoch().count(); }
Day read_day(std::int64_t number) { return Day(std::chrono::days(number)); }

// The workspace's links, by id or by name.
class LinkFinder {
 public:
  static Result<LinkFinder> prepare(Database& db, WorkspaceId workspace) {
    TRY_ASSIGN(Statement by_id, db.prepare("SELECT id FROM links WHERE id = ? AND workspace = ?"));
    TRY_ASSIGN(Statement by_name,
               db.prepare("SELECT id FROM links WHERE domain = ? AND prefix = ? AND token = ? "
                          "AND workspace = ?"));
    return LinkFinder(std::move(by_id), std::move(by_name), workspace);
  }

  Result<LinkId> find(const std::variant<LinkId, NamedLink>& link) {
    const NamedLink* const name = std::get_if<NamedLink>(&link);
    Statement& row = name != nullptr ? by_name_ : by_id_;
    row.reset();
    if (name != nullptr) {
      row.bind(name->domain).bind(name->prefix).bind(name->token);
    } else {
      row.bind(std::get<LinkId>(link).value);
    }
    row.bind(workspace_.value);
    TRY_ASSIGN(const bool found, row.step());
    if (!found) return fail_field("link", "unknown_link", "there is no such link");
    return LinkId{row.unsigned_number(0)};
  }

 private:
  LinkFinder(Statement by_id, Statement by_name, WorkspaceId workspace)
      : by_id_(std::move(by_id)), by_name_(std::move(by_name)), workspace_(workspace) {}

  Statement by_id_, by_name_;
  WorkspaceId workspace_;
};

// What a cost may be in: the workspace's currency, by its code or unsaid.
Result<std::string> currency_of(Database& db, WorkspaceId workspace) {
  TRY_ASSIGN(Statement row,
             db.query("SELECT currency FROM workspaces WHERE id = ?", workspace.value));
  TRY_ASSIGN(const bool found, row.step());
  if (!found) return fail(ErrorCode::not_found, "there is no such workspace");
  if (row.view(0).empty())
    return std::unexpected(Error{ErrorCode::conflict, "the workspace has no currency yet",
                                 "choose one with PATCH /api/v1/settings", "currency",
                                 "no_currency"});
  return row.text(0);
}

struct PlaceHash {
  std::size_t operator()(const std::pair<std::uint64_t, std::int64_t>& place) const {
    return std::hash<std::uint64_t>()(place.first * 1'000'003 +
                                      static_cast<std::uint64_t>(place.second));
  }
};

// Enters figures one by one; what is wrong with one does not keep the next from being judged.
class Entering {
 public:
  Entering(Statement insert, LinkFinder links, std::string currency)
      : insert_(std::move(insert)), links_(std::move(links)), currency_(std::move(currency)) {}

  Result<void> enter(WorkspaceId workspace, const FigureInput& figure) {
    if (!figure.currency.empty() && figure.currency != currency_)
      return fail_field("currency", "wrong_currency",
                        "costs of this workspace are in " + currency_);
    TRY_ASSIGN(const LinkId link, links_.find(figure.link));
    if (!seen_.emplace(link.value, stored(figure.day)).second)
      return fail_field("day", "repeated_entry", "this link has that day twice");
    insert_.reset();
    insert_.bind(workspace.value).bind(stored(figure.day)).bind(link.value).bind(figure.value);
    return insert_.run();
  }

 private:
  Statement insert_;
  LinkFinder links_;
  const std::string currency_;
  std::unordered_set<std::pair<std::uint64_t, std::int64_t>, PlaceHash> seen_;
};

}  // namespace

Result<std::vector<FigureFault>> SqliteFiguresStore::put(WorkspaceId workspace, FigureKind kind,
                                                         std::span<const FigureInput> figures) {
  std::vector<FigureFault> faults;
  auto done = db_.write([&](Database& db) -> Result<void> {
    std::string currency;
    if (kind == FigureKind::costs) {
      TRY_ASSIGN(currency, currency_of(db, workspace));
    }
    TRY_ASSIGN(LinkFinder links, LinkFinder::prepare(db, workspace));
    TRY_ASSIGN(Statement insert,
               db.prepare("INSERT OR REPLACE INTO " + table_of(kind) + " (workspace, day, link, " +
                          column_of(kind) + ") VALUES (?, ?, ?, ?)"));
    Entering entering(std::move(insert), std::move(links), std::move(currency));
    for (std::size_t i = 0; i < figures.size() && faults.size() < kMaxFigureFaults; ++i) {
      auto entered = entering.enter(workspace, figures[i]);
      if (entered) continue;
      if (entered.error().code != ErrorCode::invalid) return entered;
      faults.push_back({i, std::move(entered).error()});
    }
    if (!faults.empty()) return fail(ErrorCode::invalid, "rolls back");
    return {};
  });
  if (!done && faults.empty()) return std::unexpected(std::move(done).error());
  return faults;
}

Result<void> SqliteFiguresStore::remove(WorkspaceId workspace, FigureKind kind, LinkId link,
                                        Day day) {
  return db_.write([&](Database& db) -> Result<void> {
    TRY(db.run("DELETE FROM " + table_of(kind) + " WHERE workspace = ? AND day = ? AND link = ?",
               workspace.value, stored(day), link.value));
    if (db.changed_rows() == 0) return fail(ErrorCode::not_found, "there is no such entry");
    return {};
  });
}

Result<std::vector<Figure>> SqliteFiguresStore::list(const FigureListing& listing) {
  constexpr std::int64_t kFirst = std::numeric_limits<std::int32_t>::min();
  constexpr std::int64_t kLast = std::numeric_limits<std::int32_t>::max();
  const std::int64_t from = listing.from ? stored(*listing.from) : kFirst;
  const std::int64_t to = listing.to ? stored(*listing.to) : kLast;
  const auto after = listing.after.value_or(std::pair(read_day(from), LinkId{}));
  const std::string of_link = listing.link ? "AND link = ? " : "AND ? = 0 ";
  return db_.read([&](Database& db) -> Result<std::vector<Figure>> {
    TRY_ASSIGN(Statement row,
               db.query("SELECT day, link, " + column_of(listing.kind) + " FROM " +
                            table_of(listing.kind) + " WHERE workspace = ? " + of_link +
                            "AND day >= ? AND day < ? AND (day, link) > (?, ?) "
                            "ORDER BY day, link LIMIT ?",
                        listing.workspace.value, listing.link.value_or(LinkId{}).value, from, to,
                        stored(after.first), after.second.value, listing.limit));
    std::vector<Figure> out;
    for (;;) {
      TRY_ASSIGN(const bool found, row.step());
      if (!found) return out;
      out.push_back({LinkId{row.unsigned_number(1)}, read_day(row.number(0)), row.number(2)});
    }
  });
}

Result<std::vector<FigureSum>> SqliteFiguresStore::sums(WorkspaceId workspace, FigureKind kind,
                                                        DayRange days, std::chrono::days period) {
  // In two parts, because SQLite fails where a sum does not fit into 64 bits.
  const std::string column = column_of(kind);
  const std::string sql = "SELECT link, (day - ?) / ? AS period, sum(" + column +
                          " / 1000000), sum(" + column + " % 1000000) FROM " + table_of(kind) +
                          " WHERE workspace = ? AND day >= ? AND day < ? GROUP BY link, period";
  return db_.read([&](Database& db) -> Result<std::vector<FigureSum>> {
    TRY_ASSIGN(Statement row, db.query(sql, stored(days.first), std::int64_t{period.count()},
                                       workspace.value, stored(days.first), stored(days.end)));
    std::vector<FigureSum> out;
    for (;;) {
      TRY_ASSIGN(const bool found, row.step());
      if (!found) return out;
      constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
      const std::int64_t millions = row.number(2) + row.number(3) / kMicros;
      const std::int64_t rest = row.number(3) % kMicros;
      out.push_back({LinkId{row.unsigned_number(0)}, static_cast<std::size_t>(row.number(1)),
                     millions < kMost / kMicros ? millions * kMicros + rest : kMost});
    }
  });
}

}  // namespace tally
