// SPDX-License-Identifier: Apache-2.0
#include "api/export_body.h"

#include <atomic>
#include <memory>

#include "api/asked.h"
#include "api/click_csv.h"
#include "api/export_table.h"
#include "api/tag_fold.h"
#include "clicklog/click_json.h"
#include "clicks/click_export.h"
#include "http/pulled_body.h"

namespace tally {
namespace {

constexpr std::size_t kChunk = 256 * 1024;

// A page is written in pieces, each of its own block of memory that goes back to the system once it
// is taken: text that grows in one string is held twice while it is moved.
constexpr std::size_t kPiece = 8 << 20;
constexpr std::size_t kRowRoom = 64 * 1024;

// Rows that take some 25 MB.
constexpr std::uint64_t page_rows(ExportFormat format) {
  return format == ExportFormat::csv ? 64 * 1024 : 24 * 1024;
}

std::unexpected<Error> refuse(std::string field, std::string slug, std::string message) {
  return std::unexpected(
      Error{ErrorCode::malformed, std::move(message), {}, std::move(field), std::move(slug)});
}

// A place among the exports that run, for as long as somebody has it.
Result<std::shared_ptr<void>> take_turn(std::counting_semaphore<>& places) {
  if (!places.try_acquire())
    return fail(ErrorCode::unavailable, "as many exports as can be are running",
                "wait for one of them to end");
  return std::shared_ptr<void>(nullptr, [&places](void*) { places.release(); });
}

// Single hits, a chunk at a time.
class ClickFile {
 public:
  ClickFile(const ExportSources& sources, const ExportQuestion& question,
            std::shared_ptr<void> turn)
      : turn_(std::move(turn)),
        ids_(sources.click_id_key),
        is_csv_(question.format == ExportFormat::csv),
        guarded_(!question.shape.raw),
        pages_(sources.clicks, question.query, page_rows(question.format),
               [this](ClickRows& rows) { return put_page(rows); }) {}

  // Whether there is more.
  Result<bool> write(std::string& out) {
    while (page_.empty()) {
      TRY_ASSIGN(auto page, pages_.next());
      if (!page) return false;
      page_ = std::move(*page);
    }
    const std::string_view chunk = std::string_view(page_.front()).substr(at_, kChunk);
    out += chunk;
    at_ += chunk.size();
    if (at_ == page_.front().size()) {
      page_.pop_front();
      at_ = 0;
    }
    return true;
  }
  std::uint64_t rows() const { return rows_; }

 private:
  // Called from several threads.
  Result<ClickExport::Page> put_page(ClickRows& rows) {
    ClickExport::Page out;
    for (std::uint64_t count = 0;; ++count) {
      TRY_ASSIGN(const Click* const click, rows.next());
      if (click == nullptr) {
        rows_ += count;
        return out;
      }
      if (out.empty() || out.back().size() >= kPiece) out.emplace_back().reserve(kPiece + kRowRoom);
      put_row(out.back(), *click);
    }
  }

  void put_row(std::string& out, const Click& click) const {
    if (is_csv_) {
      CsvWriter csv(out, guarded_);
      put_csv_click(csv, click, ids_);
    } else {
      out.append(click_json(click, ids_)).push_back('\n');
    }
  }

  const std::shared_ptr<void> turn_;
  const ClickIdCodec ids_;
  const bool is_csv_, guarded_;
  std::atomic<std::uint64_t> rows_ = 0;
  ClickExport::Page page_;  // what is left of it
  std::size_t at_ = 0;      // of its first piece, that is taken
  ClickExport pages_;
};

Result<ExportBody> open_clicks(const ExportSources& sources, const ExportQuestion& question) {
  TRY_ASSIGN(auto turn, take_turn(sources.places.all));
  ExportBody out;
  if (question.format == ExportFormat::csv) {
    CsvWriter csv(out.first, !question.shape.raw);
    put_csv_names(csv);
  }
  const auto clicks = std::make_shared<ClickFile>(sources, question, std::move(turn));
  TRY_ASSIGN(const bool more, as_parameter(clicks->write(out.first)));
  if (more) out.more = [clicks](std::string& chunk) { return clicks->write(chunk); };
  out.rows = [clicks] { return std::optional(clicks->rows()); };
  return out;
}

Result<Breakdown> whole_breakdown(const ExportSources& sources, const StatsQuery& query,
                                  Dimension by) {
  if (by != Dimension::tag) return sources.clicks.breakdown(query, by, kMaxBreakdownRows);
  TRY_ASSIGN(const Breakdown by_link,
             sources.clicks.breakdown(query, Dimension::link, kMaxBreakdownRows));
  std::vector<LinkId> ids;
  for (const BreakdownRow& row : by_link.rows)
    if (const auto id = LinkId::parse(row.value)) ids.push_back(*id);
  TRY_ASSIGN(const auto links, sources.links.find(query.workspace, ids));
  return fold_by_tag(by_link, links, kMaxBreakdownRows);
}

Result<ExportTable> counted_rows(const ExportSources& sources, const ExportQuestion& question) {
  const ExportShape& shape = question.shape;
  const StatsQuery& query = question.query;
  if (shape.by) {
    TRY_ASSIGN(const Breakdown rows, as_parameter(whole_breakdown(sources, query, *shape.by)));
    return ExportTable::of(rows);
  }
  const Interval interval = shape.interval.value_or(auto_interval(query.range));
  const auto starts = bucket_starts(query.range, interval, question.zone);
  if (!starts)
    return refuse("interval", "too_many_points", "that would be more than 10,000 points");
  TRY_ASSIGN(const auto series, as_parameter(sources.clicks.timeseries(query, *starts)));
  return ExportTable::of(series, question.zone);
}

using Pulled = Result<std::unique_ptr<PulledBody>>;

// The store writes the file; it is passed on as it comes.
Result<ExportBody> parquet_body(Pulled pulled, std::shared_ptr<void> turn,
                                std::optional<std::uint64_t> rows) {
  if (!pulled) return std::unexpected(std::move(pulled).error());
  const std::shared_ptr<PulledBody> body = std::move(*pulled);
  ExportBody out;
  TRY_ASSIGN(const bool more, body->next(out.first));
  if (more)
    out.more = [body, turn = std::move(turn)](std::string& chunk) { return body->next(chunk); };
  out.rows = [rows] { return rows; };
  return out;
}

Result<ExportBody> open_counts(const ExportSources& sources, const ExportQuestion& question) {
  TRY_ASSIGN(const ExportTable table, counted_rows(sources, question));
  const std::uint64_t rows = table.size();
  if (question.format == ExportFormat::parquet) {
    TRY_ASSIGN(auto turn, take_turn(sources.places.parquet));
    return parquet_body(sources.clicks.parquet_of(table.structure(), table.tsv()), std::move(turn),
                        rows);
  }
  ExportBody out;
  out.first =
      question.format == ExportFormat::csv ? table.csv(!question.shape.raw) : table.ndjson();
  out.rows = [rows] { return std::optional(rows); };
  return out;
}

}  // namespace

std::string_view content_of(const ExportShape& shape) {
  return shape.by ? "breakdown" : shape.by_time ? "timeseries" : "clicks";
}

Result<void> check_shape(const ExportShape& shape) {
  if (shape.by && shape.by_time)
    return refuse("interval", "bad_value", "an export is either by a dimension or by time");
  return {};
}

Result<ExportBody> open_export(const ExportSources& sources, const ExportQuestion& question) {
  TRY(check_shape(question.shape));
  if (question.shape.by || question.shape.by_time) return open_counts(sources, question);
  if (question.format != ExportFormat::parquet) return open_clicks(sources, question);
  TRY_ASSIGN(auto turn, take_turn(sources.places.parquet));
  return parquet_body(sources.clicks.parquet(question.query, sources.click_id_key), std::move(turn),
                      std::nullopt);
}

Result<ExportBody> open_export(const ExportSources& sources, const ExportSchedule& schedule,
                               TimeRange range, const TimeZone& zone) {
  ExportQuestion question{schedule.format, schedule.shape, {}, zone};
  question.query.workspace = schedule.workspace;
  question.query.range = range;
  question.query.traffic = schedule.traffic;
  for (const Filter& filter : schedule.filters) {
    TRY_ASSIGN(Filter stored, filter_by_link(sources.links, schedule.workspace, filter));
    question.query.filters.push_back(std::move(stored));
  }
  return open_export(sources, question);
}

}  // namespace tally
