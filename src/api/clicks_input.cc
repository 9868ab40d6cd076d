// SPDX-License-Identifier: Apache-2.0
#include "api/clicks_input.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cstring>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "api/click_csv.h"
#include "api/json.h"
#include "base/check.h"
#include "base/csv_reader.h"
#include "base/text.h"
#include "model/calendar.h"

namespace tally {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxText = 2048;
constexpr std::size_t kMaxUserAgent = 512;
constexpr int kMaxPixels = 20'000;
constexpr float kLeastDpr = 0.1F, kMostDpr = 20;
constexpr UnixMillis kAhead = 5 * kMillisPerMinute;

using Digest = std::array<unsigned char, crypto_hash_sha256_BYTES>;

// A click on its way, field by field.
struct Reading {
  Click click;
  std::string click_id;
  bool has_time = false;
};

std::unexpected<Error> bad(std::string_view field, std::string message) {
  return fail_field(std::string(field), "bad_value", std::move(message));
}

template <class Kind, std::size_t N>
Result<void> take_kind(std::string_view name, const std::array<std::string_view, N>& names,
                       std::string_view value, Kind& out) {
  const auto found = parse_kind<Kind>(names, value);
  if (!found) return bad(name, "is none of the values that there are");
  out = *found;
  return {};
}

Result<void> take_flag(std::string_view name, std::string_view value, bool& out) {
  if (value != "true" && value != "false" && value != "1" && value != "0")
    return bad(name, "must be true or false");
  out = value == "true" || value == "1";
  return {};
}

Result<void> take_side(std::string_view name, std::string_view value, std::uint16_t& out) {
  const auto pixels = parse_number<int>(value);
  if (!pixels || *pixels < 0 || *pixels > kMaxPixels) return bad(name, "must be 0 to 20000 pixels");
  out = static_cast<std::uint16_t>(*pixels);
  return {};
}

Result<void> take_dpr(std::string_view value, float& out) {
  const auto dpr = parse_number<float>(value);
  if (!dpr || !(*dpr == 0 || (*dpr >= kLeastDpr && *dpr <= kMostDpr)))
    return bad("dpr", "must be 0.1 to 20");
  out = *dpr;
  return {};
}

Result<void> take_text(const ClickText& field, std::string_view value, Click& click) {
  const std::size_t most = field.member == &Click::user_agent ? kMaxUserAgent : kMaxText;
  if (value.size() > most || value.find('\0') != std::string_view::npos)
    return bad(field.name, "must be at most " + std::to_string(most) + " bytes of text");
  click.*field.member = value;
  return {};
}

Result<void> take_time(std::string_view value, Reading& out) {
  TRY_ASSIGN(out.click.time, parse_time(value, TimeZone::utc(), "time"));
  out.has_time = true;
  return {};
}

// One field, whose name is one; an empty one was not known.
Result<void> take_field(std::string_view name, std::string_view value, Reading& out) {
  Click& click = out.click;
  const auto text = std::ranges::find(click_texts(), name, &ClickText::name);
  if (text != click_texts().end()) return take_text(*text, value, click);
  if (name == "workspace_id" || name == "link_id" || name == "imported" || value.empty()) return {};
  if (name == "click_id") {
    out.click_id = value;
    return {};
  }
  if (name == "time") return take_time(value, out);
  if (name == "outcome") return take_kind(name, kOutcomeNames, value, click.outcome);
  if (name == "traffic") return take_kind(name, kTrafficNames, value, click.traffic);
  if (name == "trigger") return take_kind(name, kTriggerNames, value, click.trigger);
  if (name == "platform") return take_kind(name, kPlatformNames, value, click.platform);
  if (name == "device") return take_kind(name, kDeviceNames, value, click.device);
  if (name == "screen_source")
    return take_kind(name, kScreenSourceNames, value, click.screen_source);
  if (name == "first") return take_flag(name, value, click.first);
  if (name == "first_ws") return take_flag(name, value, click.first_ws);
  if (name == "in_app") return take_flag(name, value, click.in_app);
  if (name == "screen_w") return take_side(name, value, click.screen_w);
  if (name == "screen_h") return take_side(name, value, click.screen_h);
  if (name == "dpr") return take_dpr(value, click.dpr);
  CHECK(name == "ip");
  const auto address = Address::parse(value);
  if (!address) return bad(name, "is no address");
  click.ip = *address;
  return {};
}

bool is_field(std::string_view name) {
  return std::ranges::find(click_csv_names(), name) != click_csv_names().end();
}

// What was left out is as enrichment has it for what it could not tell.
void fill_unknown(Click& click) {
  for (std::string Click::* const text :
       {&Click::country, &Click::region, &Click::city, &Click::language, &Click::os,
        &Click::os_version, &Click::browser, &Click::browser_version, &Click::channel})
    if ((click.*text).empty()) click.*text = "Unknown";
  if (click.reason.empty()) click.reason = "imported";
}

// Of a record at a line of its file. No node has number 0, so the key is no hit's.
ClickKey key_of(std::string_view record, std::size_t place) {
  const std::string text = std::to_string(place) + "\n" + std::string(record);
  Digest hash{};
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size());
  ClickKey out;
  std::memcpy(&out.epoch, hash.data(), sizeof out.epoch);
  std::memcpy(&out.shard, hash.data() + 4, sizeof out.shard);
  std::memcpy(&out.n, hash.data() + 8, sizeof out.n);
  return out;
}

// Puts clicks together, or notes what is wrong with one.
class Collector {
 public:
  Collector(const ClicksRules& rules, std::vector<ClickFault>& faults)
      : rules_(rules), faults_(faults) {}

  // Whether more need not be read.
  bool full() const {
    return faults_.size() >= kMaxImportFaults || out_.clicks.size() > kMaxImportClicks;
  }

  // `line` is one of the body's, of which the first click has the line `first`.
  void add(std::size_t line, std::size_t first, std::string_view record, Result<Reading> reading) {
    const std::size_t place = rules_.first_line + (line - first);
    auto done =
        reading ? finish(*reading, place, record) : std::unexpected(std::move(reading).error());
    if (!done) return faults_.push_back({place, std::move(done).error()});
    out_.clicks.push_back(std::move(reading->click));
    out_.lines.push_back(place);
  }

  ClicksInput take() { return std::move(out_); }

 private:
  Result<void> finish(Reading& reading, std::size_t place, std::string_view record) {
    Click& click = reading.click;
    if (!reading.has_time) return fail_field("time", "required", "is needed");
    if (click.time > rules_.now + kAhead) return bad("time", "is in the future");
    if (click.prefix.empty() && click.outcome != Outcome::not_found)
      return fail_field("prefix", "required", "is needed: the link's name");
    const bool can_be_first = click.traffic == Traffic::human && is_headline(click.outcome);
    if ((click.first || click.first_ws) && !can_be_first)
      return bad("first", "can only be a person's click that led somewhere");
    if (reading.click_id.empty()) {
      click.key = key_of(record, place);
    } else if (const auto key = rules_.click_ids.decode(reading.click_id)) {
      click.key = *key;
    } else {
      return bad("click_id", "is no click id");
    }
    if (!keys_.insert(click.key).second)
      return fail_field("click_id", "repeated_click", "another line has this click id");
    click.imported = true;
    fill_unknown(click);
    return {};
  }

  const ClicksRules& rules_;
  std::vector<ClickFault>& faults_;
  ClicksInput out_;
  std::set<ClickKey> keys_;
};

// A click without outcome went through.
Reading fresh() {
  Reading out;
  out.click.outcome = Outcome::redirected;
  return out;
}

Result<std::string> text_of(std::string_view name, const json::value& value) {
  if (value.is_null()) return std::string();
  if (value.is_string()) return std::string(value.get_string().data(), value.get_string().size());
  if (value.is_bool()) return std::string(value.get_bool() ? "true" : "false");
  if (value.is_number()) return json::serialize(value);
  return fail_field(std::string(cut_utf8(name, 100)), "wrong_type",
                    "must be a text, a number, true, false or null");
}

Result<Reading> read_object(std::string_view line) {
  TRY_ASSIGN(const JsonDocument document, JsonDocument::parse(line));
  if (!document.value().is_object()) return fail_field("", "bad_record", "is not a JSON object");
  Reading out = fresh();
  for (const auto& member : document.value().get_object()) {
    if (!is_field(member.key()))
      return fail_field(std::string(cut_utf8(member.key(), 100)), "unknown_field",
                        "there is no such field");
    TRY_ASSIGN(const std::string text, text_of(member.key(), member.value()));
    TRY(take_field(member.key(), text, out));
  }
  return out;
}

std::unexpected<Error> bad_header(std::string message, std::string_view field) {
  return std::unexpected(Error{ErrorCode::malformed,
                               "the first line: " + std::move(message),
                               {},
                               std::string(cut_utf8(field, 100)),
                               "bad_header"});
}

Result<void> check_header(const std::vector<std::string>& names) {
  std::set<std::string_view> seen;
  for (const std::string& name : names) {
    if (!is_field(name)) return bad_header("there is no column '" + name + "'", name);
    if (!seen.insert(name).second)
      return bad_header("the column '" + name + "' is there twice", name);
  }
  if (!seen.contains("time")) return bad_header("the column 'time' is missing", "time");
  return {};
}

Result<Reading> read_record(const std::vector<std::string>& names,
                            const std::vector<std::string>& cells) {
  if (cells.size() != names.size())
    return fail_field("", "bad_record", "has another number of cells than the first line");
  Reading out = fresh();
  for (std::size_t i = 0; i < names.size(); ++i) TRY(take_field(names[i], cells[i], out));
  return out;
}

Result<void> check_utf8(std::string_view body) {
  if (is_utf8(body)) return {};
  return std::unexpected(Error{ErrorCode::malformed, "the body is not UTF-8", {}, {}, "not_utf8"});
}

Result<ClicksInput> bounded(Collector& collector, const std::vector<ClickFault>& faults) {
  ClicksInput out = collector.take();
  if (out.clicks.size() > kMaxImportClicks)
    return fail_field("", "too_many", "at most 100,000 clicks can be sent at a time");
  if (out.clicks.empty() && faults.empty())
    return fail_field("", "required", "there is no click in it");
  return out;
}

}  // namespace

Result<ClicksInput> read_clicks_ndjson(std::string_view body, const ClicksRules& rules,
                                       std::vector<ClickFault>& faults) {
  TRY(check_utf8(body));
  Collector out(rules, faults);
  std::size_t number = 0;
  while (!body.empty() && !out.full()) {
    const auto end = std::min(body.find('\n'), body.size());
    const std::string_view line = trim(body.substr(0, end));
    body.remove_prefix(std::min(end + 1, body.size()));
    ++number;
    if (!line.empty() && line != "\r") out.add(number, 1, line, read_object(line));
  }
  return bounded(out, faults);
}

Result<ClicksInput> read_clicks_csv(std::string_view body, const ClicksRules& rules,
                                    std::vector<ClickFault>& faults) {
  TRY(check_utf8(body));
  CsvReader reader(body);
  std::vector<std::string> names, cells;
  TRY_ASSIGN(bool more, reader.next(names));
  TRY(check_header(names));
  Collector out(rules, faults);
  while (!out.full()) {
    TRY_ASSIGN(more, reader.next(cells));
    if (!more) break;
    std::string record;
    for (const std::string& cell : cells) record += cell + '\0';
    out.add(reader.line(), 2, record, read_record(names, cells));
  }
  return bounded(out, faults);
}

}  // namespace tally
