// SPDX-License-Identifier: Apache-2.0
#include "case_file.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "base/check.h"
#include "clicks/place_weeks.h"
#include "model/calendar.h"
#include "model/place_clocks.h"

namespace tally {
namespace {

namespace json = boost::json;

std::string text_of(const json::value& value) { return std::string(value.as_string()); }

UnixMillis time_of(const json::value& value, const TimeZone& zone) {
  const auto time = parse_time(text_of(value), zone, "time");
  CHECK(time);
  return *time;
}

template <class Kind, std::size_t N>
Kind kind_of(const std::array<std::string_view, N>& names, const json::value& value) {
  const auto kind = parse_kind<Kind>(names, text_of(value));
  CHECK(kind);
  return *kind;
}

void set_field(Click& click, std::string_view name, const json::value& value) {
  if (name == "time") {
    click.time = time_of(value, TimeZone::utc());
  } else if (name == "link") {
    click.link = LinkId{value.to_number<std::uint64_t>()};
  } else if (name == "outcome") {
    click.outcome = kind_of<Outcome>(kOutcomeNames, value);
  } else if (name == "traffic") {
    click.traffic = kind_of<Traffic>(kTrafficNames, value);
  } else if (name == "trigger") {
    click.trigger = kind_of<Trigger>(kTriggerNames, value);
  } else if (name == "platform") {
    click.platform = kind_of<Platform>(kPlatformNames, value);
  } else if (name == "device") {
    click.device = kind_of<Device>(kDeviceNames, value);
  } else if (name == "screen_source") {
    click.screen_source = kind_of<ScreenSource>(kScreenSourceNames, value);
  } else if (name == "visitor") {
    click.visitor = value.to_number<std::uint64_t>();
  } else if (name == "first") {
    click.first = value.as_bool();
  } else if (name == "first_ws") {
    click.first_ws = value.as_bool();
  } else if (name == "in_app") {
    click.in_app = value.as_bool();
  } else if (name == "imported") {
    click.imported = value.as_bool();
  } else if (name == "screen_w") {
    click.screen_w = value.to_number<std::uint16_t>();
  } else if (name == "screen_h") {
    click.screen_h = value.to_number<std::uint16_t>();
  } else if (name == "dpr") {
    click.dpr = value.to_number<float>();
  } else {
    const auto texts = click_texts();
    const auto found = std::ranges::find(texts, name, &ClickText::name);
    CHECK(found != texts.end());
    click.*(found->member) = text_of(value);
  }
}

Filter filter_of(std::string_view name, const json::array& values) {
  const auto by = parse_kind<Dimension>(kDimensionNames, name);
  CHECK(by);
  Filter filter{*by, false, {}};
  for (const json::value& value : values) {
    std::string text = text_of(value);
    filter.none_of = text.starts_with('!');
    filter.values.push_back(filter.none_of ? text.substr(1) : text);
  }
  return filter;
}

LandingView view_of(const Click& click, const json::array& screen) {
  LandingView view;
  view.key = click.key;
  view.key.shard = 1;
  view.click = click.key;
  view.time = click.time;
  view.viewed = click.time + 500;
  view.workspace = click.workspace;
  view.link = click.link;
  view.screen_w = screen.at(0).to_number<std::uint16_t>();
  view.screen_h = screen.at(1).to_number<std::uint16_t>();
  view.dpr = screen.at(2).to_number<float>();
  return view;
}

Question question_of(const json::object& object, WorkspaceId workspace) {
  Question question;
  question.ask = text_of(object.at("ask"));
  question.tz = object.contains("tz") ? text_of(object.at("tz")) : "UTC";
  const auto zone = TimeZone::load(question.tz);
  CHECK(zone);
  question.query.workspace = workspace;
  question.query.range = {time_of(object.at("from"), *zone), time_of(object.at("to"), *zone)};
  if (const auto* traffic = object.if_contains("traffic"))
    question.query.traffic =
        kind_of<TrafficFilter>(std::array<std::string_view, 3>{"human", "bot", "all"}, *traffic);
  if (const auto* filters = object.if_contains("filters"))
    for (const auto& [name, values] : filters->as_object())
      question.query.filters.push_back(filter_of(name, values.as_array()));
  if (const auto* interval = object.if_contains("interval")) {
    const auto starts =
        bucket_starts(question.query.range, *parse_interval(text_of(*interval)), *zone);
    CHECK(starts);
    question.starts = *starts;
  }
  if (const auto* by = object.if_contains("by"))
    question.by = kind_of<Dimension>(kDimensionNames, *by);
  if (const auto* limit = object.if_contains("limit"))
    question.limit = limit->to_number<std::size_t>();
  question.answer = object.at("answer");
  return question;
}

json::value count_json(const std::optional<std::uint64_t>& count) {
  return count ? json::value(*count) : json::value(nullptr);
}

json::value summary_json(const Summary& summary) {
  json::object outcomes;
  for (const OutcomeCount& count : summary.outcomes)
    outcomes[std::string(to_text(count.outcome))] = count.clicks;
  return {{"clicks", summary.clicks},
          {"unique_clicks", count_json(summary.unique_clicks)},
          {"visitors", count_json(summary.visitors)},
          {"bots", summary.bots},
          {"other_hits", summary.other_hits},
          {"outcomes", outcomes}};
}

// [start in its zone, clicks, unique clicks, bots], without empty buckets at no loss: their number
// is the first element.
json::value points_json(const std::vector<SeriesPoint>& points, const std::string& tz) {
  const auto zone = TimeZone::load(tz);
  CHECK(zone);
  json::array out = {points.size()};
  for (const SeriesPoint& point : points)
    if (point.clicks != 0 || point.bots != 0)
      out.push_back(json::array{format_local(point.start, *zone), point.clicks,
                                count_json(point.unique_clicks), point.bots});
  return out;
}

// [value, kind, clicks, unique clicks] and at the end ["total", clicks, unique clicks]; by screen,
// ["known from", beacon, user agent, client hint] behind that.
json::value breakdown_json(const Breakdown& breakdown) {
  json::array out;
  for (const BreakdownRow& row : breakdown.rows)
    out.push_back(json::array{row.value, std::string(to_text(row.kind)), row.clicks,
                              count_json(row.unique_clicks)});
  out.push_back(json::array{"total", breakdown.clicks, count_json(breakdown.unique_clicks)});
  if (const auto& known = breakdown.coverage)
    out.push_back(json::array{"known from", known->beacon, known->user_agent, known->client_hint});
  return out;
}

// [clicks without a clock, then weekday, hour, clicks, unique clicks of each hour that has clicks].
json::value week_json(const PlaceWeek& week) {
  json::array out = {week.unplaced};
  for (std::size_t hour = 0; hour < kWeekHours; ++hour) {
    std::uint64_t clicks = 0, first = 0;
    for (const PlaceWeek::Hours& hours : week.clocks) {
      clicks += hours[hour].clicks;
      first += hours[hour].first;
    }
    if (clicks > 0) out.push_back(json::array{hour / 24 + 1, hour % 24, clicks, first});
  }
  return out;
}

json::value raw_json(ClickStore& store, const Question& question) {
  // All pages of `limit`, as the times and links on them.
  json::array out;
  std::optional<ClickCursor> after;
  do {
    const auto page = store.raw_clicks(question.query, after, question.limit);
    if (!page) return json::value(page.error().line());
    json::array rows;
    for (const Click& click : page->clicks)
      rows.push_back(json::array{format_utc(click.time), click.link.text(),
                                 std::string(to_text(click.outcome))});
    out.push_back(rows);
    after = page->next;
  } while (after);
  return out;
}

}  // namespace

CaseFile read_case(const std::string& path, WorkspaceId workspace) {
  std::ifstream in(path);
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  const json::object root = json::parse(text).as_object();
  CaseFile file;
  file.about = text_of(root.at("about"));
  std::uint64_t n = 0;
  for (const json::value& described : root.at("clicks").as_array()) {
    Click click;
    click.workspace = workspace;
    click.outcome = Outcome::redirected;
    std::uint64_t copies = 1;
    const json::array* screen = nullptr;
    for (const auto& [name, value] : described.as_object()) {
      if (name == "copies") {
        copies = value.to_number<std::uint64_t>();
      } else if (name == "view") {
        screen = &value.as_array();
      } else {
        set_field(click, name, value);
      }
    }
    for (; copies > 0; --copies) {
      click.key = {1, static_cast<std::uint32_t>(workspace.value), 0, n++};
      file.clicks.push_back(click);
      if (screen != nullptr) file.views.push_back(view_of(click, *screen));
    }
  }
  for (const json::value& question : root.at("questions").as_array())
    file.questions.push_back(question_of(question.as_object(), workspace));
  return file;
}

json::value answer_json(ClickStore& store, const Question& question) {
  const auto failed = [](const auto& result) { return json::value(result.error().line()); };
  if (question.ask == "summary") {
    const auto summary = store.summary(question.query);
    return summary ? summary_json(*summary) : failed(summary);
  }
  if (question.ask == "breakdown") {
    const auto breakdown = store.breakdown(question.query, *question.by, question.limit);
    if (!breakdown) return failed(breakdown);
    // Beside others it is the same.
    std::vector<Dimension> several{*question.by};
    if (*question.by != Dimension::link) several.insert(several.begin(), Dimension::link);
    if (*question.by != Dimension::os) several.push_back(Dimension::os);
    const auto place = std::ranges::find(several, *question.by) - several.begin();
    const auto all = store.breakdowns(question.query, several, question.limit);
    CHECK(all &&
          breakdown_json(all->at(static_cast<std::size_t>(place))) == breakdown_json(*breakdown));
    return breakdown_json(*breakdown);
  }
  if (question.ask == "timeseries" && !question.by) {
    const auto points = store.timeseries(question.query, question.starts);
    return points ? points_json(*points, question.tz) : failed(points);
  }
  if (question.ask == "timeseries") {
    const auto series =
        store.timeseries_by(question.query, question.starts, *question.by, question.limit);
    if (!series) return failed(series);
    json::array out;
    for (const Series& one : *series)
      out.push_back(json::array{one.value, std::string(to_text(one.kind)),
                                points_json(one.points, question.tz)});
    return out;
  }
  if (question.ask == "visitor_week") {
    const PlaceClocks clocks = place_clocks(question.query.range);
    const auto week = store.place_week(question.query, clocks);
    return week ? week_json(*week) : failed(week);
  }
  CHECK(question.ask == "raw");
  return raw_json(store, question);
}

}  // namespace tally
