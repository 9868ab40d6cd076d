// SPDX-License-Identifier: Apache-2.0
#include "api/clicks_input.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <unordered_set>
#include <utility>

#include "api/click_fields.h"
#include "api/click_line.h"
#include "base/csv_reader.h"
#include "base/text.h"

namespace tally {
namespace {

constexpr UnixMillis kAhead = 5 * kMillisPerMinute;

using Digest = std::array<unsigned char, crypto_hash_sha256_BYTES>;

// Keys are drawn by a hash or a permutation, so that any part of them is as good as random, or they
// are those of a few shards, which have each number once.
struct KeyHash {
  std::size_t operator()(const ClickKey& key) const {
    return static_cast<std::size_t>(key.n ^ std::uint64_t{key.epoch} << 32 ^ key.shard);
  }
};

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

  void add(std::size_t place, std::string_view record, Result<ClickReading> reading) {
    auto done =
        reading ? finish(*reading, place, record) : std::unexpected(std::move(reading).error());
    if (!done) return faults_.push_back({place, std::move(done).error()});
    out_.clicks.push_back(std::move(reading->click));
    out_.lines.push_back(place);
  }

  ClicksInput take() { return std::move(out_); }

 private:
  Result<void> finish(ClickReading& reading, std::size_t place, std::string_view record) {
    Click& click = reading.click;
    if (!reading.has_time) return fail_field("time", "required", "is needed");
    if (click.time > rules_.now + kAhead) return bad_value("time", "is in the future");
    if (click.prefix.empty() && click.outcome != Outcome::not_found)
      return fail_field("prefix", "required", "is needed: the link's name");
    if (reading.click_id.empty()) {
      click.key = key_of(record, place);
    } else if (const auto key = rules_.click_ids.decode(reading.click_id)) {
      click.key = *key;
      out_.has_ids = true;
    } else {
      return bad_value("click_id", "is no click id");
    }
    if (!keys_.insert(click.key).second)
      return fail_field("click_id", "repeated_click", "another line has this click id");
    click.workspace = rules_.workspace;
    click.imported = true;
    fill_unknown(click);
    TRY(rules_.place_visitor(click, reading.person));
    // Of a known visitor it is worked out, whatever was told.
    const bool can_be_first = click.traffic == Traffic::human && is_headline(click.outcome);
    if (click.visitor == 0 && (click.first || click.first_ws) && !can_be_first)
      return bad_value("first", "can only be a person's click that led somewhere");
    return {};
  }

  const ClicksRules& rules_;
  std::vector<ClickFault>& faults_;
  ClicksInput out_;
  std::unordered_set<ClickKey, KeyHash> keys_;
};

std::unexpected<Error> bad_header(std::string message, std::string_view field) {
  return std::unexpected(Error{ErrorCode::malformed,
                               "the first line: " + std::move(message),
                               {},
                               std::string(cut_utf8(field, 100)),
                               "bad_header"});
}

// The columns that a header names.
Result<std::vector<const ClickField*>> read_header(const std::vector<std::string>& names) {
  std::vector<const ClickField*> out;
  for (const std::string& name : names) {
    const ClickField* const field = find_click_field(name);
    if (field == nullptr) return bad_header("there is no column '" + name + "'", name);
    if (std::ranges::find(out, field) != out.end())
      return bad_header("the column '" + name + "' is there twice", name);
    out.push_back(field);
  }
  if (std::ranges::find(out, find_click_field("time")) == out.end())
    return bad_header("the column 'time' is missing", "time");
  return out;
}

Result<ClickReading> read_record(const std::vector<const ClickField*>& fields,
                                 const std::vector<std::string>& cells) {
  if (cells.size() != fields.size())
    return fail_field("", "bad_record", "has another number of cells than the first line");
  ClickReading out;
  for (std::size_t i = 0; i < fields.size(); ++i) TRY(fields[i]->read(cells[i], out));
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
  ClickLineReader reader;
  std::size_t place = rules.first_line;
  for (; !body.empty() && !out.full(); ++place) {
    const auto end = std::min(body.find('\n'), body.size());
    const std::string_view line = trim(body.substr(0, end));
    body.remove_prefix(std::min(end + 1, body.size()));
    if (!line.empty() && line != "\r") out.add(place, line, reader.read(line));
  }
  return bounded(out, faults);
}

Result<ClicksInput> read_clicks_csv(std::string_view body, const ClicksRules& rules,
                                    std::vector<ClickFault>& faults) {
  TRY(check_utf8(body));
  CsvReader reader(body);
  std::vector<std::string> cells;
  TRY_ASSIGN(bool more, reader.next(cells));
  TRY_ASSIGN(const auto fields, read_header(cells));
  reader.go_on_at(rules.first_line);
  Collector out(rules, faults);
  while (!out.full()) {
    TRY_ASSIGN(more, reader.next(cells));
    if (!more) break;
    std::string record;
    for (const std::string& cell : cells) record += cell + '\0';
    out.add(reader.line(), record, read_record(fields, cells));
  }
  return bounded(out, faults);
}

}  // namespace tally
