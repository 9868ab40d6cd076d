// SPDX-License-Identifier: Apache-2.0
//
// The click store: where counted clicks live and questions about them are answered.
//
// It is three ClickHouse tables, of clicks, landing views and conversions, over ClickHouse's HTTP
// interface: the embedded engine on a Unix socket, or a server or cluster on the network, with the
// same SQL and so the same numbers. Everything that is said here about counting follows
// docs/reference/semantics.md; the tables are described in docs/formats/store.md.
//
// Two kinds of caller. The pipeline inserts batches and, when it cannot know whether an insert
// arrived (a time-out, a crash), counts exactly that batch's range to find out. Everybody else asks
// questions; each question is a file under questions/.
//
// All methods block, may be called from any thread at once, and fail with `unavailable` when the
// store cannot be reached or is overloaded: trying later may help. No method retries.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "clicks/rejudging.h"
#include "model/click.h"
#include "model/click_id.h"
#include "model/conversion.h"
#include "model/erasure.h"
#include "model/stats_query.h"

namespace tally {

class ClickHouse;
class ClickRows;
class ClosedRanges;
class FilteredVisitors;
class HitTotals;
class HttpClient;
class PlaceWeeks;
struct PlaceClocks;
struct PlaceWeek;
class PulledBody;
class RowBatch;
class ValueCounts;

enum class StoreTable : std::uint8_t { clicks, landing_views, conversions };
inline constexpr std::uint8_t kStoreTables = 2;  // the first so many: what the shipper fills

struct ClickStoreOptions {
  // "http://host:8123", with "https" and user:password@ as needed. With a Unix socket only the
  // scheme and a name matter: "http://engine".
  std::string url = "http://engine";
  std::string unix_socket;
  std::int64_t question_timeout_ms = 30'000;
  std::int64_t insert_timeout_ms = 60'000;
  // What the store may take for one question, in bytes.
  std::int64_t question_memory = 2'000'000'000;
  // A link with so many hits in a range that is closed is counted apart.
  std::uint64_t busy_link_hits = 1'000;
  // Whether the store is known not to answer at the moment. A question that has waited for two
  // seconds then ends rather than wait for its time-out; an insert goes on waiting, because ending
  // it would make its outcome unknown for nothing. Called by many threads.
  std::function<bool()> is_silent = nullptr;
};

// Hits `first` to `last`, both included, of one journal shard.
struct ShardRange {
  std::uint16_t node = 0;
  std::uint32_t epoch = 0;
  std::uint16_t shard = 0;
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  friend bool operator==(const ShardRange&, const ShardRange&) = default;
};

struct OutcomeCount {
  Outcome outcome = Outcome::expired;
  std::uint64_t clicks = 0;
  friend bool operator==(const OutcomeCount&, const OutcomeCount&) = default;
};

struct Summary {
  std::uint64_t clicks = 0;                    // headline outcomes of the traffic asked for
  std::optional<std::uint64_t> unique_clicks;  // none for traffic `bot`
  std::optional<std::uint64_t> visitors;       // none for traffic `bot`
  std::uint64_t bots = 0;                      // headline hits of bots, whatever was asked for
  std::uint64_t other_hits = 0;                // HEAD and prefetch, any outcome
  // The outcomes beside the headline, of the traffic asked for, in the order of kOutcomeNames;
  // those that did not occur are left out.
  std::vector<OutcomeCount> outcomes;
  std::uint64_t human_clicks = 0;  // whatever was asked for
  friend bool operator==(const Summary&, const Summary&) = default;
};

// What came of clicks.
struct ConversionTotals {
  // That happened in the range, of clicks of the traffic asked for.
  std::uint64_t conversions = 0;
  std::uint64_t value_micros = 0;
  // Human clicks in the range that led to at least one, whenever it happened.
  std::uint64_t converted_clicks = 0;
  friend bool operator==(const ConversionTotals&, const ConversionTotals&) = default;
};

// Conversions that happened in a range, by the values asked about and those of all others.
struct ConversionsByValue {
  std::map<std::string, std::uint64_t> of;
  std::uint64_t rest = 0;
  friend bool operator==(const ConversionsByValue&, const ConversionsByValue&) = default;
};

// Of one variant in one stretch of time.
struct VariantCount {
  std::uint64_t unique_clicks = 0;
  std::uint64_t converted = 0;  // of them
  friend bool operator==(const VariantCount&, const VariantCount&) = default;
};

struct SeriesPoint {
  UnixMillis start = 0;
  std::uint64_t clicks = 0;
  std::optional<std::uint64_t> unique_clicks;  // none for traffic `bot`
  std::uint64_t bots = 0;
  friend bool operator==(const SeriesPoint&, const SeriesPoint&) = default;
};

// value: as stored, where "" means that the click had none (no referrer, no campaign, no token).
// unknown: it has one, but we could not tell; the value reads "Unknown". rest: all values that a
// limit cut off, together; the value is "".
enum class ValueKind : std::uint8_t { value, unknown, rest };
inline constexpr std::array<std::string_view, 3> kValueKindNames = {"value", "unknown", "rest"};
constexpr std::string_view to_text(ValueKind v) {
  return kValueKindNames[static_cast<std::size_t>(v)];
}

struct Series {
  std::string value;
  ValueKind kind = ValueKind::value;
  std::vector<SeriesPoint> points;  // one for every start asked for, zeros included
};

struct BreakdownRow {
  std::string value;
  ValueKind kind = ValueKind::value;
  std::uint64_t clicks = 0;
  std::optional<std::uint64_t> unique_clicks;
  std::uint64_t conversions = 0;  // not filled by breakdown(): conversions_by() knows them
  friend bool operator==(const BreakdownRow&, const BreakdownRow&) = default;
};

// Of how many clicks the screen is known, by where it is known from.
struct ScreenCoverage {
  std::uint64_t beacon = 0, user_agent = 0, client_hint = 0;
  std::uint64_t known() const { return beacon + user_agent + client_hint; }
  friend bool operator==(const ScreenCoverage&, const ScreenCoverage&) = default;
};

// Rows by clicks, most first, then by value; `rest`, when there is one, is last. They add up to
// the totals, which are the summary's clicks and unique clicks.
struct Breakdown {
  std::vector<BreakdownRow> rows;
  std::uint64_t clicks = 0;
  std::optional<std::uint64_t> unique_clicks;
  std::optional<ScreenCoverage> coverage = std::nullopt;  // by screen only: of `clicks`
};

// What an erase would take away.
struct Erasable {
  std::uint64_t clicks = 0, views = 0, conversions = 0;
  std::vector<std::int64_t> days;  // UTC, since 1970, ascending: those of the clicks
  bool empty() const { return clicks + views + conversions == 0; }
};

// The place of one click in a newest-first listing.
struct ClickCursor {
  UnixMillis time = 0;
  ClickKey key;
  friend bool operator==(const ClickCursor&, const ClickCursor&) = default;
};

struct ClickPage {
  std::vector<Click> clicks;
  std::optional<ClickCursor> next;  // none on the last page
};

// A part of an export: the hits of links `first` to `last`, both included, in `times`.
struct ExportStretch {
  LinkId first, last;
  TimeRange times;
  std::uint64_t rows = 0;
  std::uint64_t landings = 0;  // of them, which may have a view
};

inline constexpr std::size_t kMaxBatch = 1'000'000;          // rows of one insert, exclusive
inline constexpr std::size_t kMaxBreakdownRows = 1'000'000;  // limit of a breakdown
inline constexpr std::size_t kMaxSeries = 100;               // limit of timeseries_by
inline constexpr std::size_t kMaxClickPage = 1'000;          // limit of raw_clicks

class ClickStore {
 public:
  ClickStore(HttpClient& http, ClickStoreOptions options);
  ~ClickStore();

  // Bins of 30 days, counted from 1970 in UTC: what an insert must not mix and what a reconciling
  // count looks at. No time zone anywhere.
  static std::int64_t partition_of(UnixMillis time);
  // When the partition of `time` is over.
  static UnixMillis partition_end(UnixMillis time);

  // Creates the tables or brings them up to this version; to be called once, before anything else.
  // `conflict` when a newer version of the program has been at it.
  Result<void> migrate();

  // Whether the store answers at all.
  Result<void> ping();

  // Stores a batch as one atomic part, durable on return. The batch holds at least one and fewer
  // than kMaxBatch rows. `token` names the batch: where the store can (any
  // ClickHouse of the last years), a repeat of a token among the last 1,000 batches of a partition
  // changes nothing. After any error it is unknown whether the batch was stored.
  Result<void> insert(const RowBatch& batch, std::string_view token);

  // How many of the hits in `ranges` are stored in that partition of a table with a time in
  // `times`: exact, and cheap when `times` is tight.
  Result<std::uint64_t> count(StoreTable table, std::int64_t partition, TimeRange times,
                              std::span<const ShardRange> ranges);

  // The time of the workspace's oldest hit; nothing when it has none.
  Result<std::optional<UnixMillis>> oldest(WorkspaceId workspace);

  Result<Summary> summary(const StatsQuery& query);

  // One point for each of `starts` (bucket_starts(), ascending; the last bucket ends with the
  // query's range), zeros included.
  Result<std::vector<SeriesPoint>> timeseries(const StatsQuery& query,
                                              std::span<const UnixMillis> starts);
  // The same for each of the `limit` most clicked values of a dimension, and for the rest together
  // when there are more.
  Result<std::vector<Series>> timeseries_by(const StatsQuery& query,
                                            std::span<const UnixMillis> starts, Dimension by,
                                            std::size_t limit);

  // By the hour of the week where each visitor is (place_weeks.h).
  Result<PlaceWeek> place_week(const StatsQuery& query, const PlaceClocks& clocks);

  // By any dimension but `tag`, which the store does not know: fold a breakdown by link.
  Result<Breakdown> breakdown(const StatsQuery& query, Dimension by, std::size_t limit);
  // The same by several of them, in their order.
  Result<std::vector<Breakdown>> breakdowns(const StatsQuery& query, std::span<const Dimension> by,
                                            std::size_t limit);

  // Hits, newest first, of every outcome. Traffic `human` and `bot` mean that class with any
  // outcome, `all` is everything stored, HEAD and prefetch included. Starts behind `after`.
  Result<ClickPage> raw_clicks(const StatsQuery& query, std::optional<ClickCursor> after,
                               std::size_t limit);

  // All of them, for click_export.h: the same hits and meanings, in the table's own order.

  // Cuts what `query` means within `whole` into stretches of about `rows` rows: by link, or, where
  // `whole` is of one link, by time.
  Result<std::vector<ExportStretch>> stretches(const StatsQuery& query, const ExportStretch& whole,
                                               std::uint64_t rows);
  Result<ClickRows> rows_of(const StatsQuery& query, const ExportStretch& stretch);

  // The same as a Parquet file, in no order. `invalid` when the server is too old to write one.
  Result<std::unique_ptr<PulledBody>> parquet(const StatsQuery& query,
                                              const ClickIdCodec::Key& click_id_key);
  // Rows of ours, escaped and separated by tabs, as one. `structure` names columns and types.
  Result<std::unique_ptr<PulledBody>> parquet_of(std::string_view structure, std::string_view tsv);
  // Conversions (questions/conversions.cc).

  // The hits with these keys, in no order; those that are not stored are left out.
  Result<std::vector<Click>> find_clicks(std::span<const WorkspaceId> workspaces,
                                         std::span<const ClickKey> keys);
  // Which of these hits are stored with a time in `times`, ascending: of very many at once.
  Result<std::vector<ClickKey>> stored_keys(WorkspaceId workspace, TimeRange times,
                                            std::span<const ClickKey> keys);
  // Which of these are stored, and the link of each one's click.
  Result<std::map<ConversionId, LinkId>> stored_conversions(std::span<const WorkspaceId> workspaces,
                                                            std::span<const ConversionId> ids);
  // While it lives no stored hit is judged anew, so that what is copied from a click stays what
  // the click says. `unavailable` while hits are being rewritten.
  Result<std::unique_lock<std::mutex>> settled_verdicts();
  Result<ConversionTotals> conversions(const StatsQuery& query);
  // `values` are spelled as breakdown() spells them.
  Result<ConversionsByValue> conversions_by(const StatsQuery& query, Dimension by,
                                            std::vector<std::string> values);
  // Of every value that has any: human clicks in the range that led to at least one.
  Result<std::map<std::string, std::uint64_t>> converted_clicks_by(const StatsQuery& query,
                                                                   Dimension by);
  // Those that happened in the range, by value and bucket: as many as `starts` (timeseries()), the
  // first of which is not after the range's beginning.
  Result<std::map<std::string, std::vector<std::uint64_t>>> conversions_over(
      const StatsQuery& query, std::span<const UnixMillis> starts, Dimension by);
  // Unique clicks of a link, and those whose visitor converted by any click on it in the range
  // that UTC day, by variant and bucket, likewise.
  Result<std::map<std::string, std::vector<VariantCount>>> variants(
      WorkspaceId workspace, LinkId link, TimeRange range, std::span<const UnixMillis> starts);
  // Clicks of landing pages that were shown.
  Result<std::uint64_t> landing_views(const StatsQuery& query);

  // Roll-ups (closed_ranges.h, questions/close_range.cc). Nothing that is asked gives other numbers
  // for them; it is only answered sooner.

  // Counts a stretch of time that is over, so that questions need not read its rows. False when
  // rows in it were changed meanwhile; `conflict` when they are changing, or it is closed. It may
  // be tried again then.
  Result<bool> close_range(WorkspaceId workspace, TimeRange range);
  // Which stretches within `range` are counted, ascending.
  std::vector<TimeRange> closed_ranges(WorkspaceId workspace, TimeRange range) const;
  // Counts that no question reads, by their version: of ranges that were opened again, and of
  // countings that did not come to an end.
  Result<std::vector<std::uint64_t>> stale_counts();
  Result<void> delete_counts(std::span<const std::uint64_t> versions);
  // Expires when every question is answered that began before this call: then nobody reads what
  // stale_counts() said earlier.
  std::weak_ptr<const void> readers_of_counts();
  // Rows of these workspaces with a time in `times` are about to change, and do so until the object
  // goes: for whoever needs more than one call for it. Every method that changes rows does the
  // same.
  Result<std::shared_ptr<void>> changing(std::span<const WorkspaceId> workspaces, TimeRange times);

  // Judging stored hits again (questions/reclassify.cc). Rewrites are carried out by the store in
  // its own time, part by part, each part whole: a row is old or new, whatever crashes, and counts
  // never change. An order is done when rewriting() says so.

  // How many hits are judged.
  Result<std::uint64_t> judged_hits(const Rejudging& what);
  // They, by user agent and verdict, in the order of user agents from the first behind `after` on:
  // about `limit` groups, and all of each user agent. Empty at the end.
  Result<std::vector<AgentGroup>> agent_groups(const Rejudging& what, std::string_view after,
                                               std::size_t limit);
  // The UTC days (since 1970) on which these user agents have judged hits.
  Result<std::vector<std::int64_t>> days_of(const Rejudging& what,
                                            std::span<const std::string> user_agents);
  // Orders that judged hits of these user agents get a class; other than a human's, it takes the
  // first-click flags away.
  Result<void> order_traffic(const Rejudging& what, std::span<const std::string> user_agents,
                             Traffic traffic, std::string_view reason);
  // Orders that the flags `first` and `first_ws` of a UTC day, or of several that follow it, are
  // what the stored clicks say: on each visitor's earliest human headline click of a day. False
  // when they are right already. What that takes grows with visitors_hits() of the days.
  Result<bool> order_first_clicks(WorkspaceId workspace, std::int64_t day, std::int64_t days = 1);
  // How many hits are of known visitors, by UTC day; days without any are left out.
  Result<std::map<std::int64_t, std::uint64_t>> visitors_hits(WorkspaceId workspace,
                                                              std::int64_t day, std::int64_t days);
  // Whether an order is still being carried out; an error when one cannot be, `unavailable` when
  // that may pass. The store goes on trying by itself either way.
  Result<bool> rewriting();

  // Erasing (questions/erase.cc). Orders are carried out like those above, and may be given again.

  Result<Erasable> erasable(const Erasure& what);
  // The clicks that were shown a landing page; and the conversions that are joined to clicks.
  Result<std::vector<ClickKey>> landings_of(const Erasure& what);
  Result<std::vector<ConversionId>> conversions_of(const Erasure& what);
  // Landing views first, while their clicks are there; then conversions and clicks. `first` is
  // called while no conversion is being joined, nor will be to these clicks; after its error
  // nothing is ordered.
  Result<void> order_views_erased(const Erasure& what);
  Result<void> order_erased(const Erasure& what, const std::function<Result<void>()>& first);
  // Drops what lies in partitions that end at or before `before`, of all tables; how many that
  // were. `workspaces` are all there are; `first` as above, and only when there is something to
  // drop.
  Result<std::size_t> drop_partitions(std::span<const WorkspaceId> workspaces, UnixMillis before,
                                      const std::function<Result<void>()>& first);

 private:
  const std::uint64_t busy_link_hits_;
  std::mutex verdicts_;  // held by whoever orders new ones
  std::unique_ptr<ClickHouse> server_;
  std::unique_ptr<ClosedRanges> closed_;
  std::unique_ptr<HitTotals> totals_;
  std::unique_ptr<ValueCounts> values_;
  std::unique_ptr<PlaceWeeks> place_weeks_;
  std::unique_ptr<FilteredVisitors> visitors_;
};

}  // namespace tally
