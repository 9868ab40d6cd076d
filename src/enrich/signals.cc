// SPDX-License-Identifier: Apache-2.0
#include "enrich/signals.h"

#include <array>

#include "base/text.h"

namespace tally {
namespace {

constexpr bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// The digits behind `mark`: the major version of "Chrome/150.0.0.0"; "" when there are none.
std::string_view number_after(std::string_view text, std::string_view mark) {
  const auto at = text.find(mark);
  if (at == std::string_view::npos) return {};
  text.remove_prefix(at + mark.size());
  std::size_t n = 0;
  while (n < text.size() && is_digit(text[n])) ++n;
  return text.substr(0, n);
}

// Families of systems as hints and user agents name them. Android and Linux are one, since phones
// that ask for desktop sites say Linux.
struct System {
  std::string_view hint, user_agent;
};
constexpr System kSystems[] = {
    {"Windows", "Windows NT"}, {"macOS", "Macintosh"}, {"Linux", "Linux"},
    {"Android", "Linux"},      {"Android", "Android"}, {"Chrom", "CrOS"},
};

bool hints_platform(const HitView& hit) {
  bool known = false;
  for (const System& system : kSystems) {
    if (!contains(hit.ch_platform, system.hint)) continue;
    known = true;
    if (contains(hit.user_agent, system.user_agent)) return false;
  }
  return known;
}

bool hints_engine(const HitView& hit) {
  return contains(hit.ch_ua, "\"Chromium\"") && !contains(hit.user_agent, "Chrome/");
}

bool hints_version(const HitView& hit) {
  const std::string_view hinted = number_after(hit.ch_ua, "\"Chromium\";v=\"");
  const std::string_view said = number_after(hit.user_agent, "Chrome/");
  return !hinted.empty() && !said.empty() && hinted != said;
}

bool hints_headless(const HitView& hit) { return contains(hit.ch_ua, "Headless"); }

struct Sign {
  SignalRow row;
  bool (*shows)(const HitView& hit);  // null: head_before
};
constexpr std::array kSigns = {
    Sign{{"no_language", 3}, [](const HitView& hit) { return hit.accept_language.empty(); }},
    Sign{{"hints_platform", 2}, hints_platform},
    Sign{{"hints_engine", 2}, hints_engine},
    Sign{{"hints_version", 2}, hints_version},
    Sign{{"head_first", 2}, nullptr},
    Sign{{"hints_headless", 7}, hints_headless},
};

constexpr auto kRows = [] {
  std::array<SignalRow, kSigns.size()> rows{};
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = kSigns[i].row;
  return rows;
}();

}  // namespace

std::span<const SignalRow> signal_rows() { return kRows; }

std::optional<std::string> suspicion(const HitView& hit, bool head_before) {
  int sum = 0;
  std::string reason = "signals:";
  for (const Sign& sign : kSigns) {
    if (!(sign.shows == nullptr ? head_before : sign.shows(hit))) continue;
    if (sum > 0) reason += '+';
    reason += sign.row.name;
    sum += sign.row.weight;
  }
  if (sum < kSuspectFrom) return std::nullopt;
  return reason;
}

void judge_by_signals(const HitView& hit, Click& click, bool head_before) {
  if (click.traffic != Traffic::human || click.in_app || hit.verdict) return;
  if (auto reason = suspicion(hit, head_before)) {
    click.traffic = Traffic::scanner_suspect;
    click.reason = std::move(*reason);
  }
}

}  // namespace tally
