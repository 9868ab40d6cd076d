// SPDX-License-Identifier: Apache-2.0
#include "api/experiment_json.h"

#include <algorithm>

#include "api/json.h"
#include "base/text.h"
#include "model/calendar.h"

namespace tally {
namespace {

constexpr std::int64_t kLeastEffect = 1'000, kMostEffect = 10'000'000;  // ppm

void read_effect(JsonFields& fields, std::uint32_t& ppm) {
  std::optional<std::int64_t> micros = ppm;
  fields.micros_or_null("least_effect", micros);
  if (micros && *micros >= kLeastEffect && *micros <= kMostEffect)
    ppm = static_cast<std::uint32_t>(*micros);
  else
    fields.refuse("least_effect", "out_of_range", "must be from 0.001 to 10");
}

Result<void> check(const ExperimentSetup& setup) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  if (trim(setup.name).empty() || setup.name.size() > kMaxExperimentName ||
      std::ranges::any_of(setup.name, is_control))
    return fail_field("name", "bad_value", "must be 1 to 200 bytes of text");
  if (setup.ends_at && *setup.ends_at <= setup.starts_at)
    return fail_field("ends_at", "bad_range", "must be later than 'starts_at'");
  return {};
}

Result<void> read_links(const std::vector<std::string>& ids, std::vector<ExperimentArm>& arms) {
  if (ids.size() < 2 || ids.size() > kMaxComparedLinks)
    return fail_field("link_ids", "bad_value", "must be 2 to 10 links");
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const std::string field = "link_ids[" + std::to_string(i) + "]";
    const auto id = LinkId::parse(ids[i]);
    if (!id) return fail_field(field, "unknown_link", "is not the id of a link");
    if (std::ranges::find(arms, *id, &ExperimentArm::link) != arms.end())
      return fail_field(field, "repeated", "this link takes part already");
    arms.push_back({*id, {}, 0});
  }
  return {};
}

}  // namespace

Result<ExperimentInput> read_experiment(std::string_view body, UnixMillis now) {
  TRY_ASSIGN(const JsonDocument document, JsonDocument::parse(body));
  JsonFields fields(document);
  ExperimentInput out;
  ExperimentSetup& setup = out.setup;
  std::optional<UnixMillis> starts_at;
  std::string link;
  std::vector<std::string> links;
  const bool of_links = fields.has("link_ids");
  fields.require("name");
  fields.text("name", setup.name);
  fields.texts("link_ids", links);
  fields.text("link_id", link);
  fields.text("control", out.control);
  fields.time_or_null("starts_at", starts_at);
  fields.time_or_null("ends_at", setup.ends_at);
  read_effect(fields, setup.least_effect_ppm);
  if (!of_links) fields.require("link_id");
  TRY(fields.finish());
  if (of_links && (!link.empty() || !out.control.empty()))
    return fail_field(link.empty() ? "control" : "link_id", "bad_value",
                      "belongs to an experiment on the variants of one link: leave 'link_ids' out");
  setup.kind = of_links ? ExperimentKind::links : ExperimentKind::variants;
  if (of_links) {
    TRY(read_links(links, setup.arms));
  } else {
    const auto id = LinkId::parse(link);
    if (!id) return fail_field("link_id", "unknown_link", "is not the id of a link");
    out.link = *id;
  }
  setup.starts_at = starts_at.value_or(now);
  if (setup.starts_at < now - kFarthestStart || setup.starts_at > now + kFarthestStart)
    return fail_field("starts_at", "bad_range", "must be within a year of now");
  TRY(check(setup));
  return out;
}

Result<void> patch_experiment(ExperimentSetup& setup, std::string_view body, UnixMillis now) {
  TRY_ASSIGN(const JsonDocument document, JsonDocument::parse(body));
  JsonFields fields(document);
  const bool has_state = fields.has("state"), has_end = fields.has("ends_at");
  std::string state;
  fields.text("name", setup.name);
  fields.text("state", state);
  fields.time_or_null("ends_at", setup.ends_at);
  read_effect(fields, setup.least_effect_ppm);
  TRY(fields.finish());
  if (has_state && has_end)
    return fail_field("state", "bad_value", "follows from 'ends_at': give one of the two");
  if (state == to_text(ExperimentState::running)) {
    setup.ends_at.reset();
  } else if (state == to_text(ExperimentState::ended)) {
    if (setup.state(now) == ExperimentState::planned)
      return fail_field("state", "bad_value", "it has not begun: remove it instead");
    if (setup.state(now) == ExperimentState::running) setup.ends_at = now;
  } else if (has_state) {
    return fail_field("state", "bad_value", "must be running or ended");
  }
  return check(setup);
}

void put_experiment(JsonWriter& out, const ExperimentSetup& setup, std::string_view sticks_for,
                    UnixMillis now) {
  out.field("id", setup.id.text())
      .field("name", setup.name)
      .field("kind", to_text(setup.kind))
      .field("state", to_text(setup.state(now)))
      .key("arms")
      .begin_array();
  for (const ExperimentArm& arm : setup.arms) {
    out.begin_object().field("link_id", arm.link.text()).text_or_null("variant", arm.variant);
    out.field("weight", arm.weight == 0 ? std::nullopt : std::optional(arm.weight)).end_object();
  }
  std::optional<std::string> ends_at;
  if (setup.ends_at) ends_at = format_utc(*setup.ends_at);
  const bool sticks = setup.kind == ExperimentKind::variants;
  out.end_array()
      .field("sticks_for", sticks ? std::optional(sticks_for) : std::nullopt)
      .field("starts_at", format_utc(setup.starts_at))
      .field("ends_at", ends_at)
      .field("least_effect", setup.least_effect_ppm / 1e6)
      .field("created_at", format_utc(setup.created_at))
      .field("updated_at", format_utc(setup.updated_at));
}

}  // namespace tally
