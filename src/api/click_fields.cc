// SPDX-License-Identifier: Apache-2.0
#include "api/click_fields.h"

#include <algorithm>
#include <array>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include "api/click_csv.h"
#include "base/check.h"
#include "base/text.h"
#include "model/calendar.h"

namespace tally {
namespace {

constexpr std::size_t kMaxText = 2048;
constexpr std::size_t kMaxUserAgent = 512;
constexpr std::size_t kMaxPerson = 512;
constexpr int kMaxPixels = 20'000;
constexpr float kLeastDpr = 0.1F, kMostDpr = 20;

using Name = std::string_view;

bool is_text(std::string_view value, std::size_t most) {
  return value.size() <= most && !value.contains('\0');
}

std::unexpected<Error> no_text(std::string_view field, std::size_t most) {
  return bad_value(field, "must be at most " + std::to_string(most) + " bytes of text");
}

template <auto Member, const auto& Names>
Result<void> take_kind(Name name, std::string_view value, ClickReading& out) {
  using Kind = std::remove_reference_t<decltype(out.click.*Member)>;
  const auto found = parse_kind<Kind>(Names, value);
  if (!found) return bad_value(name, "is none of the values that there are");
  out.click.*Member = *found;
  return {};
}

template <bool Click::* Member>
Result<void> take_flag(Name name, std::string_view value, ClickReading& out) {
  if (value != "true" && value != "false" && value != "1" && value != "0")
    return bad_value(name, "must be true or false");
  out.click.*Member = value == "true" || value == "1";
  return {};
}

template <std::uint16_t Click::* Member>
Result<void> take_side(Name name, std::string_view value, ClickReading& out) {
  const auto pixels = parse_number<int>(value);
  if (!pixels || *pixels < 0 || *pixels > kMaxPixels)
    return bad_value(name, "must be 0 to 20000 pixels");
  out.click.*Member = static_cast<std::uint16_t>(*pixels);
  return {};
}

Result<void> take_dpr(Name name, std::string_view value, ClickReading& out) {
  const auto dpr = parse_number<float>(value);
  if (!dpr || !(*dpr == 0 || (*dpr >= kLeastDpr && *dpr <= kMostDpr)))
    return bad_value(name, "must be 0.1 to 20");
  out.click.dpr = *dpr;
  return {};
}

Result<void> take_time(Name name, std::string_view value, ClickReading& out) {
  TRY_ASSIGN(out.click.time, parse_time(value, TimeZone::utc(), name));
  out.has_time = true;
  return {};
}

Result<void> take_address(Name name, std::string_view value, ClickReading& out) {
  const auto address = Address::parse(value);
  if (!address) return bad_value(name, "is no address");
  out.click.ip = *address;
  return {};
}

Result<void> take_id(Name, std::string_view value, ClickReading& out) {
  out.click_id = value;
  return {};
}

Result<void> take_person(Name name, std::string_view value, ClickReading& out) {
  if (!is_text(value, kMaxPerson)) return no_text(name, kMaxPerson);
  out.person = value;
  return {};
}

// Ids of another server mean nothing here.
Result<void> read_over(Name, std::string_view, ClickReading&) { return {}; }

const std::unordered_map<Name, decltype(ClickField::take)>& takers() {
  static const std::unordered_map<Name, decltype(ClickField::take)> out = {
      {"click_id", take_id},
      {"time", take_time},
      {"workspace_id", read_over},
      {"link_id", read_over},
      {"outcome", take_kind<&Click::outcome, kOutcomeNames>},
      {"traffic", take_kind<&Click::traffic, kTrafficNames>},
      {"trigger", take_kind<&Click::trigger, kTriggerNames>},
      {"first", take_flag<&Click::first>},
      {"first_ws", take_flag<&Click::first_ws>},
      {"platform", take_kind<&Click::platform, kPlatformNames>},
      {"device", take_kind<&Click::device, kDeviceNames>},
      {"in_app", take_flag<&Click::in_app>},
      {"screen_w", take_side<&Click::screen_w>},
      {"screen_h", take_side<&Click::screen_h>},
      {"dpr", take_dpr},
      {"screen_source", take_kind<&Click::screen_source, kScreenSourceNames>},
      {"ip", take_address},
      {"imported", read_over},
      {"visitor", take_person},
  };
  return out;
}

std::unordered_map<Name, ClickField> make_fields() {
  std::unordered_map<Name, ClickField> out;
  const auto add = [&out](Name name) {
    ClickField field{.name = name, .number = out.size()};
    const auto text = std::ranges::find(click_texts(), name, &ClickText::name);
    if (text != click_texts().end())
      field.text = &*text;
    else
      field.take = takers().at(name);
    out.emplace(name, field);
  };
  for (const Name name : click_names()) add(name);
  add("visitor");
  CHECK(out.size() == kClickFields);
  return out;
}

}  // namespace

std::unexpected<Error> bad_value(std::string_view field, std::string message) {
  return fail_field(std::string(field), "bad_value", std::move(message));
}

Result<void> ClickField::read(std::string_view value, ClickReading& out) const {
  if (value.empty()) return {};
  if (text == nullptr) return take(name, value, out);
  const std::size_t most = text->member == &Click::user_agent ? kMaxUserAgent : kMaxText;
  if (!is_text(value, most)) return no_text(name, most);
  out.click.*text->member = value;
  return {};
}

const ClickField* find_click_field(std::string_view name) {
  static const std::unordered_map<Name, ClickField> fields = make_fields();
  const auto found = fields.find(name);
  return found == fields.end() ? nullptr : &found->second;
}

}  // namespace tally
