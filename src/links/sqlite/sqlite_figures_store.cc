// SPDX-License-Identifier: Apache-2.0
#include "links/sqlite/sqlite_figures_store.h"

#include <algorithm>
#include <limits>
#include <tuple>

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

// A figure whose link is known, and where among the figures given it was.
struct Found {
  Figure figure;
  std::size_t index = 0;
  auto place() const { return std::tuple(figure.day, figure.link, index); }
};

// The links of all figures; what is wrong with one does not keep the next from being judged.
Result<std::vector<Found>> find_links(std::span<const FigureInput> figures, LinkFinder& links,
                                      const std::string& currency,
                                      std::vector<FigureFault>& faults) {
  std::vector<Found> out;
  for (std::size_t i = 0; i < figures.size() && faults.size() < kMaxFigureFaults; ++i) {
    const FigureInput& figure = figures[i];
    if (!figure.currency.empty() && figure.currency != currency) {
      faults.push_back(
          {i, fail_field("currency", "wrong_currency", "costs of this workspace are in " + currency)
                  .error()});
      continue;
    }
    auto link = links.find(figure.link);
    if (link) {
      out.push_back({{*link, figure.day, figure.value}, i});
    } else if (link.error().code == ErrorCode::invalid) {
      faults.push_back({i, std::move(link).error()});
    } else {
      return std::unexpected(std::move(link).error());
    }
  }
  return out;
}

// In the order of the table, in which rows by the million are written at the table's end instead
// of all over it. Neighbours show what is there twice.
void put_in_order(std::vector<Found>& figures, std::vector<FigureFault>& faults) {
  std::ranges::sort(figures, {}, &Found::place);
  for (std::size_t i = 1; i < figures.size(); ++i) {
    const Figure &one = figures[i - 1].figure, &next = figures[i].figure;
    if (one.day != next.day || one.link != next.link) continue;
    faults.push_back({figures[i].index,
                      fail_field("day", "repeated_entry", "this link has that day twice").error()});
  }
  std::ranges::sort(faults, {}, &FigureFault::index);
  if (faults.size() > kMaxFigureFaults) faults.resize(kMaxFigureFaults);
}

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
    TRY_ASSIGN(auto found, find_links(figures, links, currency, faults));
    put_in_order(found, faults);
    if (!faults.empty()) return fail(ErrorCode::invalid, "rolls back");
    for (const Found& each : found) {
      insert.reset();
      insert.bind(workspace.value).bind(stored(each.figure.day)).bind(each.figure.link.value);
      TRY(insert.bind(each.figure.value).run());
    }
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
