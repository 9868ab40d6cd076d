// SPDX-License-Identifier: Apache-2.0
#include "enrich/client_hints.h"

#include <optional>

#include "base/text.h"

namespace tally {
namespace {

// The content of a structured-field string: "\"15.0.0\"" → "15.0.0".
std::string_view unquoted(std::string_view text) {
  text = trim(text);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
    return text.substr(1, text.size() - 2);
  return text;
}

std::optional<int> major_of(std::string_view version) {
  return parse_number<int>(version.substr(0, version.find('.')));
}

// "14.5" of "14.5.0"; a final ".0" says nothing.
std::string two_parts(std::string_view version) {
  const auto parts = split(version, '.');
  std::string out(parts[0]);
  if (parts.size() > 1 && !parts[1].empty() && parts[1] != "0") {
    out.push_back('.');
    out.append(parts[1]);
  }
  return out;
}

bool is_version(std::string_view text) {
  return !text.empty() && text.size() <= 32 && is_digit(text.front()) &&
         text.find_first_not_of("0123456789.") == std::string_view::npos;
}

// Brands that send Chrome's user agent, by the name that uap-core has for them.
struct Brand {
  std::string_view hint, browser;
};
constexpr Brand kBrands[] = {
    {"\"Brave\"", "Brave"},           {"\"Vivaldi\"", "Vivaldi"},
    {"\"DuckDuckGo\"", "DuckDuckGo"}, {"\"YaBrowser\"", "Yandex Browser"},
    {"\"Yandex\"", "Yandex Browser"}, {"\"Microsoft Edge\"", "Edge"},
    {"\"Opera\"", "Opera"},           {"\"Samsung Internet\"", "Samsung Internet"},
};

void note(std::string& changes, std::string_view what) {
  changes += (changes.empty() ? "" : ", ") + std::string(what);
}

void merge_system(const HitView& hit, Click& click, std::string& changes) {
  const std::string_view platform = unquoted(hit.ch_platform);
  const std::string_view version = unquoted(hit.ch_platform_version);
  const auto major = major_of(version);
  if (!is_version(version) || !major || *major == 0) return;
  std::string merged;
  // Windows numbers its API contracts: 13 and above is Windows 11.
  if (platform == "Windows" && click.os == "Windows") merged = *major >= 13 ? "11" : "10";
  if (platform == "Android" && click.os == "Android") merged = two_parts(version);
  if (platform == "macOS" && click.os == "macOS") merged = two_parts(version);
  if (merged.empty() || merged == click.os_version) return;
  click.os_version = std::move(merged);
  note(changes, "os_version by platform version");
}

void merge_browser(const HitView& hit, Click& click, std::string& changes) {
  if (click.in_app || click.browser != "Chrome") return;
  for (const Brand& brand : kBrands) {
    const auto at = hit.ch_ua.find(brand.hint);
    if (at == std::string_view::npos) continue;
    std::string_view rest = hit.ch_ua.substr(at + brand.hint.size());
    click.browser = brand.browser;
    if (rest.starts_with(";v=\"")) {
      rest.remove_prefix(4);
      const std::string_view version = rest.substr(0, rest.find('"'));
      if (is_version(version)) click.browser_version = two_parts(version);
    }
    note(changes, "browser by brand");
    return;
  }
}

void merge_device(const HitView& hit, const AgentRules& rules, Click& click, std::string& changes) {
  const Device merged = device_with_hints(hit, rules, click.platform, click.device);
  if (merged == click.device) return;
  click.device = merged;
  note(changes, unquoted(hit.ch_model).empty() ? "device by mobile hint" : "device by model");
}

}  // namespace

Device device_with_hints(const HitView& hit, const AgentRules& rules, Platform platform,
                         Device told) {
  if (platform != Platform::android) return told;
  const std::string_view model = unquoted(hit.ch_model);
  if (!model.empty() && rules.is_tablet_model(model)) return Device::tablet;
  if (hit.ch_mobile == "?1" && told == Device::tablet) return Device::mobile;
  return told;
}

std::string merge_client_hints(const HitView& hit, const AgentRules& rules, Click& click) {
  std::string changes;
  if (!hit.ch_platform_version.empty()) merge_system(hit, click, changes);
  if (!hit.ch_ua.empty()) merge_browser(hit, click, changes);
  if (!hit.ch_mobile.empty() || !hit.ch_model.empty()) merge_device(hit, rules, click, changes);
  return changes;
}

}  // namespace tally
