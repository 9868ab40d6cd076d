// SPDX-License-Identifier: Apache-2.0
//
// Impressions and costs: entered all or none, listed, removed. The two kinds differ in a name and
// in how a value is written.
#include <algorithm>

#include "api/figures_input.h"
#include "api/handlers.h"
#include "base/json_writer.h"
#include "api/parameter.h"
#include "api/problem.h"
#include "base/text.h"
#include "http/query_string.h"
#include "model/money.h"

namespace tally {
namespace {

constexpr std::size_t kUsualPage = 100, kMaxPage = 1'000;

// "2026-03-01.lnk_7": the last entry of a page.
std::string cursor_of(const Figure& figure) {
  return format_day(figure.day) + "." + figure.link.text();
}

Result<std::pair<Day, LinkId>> read_cursor(std::string_view text) {
  const auto dot = std::min(text.find('.'), text.size());
  const auto day = parse_day(text.substr(0, dot));
  const auto link = LinkId::parse(text.substr(std::min(dot + 1, text.size())));
  if (!day || !link) return bad_cursor();
  return std::pair(*day, *link);
}

Result<void> read_parameter(const QueryParameter& parameter, FigureListing& listing) {
  const auto& [name, value] = parameter;
  if (name == "link") {
    listing.link = LinkId::parse(value);
    if (!listing.link) return bad_parameter(name, "'link' must be a link's id, like lnk_42");
  } else if (name == "from" || name == "to") {
    const auto day = parse_day(value);
    if (!day) return bad_parameter(name, "'" + name + "' must be a day like 2026-03-01");
    (name == "from" ? listing.from : listing.to) = day;
  } else if (name == "limit") {
    TRY_ASSIGN(listing.limit, read_limit(value, kMaxPage));
  } else if (name == "cursor") {
    TRY_ASSIGN(listing.after, read_cursor(value));
  } else {
    return unknown_parameter(name);
  }
  return {};
}

Response refuse_entries(const FigureBatch& batch, std::span<const FigureFault> faults,
                        const Call& call, bool in_csv) {
  Problem problem{422, "invalid_items", "some entries cannot be stored: none was", "entries", {}};
  for (std::size_t i = 0; i < faults.size(); ++i) {
    Problem of_item = to_problem(faults[i].error);
    ItemProblem item{faults[i].index, std::move(of_item.code), std::move(of_item.detail),
                     std::move(of_item.field)};
    if (in_csv)
      item.line = batch.faults.empty() ? batch.lines.at(item.index) : batch.fault_lines.at(i);
    if (!in_csv && item.field == "link") item.field = "link_id";
    problem.items.push_back(std::move(item));
  }
  return problem_response(problem, call.request.id);
}

Result<Response> list_figures(Api& api, const Call& call, FigureKind kind) {
  TRY_ASSIGN(const auto parameters, parse_query_string(call.request.query));
  FigureListing listing{.workspace = call.workspace(), .kind = kind, .limit = kUsualPage};
  for (const QueryParameter& parameter : parameters) TRY(read_parameter(parameter, listing));
  const std::size_t limit = listing.limit++;  // one more says whether there is another page
  TRY_ASSIGN(auto figures, api.deps.figures.list(listing));
  const bool more = figures.size() > limit;
  if (more) figures.resize(limit);
  JsonWriter out;
  out.begin_object().key("data").begin_array();
  for (const Figure& figure : figures) {
    out.begin_object()
        .field("link_id", figure.link.text())
        .field("day", format_day(figure.day))
        .key(value_name(kind));
    if (kind == FigureKind::costs) {
      out.value(format_amount(figure.value));
    } else {
      out.value(figure.value);
    }
    out.end_object();
  }
  out.end_array().text_or_null("next_cursor", more ? cursor_of(figures.back()) : std::string());
  return json_response(out.end_object().take());
}

Result<Response> put_figures(Api& api, const Call& call, FigureKind kind) {
  const bool in_csv = equals_ignoring_case(media_type(call.request), kCsv);
  TRY_ASSIGN(const FigureBatch batch, in_csv ? read_figures_csv(call.request.body, kind)
                                             : read_figures_json(call.request.body, kind));
  if (!batch.faults.empty()) return refuse_entries(batch, batch.faults, call, in_csv);
  TRY_ASSIGN(const auto faults, api.deps.figures.put(call.workspace(), kind, batch.figures));
  if (!faults.empty()) return refuse_entries(batch, faults, call, in_csv);
  JsonWriter out;
  out.begin_object().field("entries", batch.figures.size()).end_object();
  return json_response(out.take());
}

Result<Response> delete_figure(Api& api, const Call& call, FigureKind kind) {
  const auto link = LinkId::parse(call.route.value("id"));
  const auto day = parse_day(call.route.value("day"));
  if (!link || !day) return fail(ErrorCode::not_found, "there is no such entry");
  TRY(api.deps.figures.remove(call.workspace(), kind, *link, *day));
  return Response{204, {}, {}};
}

}  // namespace

Result<Response> list_impressions(Api& api, const Call& call) {
  return list_figures(api, call, FigureKind::impressions);
}
Result<Response> put_impressions(Api& api, const Call& call) {
  return put_figures(api, call, FigureKind::impressions);
}
Result<Response> delete_impressions(Api& api, const Call& call) {
  return delete_figure(api, call, FigureKind::impressions);
}
Result<Response> list_costs(Api& api, const Call& call) {
  return list_figures(api, call, FigureKind::costs);
}
Result<Response> put_costs(Api& api, const Call& call) {
  return put_figures(api, call, FigureKind::costs);
}
Result<Response> delete_cost(Api& api, const Call& call) {
  return delete_figure(api, call, FigureKind::costs);
}

}  // namespace tally
