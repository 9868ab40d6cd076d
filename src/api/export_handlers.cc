// SPDX-License-Identifier: Apache-2.0
//
// Exports of what is there now, as answers.
#include "api/asked.h"
#include "api/export_body.h"
#include "api/handlers.h"

namespace tally {
namespace {

Response file(const Api& api, const Asked& asked, const ExportQuestion& question) {
  const Freshness fresh = freshness(api, asked);
  const std::string day = format_utc(asked.now).substr(0, 10);
  Response out;
  out.fields = {
      {"Content-Type", std::string(media_type(question.format))},
      {"Content-Disposition", "attachment; filename=\"" + std::string(content_of(question.shape)) +
                                  "-" + day + "." + std::string(to_text(question.format)) + "\""},
      {"X-Tallymark-As-Of", format_utc(fresh.as_of)},
      {"X-Tallymark-Incomplete", fresh.incomplete ? "true" : "false"}};
  return out;
}

Result<Response> export_as(Api& api, const Call& call, ExportFormat format) {
  TRY_ASSIGN(const Asked asked, ask(api, call, kExportAccepts));
  const StatsQuestion& asks = asked.question;
  const ExportQuestion question{
      format, {asks.by, asks.has_interval, asks.interval, asks.raw}, asked.query, asks.zone};
  Response out = file(api, asked, question);
  TRY_ASSIGN(ExportBody body, open_export({api.deps.clicks, api.deps.links, api.deps.export_places,
                                           api.deps.click_id_key},
                                          question));
  out.body = std::move(body.first);
  out.more = std::move(body.more);
  return out;
}

}  // namespace

Result<Response> export_csv(Api& api, const Call& call) {
  return export_as(api, call, ExportFormat::csv);
}
Result<Response> export_ndjson(Api& api, const Call& call) {
  return export_as(api, call, ExportFormat::ndjson);
}
Result<Response> export_parquet(Api& api, const Call& call) {
  return export_as(api, call, ExportFormat::parquet);
}

}  // namespace tally
