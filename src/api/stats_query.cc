// SPDX-License-Identifier: Apache-2.0
#include "api/stats_query.h"

#include <algorithm>
#include <array>

#include "api/parameter.h"
#include "base/text.h"
#include "model/filter_text.h"
#include "model/kinds.h"

namespace tally {
namespace {

constexpr std::array<std::string_view, 6> kRanges = {"24h", "7d", "30d", "90d", "12mo", "all"};
constexpr std::array<std::string_view, 2> kFlags = {"true", "false"};
constexpr std::array<std::string_view, 2> kRaw = {"0", "1"};
constexpr std::array<std::string_view, 2> kClocks = {"viewer", "visitor"};
constexpr std::string_view kUnknown = "Unknown";
constexpr std::size_t kMaxValues = 500;
constexpr std::size_t kMaxCompared = 10;

std::unexpected<Error> bad_value(std::string_view field, std::string_view expected) {
  return bad_parameter(field, "'" + std::string(field) + "' must be " + std::string(expected));
}

// Faults that the calendar found, as faults of a parameter.
std::unexpected<Error> as_parameter(Error error, std::string slug) {
  error.code = ErrorCode::malformed;
  error.slug = std::move(slug);
  return std::unexpected(std::move(error));
}

template <std::size_t N>
std::string one_of(const std::array<std::string_view, N>& names) {
  std::string out = "one of ";
  for (std::size_t i = 0; i < N; ++i) out.append(i == 0 ? "" : ", ").append(names[i]);
  return out;
}

template <std::size_t N>
Result<void> check_name(const std::array<std::string_view, N>& names, std::string_view field,
                        std::string_view value) {
  if (std::ranges::find(names, value) != names.end()) return {};
  return bad_value(field, one_of(names));
}

bool is_country(std::string_view value) {
  const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  return value == kUnknown || (value.size() == 2 && std::ranges::all_of(value, upper));
}

bool is_screen(std::string_view value) {
  const auto x = value.find('x');
  return value == kUnknown ||
         (x != std::string_view::npos && parse_number<std::uint16_t>(value.substr(0, x)) &&
          parse_number<std::uint16_t>(value.substr(x + 1)));
}

// The dimensions whose values are known beforehand; the others take any text.
Result<void> check_value(Dimension by, std::string_view value) {
  const std::string_view field = to_text(by);
  switch (by) {
    case Dimension::link:
      if (LinkId::parse(value)) return {};
      return bad_value(field, "a link's id, like lnk_42");
    case Dimension::country:
      if (is_country(value)) return {};
      return bad_value(field, "two capital letters (ISO 3166-1) or Unknown");
    case Dimension::screen:
      if (is_screen(value)) return {};
      return bad_value(field, "like 1080x2340, or Unknown");
    case Dimension::dpr:
      if (value == kUnknown || parse_number<float>(value)) return {};
      return bad_value(field, "a number or Unknown");
    case Dimension::platform:
      return check_name(kPlatformNames, field, value);
    case Dimension::device:
      return check_name(kDeviceNames, field, value);
    case Dimension::screen_source:
      return check_name(kScreenSourceNames, field, value);
    case Dimension::trigger:
      return check_name(kTriggerNames, field, value);
    case Dimension::outcome:
      return check_name(kOutcomeNames, field, value);
    case Dimension::in_app:
    case Dimension::first:
    case Dimension::imported:
      return check_name(kFlags, field, value);
    default:
      return {};
  }
}

Result<void> read_interval(std::string_view value, StatsQuestion& question) {
  question.has_interval = true;
  if (value == "auto") return {};
  question.interval = parse_interval(value);
  if (!question.interval) return bad_value("interval", one_of(kIntervalNames) + " or auto");
  return {};
}

Result<void> read_by(std::string_view value, StatsQuestion& question) {
  question.by = parse_dimension(value);
  if (!question.by) return bad_value("by", one_of(kDimensionNames));
  return {};
}

// A list of distinct dimensions that the click store knows.
Result<void> read_several(std::string_view value, StatsQuestion& question) {
  for (const std::string_view name : split(value, ',')) {
    const auto by = parse_dimension(name);
    if (!by || *by == Dimension::tag ||
        std::ranges::find(question.several, *by) != question.several.end())
      return bad_value("by", "some of " + one_of(kDimensionNames) +
                                 ", each once, with commas between them; tag goes alone, to "
                                 "stats/breakdown");
    question.several.push_back(*by);
  }
  return {};
}

// `traffic` is a dimension to break down by, but its parameter is the class asked for.
std::optional<Dimension> filter_dimension(std::string_view name) {
  return name == "traffic" ? std::nullopt : parse_dimension(name);
}

Result<void> read_parameter(const QueryParameter& parameter, const StatsAccepts& accepts,
                            StatsQuestion& question, std::optional<std::string>& range) {
  const auto& [name, value] = parameter;
  if (name == "from" || name == "to") {
    (name == "from" ? question.from : question.to) = value;
  } else if (name == "range") {
    TRY(check_name(kRanges, name, value));
    range = value;
  } else if (name == "tz") {
    auto zone = TimeZone::load(value);
    if (!zone) return as_parameter(std::move(zone).error(), "bad_value");
    question.zone = std::move(*zone);
  } else if (name == "traffic") {
    TRY(check_name(kTrafficFilterNames, name, value));
    question.traffic = *parse_kind<TrafficFilter>(kTrafficFilterNames, value);
  } else if (name == "interval" && accepts.interval) {
    return read_interval(value, question);
  } else if (name == "by" && accepts.by) {
    return read_by(value, question);
  } else if (name == "by" && accepts.several) {
    return read_several(value, question);
  } else if (name == "limit" && accepts.max_limit > 0) {
    TRY_ASSIGN(question.limit, read_limit(value, accepts.max_limit));
  } else if (name == "cursor" && accepts.cursor) {
    question.cursor = value;
  } else if (name == "raw" && accepts.raw) {
    TRY(check_name(kRaw, name, value));
    question.raw = value == "1";
  } else if (name == "clock" && accepts.clock) {
    TRY(check_name(kClocks, name, value));
    question.visitor_clock = value == "visitor";
  } else if (name == "values" && accepts.values) {
    question.values = {value};  // as it is, until `by` is known
  } else if (const auto by = filter_dimension(name)) {
    TRY_ASSIGN(Filter filter, read_filter(*by, value));
    question.filters.push_back(std::move(filter));
  } else {
    return unknown_parameter(name);
  }
  return {};
}

// The values to lay side by side, in the grammar of a filter.
Result<void> read_values(StatsQuestion& question) {
  if (question.values.empty())
    return refuse_parameter("values", "required", "'values' is needed: what to compare");
  auto filter = read_filter(question.by.value_or(Dimension::link), question.values.front());
  if (!filter) {
    Error error = std::move(filter).error();
    error.field = "values";
    return std::unexpected(std::move(error));
  }
  if (filter->none_of || filter->values.size() < 2 || filter->values.size() > kMaxCompared)
    return bad_value("values", "2 to 10 values of 'by', with commas between them");
  std::ranges::sort(question.values = filter->values);
  if (std::ranges::adjacent_find(question.values) != question.values.end())
    return bad_value("values", "different from each other");
  question.values = std::move(filter->values);
  return {};
}

}  // namespace

std::optional<Dimension> parse_dimension(std::string_view name) {
  return parse_kind<Dimension>(kDimensionNames, name);
}

Result<Filter> read_filter(Dimension by, std::string_view text) {
  auto out = parse_filter(by, text);
  if (!out) return bad_value(to_text(by), "without a backslash at its end");
  if (out->values.size() > kMaxValues) return bad_value(to_text(by), "at most 500 values");
  for (const std::string& each : out->values) TRY(check_value(by, each));
  return std::move(*out);
}

Result<StatsQuestion> read_stats_question(const std::vector<QueryParameter>& parameters,
                                          const StatsAccepts& accepts) {
  StatsQuestion out;
  out.limit = accepts.default_limit;
  std::optional<std::string> range;
  for (const QueryParameter& parameter : parameters)
    TRY(read_parameter(parameter, accepts, out, range));
  if (out.from.empty() != out.to.empty())
    return refuse_parameter(out.from.empty() ? "from" : "to", "required",
                            "'from' and 'to' go together");
  if (!out.from.empty() && range)
    return refuse_parameter("range", "bad_range", "give either 'range' or 'from' and 'to'");
  if (!out.from.empty()) out.range.clear();
  if (range) out.range = *range;
  if (accepts.values) TRY(read_values(out));
  if ((accepts.by_needed && !out.by) || (accepts.several && out.several.empty()))
    return refuse_parameter("by", "required", "'by' is needed");
  return out;
}

Result<ComparedRange> resolve_range(const StatsQuestion& question, UnixMillis now,
                                    UnixMillis beginning) {
  if (!question.range.empty()) {
    auto named = named_range(question.range, now, beginning, question.zone);
    if (!named) return as_parameter(std::move(named).error(), "bad_range");
    return named;
  }
  const auto from = parse_time(question.from, question.zone, "from");
  if (!from) return as_parameter(from.error(), "bad_value");
  const auto to = parse_time(question.to, question.zone, "to");
  if (!to) return as_parameter(to.error(), "bad_value");
  if (*from >= *to) return refuse_parameter("to", "bad_range", "'to' must be after 'from'");
  return compared({*from, *to}, question.zone);
}

}  // namespace tally
