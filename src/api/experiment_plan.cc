// SPDX-License-Identifier: Apache-2.0
//
// How many visitors an experiment would need, asked before there is one (insights/sample_size.h).
#include <fmt/format.h>

#include "api/handlers.h"
#include "base/json_writer.h"
#include "api/parameter.h"
#include "base/text.h"
#include "http/query_string.h"
#include "insights/sample_size.h"

namespace tally {
namespace {

constexpr std::size_t kMaxArms = 20;
constexpr double kMostWeight = 1e6, kMostPerDay = 1e12;

Result<double> read_number(std::string_view name, std::string_view value, double above,
                           double below) {
  const auto number = parse_number<double>(value);
  if (number && *number > above && *number < below) return *number;
  return bad_parameter(name, "'" + std::string(name) + "' must be a number between " +
                                 fmt::format("{} and {}", above, below));
}

Result<std::vector<double>> read_weights(std::string_view value) {
  std::vector<double> out;
  for (const std::string_view piece : split(value, ',')) {
    TRY_ASSIGN(const double weight, read_number("weights", piece, 0, kMostWeight));
    out.push_back(weight);
  }
  if (out.size() >= 2 && out.size() <= kMaxArms) return out;
  return bad_parameter("weights", "'weights' must be 2 to 20 numbers, like 1,1");
}

Result<void> read_parameter(const QueryParameter& parameter, SampleSizeQuestion& question) {
  const auto& [name, value] = parameter;
  if (name == "base") {
    TRY_ASSIGN(question.baseline, read_number(name, value, 0, 1));
  } else if (name == "lift") {
    TRY_ASSIGN(question.effect, read_number(name, value, -1, 1e6));
  } else if (name == "alpha") {
    TRY_ASSIGN(question.alpha, read_number(name, value, 0, 1));
  } else if (name == "power") {
    TRY_ASSIGN(question.power, read_number(name, value, 0, 1));
  } else if (name == "weights") {
    TRY_ASSIGN(question.weights, read_weights(value));
  } else if (name == "per_day") {
    TRY_ASSIGN(question.trials_per_day, read_number(name, value, 0, kMostPerDay));
  } else {
    return unknown_parameter(name);
  }
  return {};
}

void put_size(JsonWriter& out, std::string_view name, const SampleSize& size) {
  out.key(name).begin_object().key("arms").begin_array();
  for (const std::uint64_t trials : size.arms) out.value(trials);
  out.end_array().field("total", size.total).field("days", size.days).end_object();
}

}  // namespace

Result<Response> plan_experiment(Api&, const Call& call) {
  TRY_ASSIGN(const auto parameters, parse_query_string(call.request.query));
  SampleSizeQuestion question;
  question.baseline = 0;
  for (const QueryParameter& parameter : parameters) TRY(read_parameter(parameter, question));
  if (question.baseline == 0)
    return refuse_parameter("base", "required", "'base' is needed: the control's rate, like 0.05");
  const auto plan = plan_sample_size(question);
  if (!plan)
    return bad_parameter("lift",
                         "no experiment finds that: the changed rate must be between 0 and "
                         "1 and differ from 'base', 'power' must be above 'alpha'");
  JsonWriter out;
  out.begin_object()
      .field("base", question.baseline)
      .field("lift", question.effect)
      .field("target", plan->target)
      .field("alpha", question.alpha)
      .field("power", question.power);
  put_size(out, "fixed", plan->fixed);
  put_size(out, "always_valid", plan->always_valid);
  return json_response(out.end_object().take());
}

}  // namespace tally
