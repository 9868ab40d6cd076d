// SPDX-License-Identifier: Apache-2.0
#include "links/export_json.h"

#include "model/filter_text.h"

namespace tally {
namespace {

std::optional<std::string_view> interval_text(const ExportShape& shape) {
  if (!shape.by_time) return std::nullopt;
  return shape.interval ? to_text(*shape.interval) : "auto";
}

}  // namespace

void put_export_question(JsonWriter& out, const ExportSchedule& schedule) {
  const ExportShape& shape = schedule.shape;
  out.field("format", to_text(schedule.format))
      .field("period", to_text(schedule.period))
      .field("by", shape.by ? std::optional(to_text(*shape.by)) : std::nullopt)
      .field("interval", interval_text(shape))
      .field("traffic", to_text(schedule.traffic))
      .key("filters")
      .begin_object();
  for (const Filter& filter : schedule.filters) out.field(to_text(filter.by), filter_text(filter));
  out.end_object().field("raw", shape.raw);
}

void put_exported_file(JsonWriter& out, const ExportedFile* file) {
  const bool there = file != nullptr;
  out.field("file", there ? std::optional(file->name) : std::nullopt)
      .field("bytes", there ? std::optional(file->bytes) : std::nullopt)
      .field("rows", there ? file->rows : std::nullopt)
      .field("sha256", there ? std::optional(file->sha256) : std::nullopt)
      .field("incomplete", there ? std::optional(file->incomplete) : std::nullopt);
}

void put_export_event(JsonWriter& out, const ExportSchedule& schedule, const ExportRun& run,
                      const ExportedFile& file, bool anew) {
  out.begin_object()
      .field("export_id", schedule.id.text())
      .field("name", schedule.name)
      .field("run_id", run.id.text());
  put_export_question(out, schedule);
  out.field("of", run.period.name)
      .field("from", format_utc(run.period.range.from))
      .field("to", format_utc(run.period.range.to))
      .field("anew", anew);
  put_exported_file(out, &file);
  out.end_object();
}

std::string export_event_data(const ExportSchedule& schedule, const ExportRun& run,
                              const ExportedFile& file, bool anew) {
  JsonWriter out;
  put_export_event(out, schedule, run, file, anew);
  return out.take();
}

}  // namespace tally
