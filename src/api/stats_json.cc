// SPDX-License-Identifier: Apache-2.0
#include "api/stats_json.h"

#include "clicklog/click_json.h"
#include "model/money.h"

namespace tally {
namespace {

void put_conversions(JsonWriter& out, const ConversionTotals& totals, std::uint64_t human_clicks) {
  out.field("conversions", totals.conversions)
      .field("conversion_value", units(static_cast<std::int64_t>(totals.value_micros)))
      .field("converted_clicks", totals.converted_clicks);
  put_rate(out, "conversion_rate", rate_of(totals.converted_clicks, human_clicks));
}

void put_change(JsonWriter& out, const ComparedSummary& summary) {
  const Summary &now = summary.now, &before = summary.previous;
  const Rates &rates = summary.rates, &rates_before = summary.previous_rates;
  out.begin_object()
      .field("clicks", change_of(now.clicks, before.clicks))
      .field("unique_clicks", change_of(now.unique_clicks, before.unique_clicks))
      .field("visitors", change_of(now.visitors, before.visitors))
      .field("bots", change_of(now.bots, before.bots))
      .field("impressions", change_of(rates.figures.impressions, rates_before.figures.impressions))
      .field("ctr", change_of(rates.ctr().value, rates_before.ctr().value))
      .field("cost", change_of(rates.figures.cost, rates_before.figures.cost))
      .field("cpc", change_of(rates.cpc(), rates_before.cpc()))
      .field("conversions",
             change_of(summary.conversions.conversions, summary.previous_conversions.conversions))
      .end_object();
}

void put_coverage(JsonWriter& out, const std::optional<ScreenCoverage>& coverage,
                  std::uint64_t clicks) {
  out.key("coverage");
  if (!coverage) {
    out.value(nullptr);
    return;
  }
  std::optional<double> share;
  if (clicks != 0) share = static_cast<double>(coverage->known()) / static_cast<double>(clicks);
  out.begin_object()
      .field("known", coverage->known())
      .field("share", share)
      .key("by_source")
      .begin_object()
      .field("beacon", coverage->beacon)
      .field("user_agent", coverage->user_agent)
      .field("client_hint", coverage->client_hint)
      .end_object()
      .end_object();
}

void put_breakdown(JsonWriter& out, const Breakdown& breakdown, Dimension by, const Labels& labels,
                   const Freshness& freshness) {
  out.begin_object()
      .field("by", to_text(by))
      .field("multi_valued", by == Dimension::tag)
      .key("rows")
      .begin_array();
  for (const BreakdownRow& row : breakdown.rows) {
    const auto label = labels.find(row.value);
    const double share = breakdown.clicks == 0 ? 0
                                               : static_cast<double>(row.clicks) /
                                                     static_cast<double>(breakdown.clicks);
    out.begin_object();
    put_value(out, row.value, row.kind);
    out.text_or_null("label", label == labels.end() ? "" : label->second)
        .field("clicks", row.clicks)
        .field("unique_clicks", row.unique_clicks)
        .field("share", std::min(share, 1.0))
        .field("conversions", row.conversions)
        .end_object();
  }
  out.end_array()
      .key("total")
      .begin_object()
      .field("clicks", breakdown.clicks)
      .field("unique_clicks", breakdown.unique_clicks)
      .end_object();
  put_coverage(out, breakdown.coverage, breakdown.clicks);
  put_freshness(out, freshness);
  out.end_object();
}

void put_cells(JsonWriter& out, const WeekFold& week) {
  out.key("cells").begin_array();
  for (std::size_t i = 0; i < week.size(); ++i)
    out.begin_object()
        .field("weekday", i / kHoursPerDay + 1)
        .field("hour", i % kHoursPerDay)
        .field("clicks", week[i].clicks)
        .field("unique_clicks", week[i].unique_clicks)
        .field("hours", week[i].hours)
        .end_object();
  out.end_array();
}

}  // namespace

std::optional<double> change_of(std::optional<double> now, std::optional<double> before) {
  if (!now || !before || *before == 0) return std::nullopt;
  return (*now - *before) / *before;
}

void put_bounds(JsonWriter& out, std::string_view name, const std::optional<Bounds>& bounds) {
  out.key(name);
  if (!bounds) {
    out.value(nullptr);
    return;
  }
  out.begin_object().field("low", bounds->low).field("high", bounds->high).end_object();
}

void put_rate(JsonWriter& out, std::string_view name, const Rate& rate) {
  out.field(name, rate.value);
  put_bounds(out, std::string(name) + "_interval", rate.bounds);
}

void put_numbers(JsonWriter& out, const Summary& summary, const Rates& rates,
                 const ConversionTotals& conversions) {
  out.field("clicks", summary.clicks)
      .field("unique_clicks", summary.unique_clicks)
      .field("visitors", summary.visitors)
      .field("bots", summary.bots);
  put_conversions(out, conversions, summary.human_clicks);
  put_rates(out, rates);
  out.field("cpa", rates.cpa(conversions.conversions));
}

void put_value(JsonWriter& out, const std::string& value, ValueKind kind) {
  out.key("value");
  if (kind == ValueKind::rest) {
    out.value(nullptr);
  } else {
    out.value(value);
  }
  out.field("kind", to_text(kind));
}

void put_freshness(JsonWriter& out, const Freshness& freshness) {
  out.field("as_of", format_utc(freshness.as_of)).field("incomplete", freshness.incomplete);
}

void put_range(JsonWriter& out, const TimeRange& range) {
  out.field("from", format_utc(range.from)).field("to", format_utc(range.to));
}

void put_previous(JsonWriter& out, const std::optional<TimeRange>& range) {
  out.key("previous");
  if (!range) {
    out.value(nullptr);
    return;
  }
  out.begin_object();
  put_range(out, *range);
  out.end_object();
}

std::string summary_json(const ComparedSummary& summary, const TimeZone& zone,
                         const Freshness& freshness) {
  JsonWriter out;
  out.begin_object();
  put_range(out, summary.range);
  out.field("tz", zone.name());
  out.text_or_null("currency", summary.currency);
  put_numbers(out, summary.now, summary.rates, summary.conversions);
  out.field("other_hits", summary.now.other_hits).key("outcomes").begin_array();
  for (const OutcomeCount& count : summary.now.outcomes)
    out.begin_object()
        .field("outcome", to_text(count.outcome))
        .field("clicks", count.clicks)
        .end_object();
  out.end_array();
  if (summary.previous_range) {
    out.key("previous").begin_object();
    put_range(out, *summary.previous_range);
    put_numbers(out, summary.previous, summary.previous_rates, summary.previous_conversions);
    out.end_object().key("change");
    put_change(out, summary);
  } else {
    out.field("previous", nullptr).field("change", nullptr);
  }
  put_freshness(out, freshness);
  return out.end_object().take();
}

std::string funnel_json(std::span<const FunnelStep> steps, TimeRange range, const TimeZone& zone,
                        const Freshness& freshness) {
  JsonWriter out;
  out.begin_object();
  put_range(out, range);
  out.field("tz", zone.name()).key("steps").begin_array();
  std::optional<std::uint64_t> before;
  for (const FunnelStep& step : steps) {
    Rate rate;
    if (step.count && before) rate = rate_of(*step.count, *before);
    out.begin_object().field("step", step.step).field("count", step.count);
    put_rate(out, "rate", rate);
    out.end_object();
    if (step.count) before = step.count;
  }
  out.end_array();
  put_freshness(out, freshness);
  return out.end_object().take();
}

std::string timeseries_json(std::span<const Series> series, std::optional<Dimension> by,
                            Interval interval, const TimeZone& zone, const Freshness& freshness) {
  JsonWriter out;
  out.begin_object().field("interval", to_text(interval)).field("tz", zone.name());
  if (by) out.field("by", to_text(*by));
  out.key("points").begin_array();
  const std::size_t count = series.empty() ? 0 : series.front().points.size();
  for (std::size_t i = 0; i < count; ++i) {
    for (const Series& line : series) {
      const SeriesPoint& point = line.points[i];
      out.begin_object().field("t", format_local(point.start, zone));
      if (by) put_value(out, line.value, line.kind);
      out.field("clicks", point.clicks)
          .field("unique_clicks", point.unique_clicks)
          .field("bots", point.bots)
          .end_object();
    }
  }
  out.end_array();
  put_freshness(out, freshness);
  return out.end_object().take();
}

std::string heatmap_json(const WeekFold& week, TimeRange range, const TimeZone& zone,
                         const Freshness& freshness) {
  JsonWriter out;
  out.begin_object();
  put_range(out, range);
  out.field("tz", zone.name());
  put_cells(out, week);
  put_freshness(out, freshness);
  return out.end_object().take();
}

std::string heatmap_json(const PlaceFold& fold, TimeRange range, const TimeZone& zone,
                         const Freshness& freshness) {
  const auto [known, clicks] = fold.coverage;
  JsonWriter out;
  out.begin_object();
  put_range(out, range);
  out.field("tz", zone.name()).field("clock", "visitor");
  out.key("coverage").begin_object().field("known", known);
  out.field("share", clicks > 0
                         ? std::optional(static_cast<double>(known) / static_cast<double>(clicks))
                         : std::nullopt);
  out.end_object();
  put_cells(out, fold.week);
  put_freshness(out, freshness);
  return out.end_object().take();
}

std::string breakdown_json(const Breakdown& breakdown, Dimension by, const Labels& labels,
                           const Freshness& freshness) {
  JsonWriter out;
  put_breakdown(out, breakdown, by, labels, freshness);
  return out.take();
}

std::string breakdowns_json(std::span<const Breakdown> breakdowns, std::span<const Dimension> by,
                            const Labels& labels, const Freshness& freshness) {
  JsonWriter out;
  out.begin_object().key("breakdowns").begin_array();
  for (std::size_t i = 0; i < breakdowns.size(); ++i)
    put_breakdown(out, breakdowns[i], by[i], labels, freshness);
  out.end_array();
  put_freshness(out, freshness);
  return out.end_object().take();
}

std::string clicks_json(std::span<const Click> clicks, const std::string& next_cursor,
                        const ClickIdCodec& ids, const Freshness& freshness) {
  JsonWriter out;
  out.begin_object().key("data").begin_array();
  for (const Click& click : clicks) put_click(out, click, ids, click.ip);
  out.end_array().text_or_null("next_cursor", next_cursor);
  put_freshness(out, freshness);
  return out.end_object().take();
}

}  // namespace tally
