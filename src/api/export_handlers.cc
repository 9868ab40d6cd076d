// SPDX-License-Identifier: Apache-2.0
//
// Exports: all hits of a question, or all rows of a breakdown or series, as a file. Single hits are
// sent while they are read, so that memory does not depend on how many there are. The first of them
// are read before the answer begins: a store that cannot be asked is a problem, not a cut-off file.
#include "api/asked.h"
#include "api/click_csv.h"
#include "api/export_table.h"
#include "api/handlers.h"
#include "api/tag_fold.h"
#include "clicks/click_export.h"
#include "http/pulled_body.h"

namespace tally {
namespace {

constexpr StatsAccepts kExport{true, true, false, false, 0, 0, true};
constexpr std::size_t kChunk = 256 * 1024;

struct Format {
  std::string_view ending, type;
  std::uint64_t page_rows = 0;  // that take some 25 MB
};
constexpr Format kCsvFile{"csv", "text/csv; charset=utf-8; header=present", 64 * 1024};
constexpr Format kNdjsonFile{"ndjson", kNdjson, 24 * 1024};
constexpr Format kParquetFile{"parquet", "application/vnd.apache.parquet"};

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

Response file(const Api& api, const Asked& asked, const Format& format, std::string_view name,
              std::string body) {
  const Freshness fresh = freshness(api, asked);
  const std::string day = format_utc(asked.now).substr(0, 10);
  return {200,
          {{"Content-Type", std::string(format.type)},
           {"Content-Disposition", "attachment; filename=\"" + std::string(name) + "-" + day + "." +
                                       std::string(format.ending) + "\""},
           {"X-Tallymark-As-Of", format_utc(fresh.as_of)},
           {"X-Tallymark-Incomplete", fresh.incomplete ? "true" : "false"}},
          std::move(body)};
}

// Single hits, a chunk at a time.
class ClickFile {
 public:
  ClickFile(ClickStore& store, const StatsQuery& query, const Format& format,
            ClickExport::Write write, std::shared_ptr<void> turn)
      : turn_(std::move(turn)), pages_(store, query, format.page_rows, std::move(write)) {}

  // Whether there is more.
  Result<bool> write(std::string& out) {
    while (at_ == page_.size()) {
      TRY_ASSIGN(auto page, pages_.next());
      if (!page) return false;
      page_ = std::move(*page);
      at_ = 0;
    }
    const std::string_view chunk = std::string_view(page_).substr(at_, kChunk);
    out += chunk;
    at_ += chunk.size();
    return true;
  }

 private:
  const std::shared_ptr<void> turn_;
  ClickExport pages_;
  std::string page_;
  std::size_t at_ = 0;  // of it, that is sent
};

ClickExport::Write writer_of(const ClickIdCodec& ids, const Format& format, bool guarded) {
  const bool is_csv = &format == &kCsvFile;
  return [&ids, is_csv, guarded](ClickRows& rows) -> Result<std::string> {
    std::string out;
    CsvWriter csv(out, guarded);
    for (;;) {
      TRY_ASSIGN(const Click* const click, rows.next());
      if (click == nullptr) return out;
      if (is_csv)
        put_csv_click(csv, *click, ids);
      else
        out.append(click_json(*click, ids)).push_back('\n');
    }
  };
}

Result<Response> export_clicks(Api& api, const Asked& asked, const Format& format) {
  TRY_ASSIGN(auto turn, take_turn(api.exports));
  const bool guarded = !asked.question.raw;
  Response out = file(api, asked, format, "clicks", {});
  if (&format == &kCsvFile) {
    CsvWriter csv(out.body, guarded);
    put_csv_names(csv);
  }
  const auto clicks =
      std::make_shared<ClickFile>(api.deps.clicks, asked.query, format,
                                  writer_of(api.click_ids, format, guarded), std::move(turn));
  TRY_ASSIGN(const bool more, as_parameter(clicks->write(out.body)));
  if (more) out.more = [clicks](std::string& chunk) { return clicks->write(chunk); };
  return out;
}

Result<Breakdown> whole_breakdown(Api& api, const Asked& asked, Dimension by) {
  if (by != Dimension::tag) return api.deps.clicks.breakdown(asked.query, by, kMaxBreakdownRows);
  TRY_ASSIGN(const Breakdown by_link,
             api.deps.clicks.breakdown(asked.query, Dimension::link, kMaxBreakdownRows));
  std::vector<LinkId> ids;
  for (const BreakdownRow& row : by_link.rows)
    if (const auto id = LinkId::parse(row.value)) ids.push_back(*id);
  TRY_ASSIGN(const auto links, api.deps.links.find(asked.query.workspace, ids));
  return fold_by_tag(by_link, links, kMaxBreakdownRows);
}

Result<ExportTable> counted_rows(Api& api, const Asked& asked) {
  const StatsQuestion& question = asked.question;
  if (question.by) {
    TRY_ASSIGN(const Breakdown rows, as_parameter(whole_breakdown(api, asked, *question.by)));
    return ExportTable::of(rows);
  }
  const Interval interval = question.interval.value_or(auto_interval(asked.query.range));
  const auto starts = bucket_starts(asked.query.range, interval, question.zone);
  if (!starts)
    return refuse("interval", "too_many_points", "that would be more than 10,000 points");
  TRY_ASSIGN(const auto series, as_parameter(api.deps.clicks.timeseries(asked.query, *starts)));
  return ExportTable::of(series, question.zone);
}

using Pulled = Result<std::unique_ptr<PulledBody>>;

// The store writes the file; it is sent as it comes.
Result<Response> parquet_file(Response out, Pulled pulled, std::shared_ptr<void> turn) {
  if (!pulled) return std::unexpected(std::move(pulled).error());
  const std::shared_ptr<PulledBody> body = std::move(*pulled);
  TRY_ASSIGN(const bool more, body->next(out.body));
  if (more)
    out.more = [body, turn = std::move(turn)](std::string& chunk) { return body->next(chunk); };
  return out;
}

Result<Response> export_counts(Api& api, const Asked& asked, const Format& format) {
  TRY_ASSIGN(const ExportTable table, counted_rows(api, asked));
  Response out = file(api, asked, format, asked.question.by ? "breakdown" : "timeseries", {});
  if (&format == &kParquetFile) {
    TRY_ASSIGN(auto turn, take_turn(api.parquet_exports));
    return parquet_file(std::move(out), api.deps.clicks.parquet_of(table.structure(), table.tsv()),
                        std::move(turn));
  }
  out.body = &format == &kCsvFile ? table.csv(!asked.question.raw) : table.ndjson();
  return out;
}

Result<Response> export_as(Api& api, const Call& call, const Format& format) {
  TRY_ASSIGN(const Asked asked, ask(api, call, kExport));
  if (asked.question.by && asked.question.has_interval)
    return refuse("interval", "bad_value", "an export is either by a dimension or by time");
  if (asked.question.by || asked.question.has_interval) return export_counts(api, asked, format);
  if (&format != &kParquetFile) return export_clicks(api, asked, format);
  TRY_ASSIGN(auto turn, take_turn(api.parquet_exports));
  Response out = file(api, asked, format, "clicks", {});
  return parquet_file(std::move(out), api.deps.clicks.parquet(asked.query, api.deps.click_id_key),
                      std::move(turn));
}

}  // namespace

Result<Response> export_csv(Api& api, const Call& call) { return export_as(api, call, kCsvFile); }
Result<Response> export_ndjson(Api& api, const Call& call) {
  return export_as(api, call, kNdjsonFile);
}
Result<Response> export_parquet(Api& api, const Call& call) {
  return export_as(api, call, kParquetFile);
}

}  // namespace tally
