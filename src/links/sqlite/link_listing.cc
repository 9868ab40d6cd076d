// SPDX-License-Identifier: Apache-2.0
#include "links/sqlite/link_listing.h"

#include <variant>

#include "base/bytes.h"
#include "base/encoding.h"
#include "links/sqlite/link_rows.h"

namespace tally {
namespace {

using Sort = LinkListing::Sort;
constexpr std::size_t kMaxPage = 1'000;
constexpr std::size_t kMaxCursor = 4'096;
constexpr std::int64_t kRareTag = 1'000;

constexpr std::string_view column_of(Sort sort) {
  switch (sort) {
    case Sort::created_at:
      return "created_at";
    case Sort::updated_at:
      return "updated_at";
    case Sort::prefix:
      return "prefix";
    case Sort::title:
      return "title";
  }
  return "id";
}

constexpr bool is_number(Sort sort) { return sort == Sort::created_at || sort == Sort::updated_at; }

// Where a page ended: the sort value, in the member that its kind uses, and the id.
struct Place {
  std::int64_t number = 0;
  std::string text;
  std::uint64_t id = 0;
};

Place place_of(const Link& link, Sort sort) {
  switch (sort) {
    case Sort::created_at:
      return {link.created_at, {}, link.id.value};
    case Sort::updated_at:
      return {link.updated_at, {}, link.id.value};
    case Sort::prefix:
      return {0, link.prefix, link.id.value};
    case Sort::title:
      return {0, link.title, link.id.value};
  }
  return {};
}

// The order goes into the cursor, so that it cannot be used with another one by mistake.
char order_byte(const LinkListing& listing) {
  return static_cast<char>(static_cast<int>(listing.sort) * 2 + (listing.descending ? 1 : 0));
}

std::string encode_cursor(const Place& place, const LinkListing& listing) {
  std::string bytes(1, order_byte(listing));
  put_fixed(bytes, place.number);
  put_varint(bytes, place.id);
  put_text(bytes, place.text);
  return base64url(bytes);
}

Result<Place> decode_cursor(const LinkListing& listing) {
  const std::unexpected<Error> bad(
      Error{ErrorCode::malformed, "'cursor' is not one of this list in this order",
            "use next_cursor of the page before, with the same sort", "cursor", "bad_cursor"});
  if (listing.cursor.size() > kMaxCursor) return bad;
  const auto bytes = from_base64url(listing.cursor);
  if (!bytes) return bad;
  ByteReader in(*bytes);
  const char order = in.fixed<char>();
  Place out;
  out.number = in.fixed<std::int64_t>();
  out.id = in.varint();
  out.text = in.text();
  if (!in.ok() || !in.at_end() || order != order_byte(listing)) return bad;
  return out;
}

// '%' and '_' of a search stand for themselves.
std::string like_pattern(std::string_view text) {
  std::string out = "%";
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  return out + "%";
}

// A statement's text and, beside it, the values of its question marks.
struct Question {
  std::string sql;
  std::vector<std::variant<std::int64_t, std::string>> values;

  void where(std::string_view condition, std::variant<std::int64_t, std::string> value) {
    sql += condition;
    values.push_back(std::move(value));
  }
};

// Whether so few links carry the tag that it is quicker to look at each of them than to read along
// the order until a page of them has come by.
Result<bool> is_rare(Database& db, const LinkListing& listing) {
  if (listing.tag.empty()) return false;
  TRY_ASSIGN(const auto count,
             db.number("SELECT count(*) FROM (SELECT 1 FROM link_tags WHERE workspace = ? AND "
                       "tag = ? LIMIT ?)",
                       listing.workspace.value, listing.tag, kRareTag + 1));
  return count.value_or(0) <= kRareTag;
}

// As the edge judges it (redirect/responder_link.cc).
void put_state(Question& question, LinkState state, UnixMillis now) {
  const bool is_on = state != LinkState::disabled;
  question.sql += is_on ? " AND enabled = 1" : " AND enabled = 0";
  if (!is_on) return;
  if (state == LinkState::scheduled) return question.where(" AND starts_at > ?", now);
  question.where(" AND (starts_at IS NULL OR starts_at <= ?)", now);
  if (state == LinkState::expired) return question.where(" AND expires_at <= ?", now);
  question.where(" AND (expires_at IS NULL OR expires_at > ?)", now);
}

// The links that are listed, on all pages. `plus`: a plus sign, which keeps SQLite from using the
// index of a column, or nothing.
Question narrowed(const LinkListing& listing, std::string_view select, const std::string& plus) {
  Question out{std::string(select) + " WHERE " + plus + "workspace = ?",
               {static_cast<std::int64_t>(listing.workspace.value)}};
  // These repeat the conditions of partial indexes, which are used only where they are found.
  if (!listing.domain.empty()) out.where(" AND domain <> '' AND domain = ?", listing.domain);
  if (!listing.campaign.empty())
    out.where(" AND campaign <> '' AND campaign = ?", listing.campaign);
  if (listing.enabled) out.sql += *listing.enabled ? " AND enabled = 1" : " AND enabled = 0";
  if (listing.state) put_state(out, *listing.state, listing.now);
  if (!listing.tag.empty()) {
    out.where(" AND id IN (SELECT link FROM link_tags WHERE workspace = ?",
              static_cast<std::int64_t>(listing.workspace.value));
    out.where(" AND tag = ?)", listing.tag);
  }
  if (!listing.search.empty()) {
    const std::string pattern = like_pattern(listing.search);
    out.where(" AND (prefix LIKE ? ESCAPE '\\'", pattern);
    out.where(" OR token LIKE ? ESCAPE '\\'", pattern);
    out.where(" OR title LIKE ? ESCAPE '\\'", pattern);
    out.where(" OR destination LIKE ? ESCAPE '\\')", pattern);
  }
  return out;
}

Result<Question> page_of(const LinkListing& listing, std::size_t limit, const std::string& plus) {
  const std::string column = plus + std::string(column_of(listing.sort));
  Question out = narrowed(listing, select_links(""), plus);
  if (!listing.cursor.empty()) {
    TRY_ASSIGN(const Place place, decode_cursor(listing));
    const std::string compare = " AND (" + column + ", id) " + (listing.descending ? "<" : ">");
    if (is_number(listing.sort)) {
      out.where(compare + " (?", place.number);
    } else {
      out.where(compare + " (?", place.text);
    }
    out.where(", ?)", static_cast<std::int64_t>(place.id));
  }
  const std::string_view way = listing.descending ? " DESC" : "";
  out.sql.append(" ORDER BY ").append(column).append(way).append(", id").append(way);
  out.where(" LIMIT ?", static_cast<std::int64_t>(limit));
  return out;
}

Result<Statement> asked(Database& db, const Question& question) {
  TRY_ASSIGN(Statement out, db.prepare(question.sql));
  for (const auto& value : question.values) std::visit([&](const auto& v) { out.bind(v); }, value);
  return out;
}

// In the order of creation, which is nearly that of the rows on the disk: left to itself SQLite
// counts along the index of titles, which takes six times as long (190 ms of 100,000 links).
Result<std::uint64_t> count_of(Database& db, const LinkListing& listing, const std::string& plus) {
  Question question = narrowed(listing, "SELECT count(*) FROM (SELECT 1 FROM links", plus);
  question.sql += " ORDER BY " + plus + "created_at, id LIMIT -1)";
  TRY_ASSIGN(Statement statement, asked(db, question));
  TRY(statement.step());
  return statement.unsigned_number(0);
}

}  // namespace

Result<LinkPage> list_links(Database& db, const LinkListing& listing) {
  const std::size_t limit = std::min(listing.limit, kMaxPage);
  TRY_ASSIGN(const bool rare_tag, is_rare(db, listing));
  const std::string plus(rare_tag ? "+" : "");
  // One more than is shown says whether there is another page.
  TRY_ASSIGN(const Question question, page_of(listing, limit + 1, plus));
  TRY_ASSIGN(Statement statement, asked(db, question));
  LinkPage out;
  if (listing.counted) {
    TRY_ASSIGN(out.total, count_of(db, listing, plus));
  }
  for (;;) {
    TRY_ASSIGN(const bool found, statement.step());
    if (!found) return out;
    if (out.links.size() == limit) {
      if (limit > 0)
        out.next_cursor = encode_cursor(place_of(out.links.back(), listing.sort), listing);
      return out;
    }
    TRY_ASSIGN(Link link, read_link(statement));
    out.links.push_back(std::move(link));
  }
}

}  // namespace tally
