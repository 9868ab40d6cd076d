// SPDX-License-Identifier: Apache-2.0
#include "api/export_input.h"

#include "api/bucket_input.h"
#include "api/common_input.h"
#include "api/export_body.h"
#include "api/stats_query.h"

namespace tally {
namespace {

// What one parameter of an export would be read as; nothing, and a fault, when it is refused.
std::optional<StatsQuestion> read_parameter(JsonFields& fields, const char* name,
                                            const std::string& value) {
  auto question = read_stats_question({{name, value}}, kExportAccepts);
  if (question) return std::move(*question);
  fields.refuse(name, question.error().slug, question.error().message);
  return std::nullopt;
}

void read_question(JsonFields& fields, ExportSchedule& out) {
  std::optional<std::string> text;
  if (fields.has("by")) {
    fields.text_or_null("by", text);
    const auto question = text ? read_parameter(fields, "by", *text) : std::nullopt;
    out.shape.by = question ? question->by : std::nullopt;
  }
  if (fields.has("interval")) {
    text.reset();
    fields.text_or_null("interval", text);
    const auto question = text ? read_parameter(fields, "interval", *text) : std::nullopt;
    out.shape.by_time = question.has_value();
    out.shape.interval = question ? question->interval : std::nullopt;
  }
  if (fields.has("traffic")) {
    std::string traffic;
    fields.text("traffic", traffic);
    if (const auto question = read_parameter(fields, "traffic", traffic))
      out.traffic = question->traffic;
  }
  read_filters(fields, out.filters);
  fields.boolean("raw", out.shape.raw);
}

void read_rest(JsonFields& fields, ExportSchedule& out) {
  std::uint64_t keep = out.keep;
  fields.text("name", out.name);
  fields.number("keep", keep);
  fields.boolean("enabled", out.enabled);
  read_bucket(fields, out.bucket);
  if (keep == 0 || keep > kMaxExportsKept)
    fields.refuse("keep", "out_of_range", "must be from 1 to 1000");
  else
    out.keep = static_cast<std::uint32_t>(keep);
}

Result<void> check(ExportSchedule& schedule) {
  TRY(check_name(schedule.name, kMaxExportName));
  if (schedule.bucket) TRY(check_bucket(*schedule.bucket));
  if (auto good = check_shape(schedule.shape); !good) {
    Error error = std::move(good).error();
    error.code = ErrorCode::invalid;
    return std::unexpected(std::move(error));
  }
  if (schedule.shape.interval == Interval::minute && longest_days(schedule.period) > 1)
    return fail_field("interval", "too_many_points", "that would be more than 10,000 points");
  return {};
}

}  // namespace

Result<ExportSchedule> read_export_schedule(std::string_view body, UnixMillis now,
                                            const TimeZone& zone) {
  TRY_ASSIGN(const JsonDocument document, JsonDocument::parse(body));
  JsonFields fields(document);
  ExportSchedule out;
  std::optional<std::string> from;
  fields.require("name");
  fields.require("period");
  read_kind(fields, "format", kExportFormatNames, out.format);
  read_kind(fields, "period", kPeriodKindNames, out.period);
  fields.text_or_null("from", from);
  read_question(fields, out);
  read_rest(fields, out);
  TRY(fields.finish());
  TRY(check(out));
  out.begins_at = last_closed_period(out.period, now, zone);
  if (from) {
    const auto begin = parse_time(*from, zone, "from");
    if (!begin) return fail_field("from", "bad_value", begin.error().message);
    out.begins_at = *begin;
  }
  return out;
}

Result<void> patch_export_schedule(ExportSchedule& schedule, std::string_view body) {
  TRY_ASSIGN(const JsonDocument document, JsonDocument::parse(body));
  JsonFields fields(document);
  read_question(fields, schedule);
  read_rest(fields, schedule);
  TRY(fields.finish());
  return check(schedule);
}

}  // namespace tally
