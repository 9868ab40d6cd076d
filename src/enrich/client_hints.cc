// SPDX-License-Identifier: Apache-2.0
#include "enrich/client_hints.h"

#include <algorithm>
#include <optional>
#include <utility>

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

// Brands by the name that uap-core has for them; others keep their own.
struct Brand {
  std::string_view hint, browser;
};
constexpr Brand kBrands[] = {
    {"Microsoft Edge", "Edge"},
    {"Microsoft Edge WebView2", "Edge"},
    {"YaBrowser", "Yandex Browser"},
    {"Yandex", "Yandex Browser"},
    {"Yandex Browser", "Yandex Browser"},
    {"Opera", "Opera"},
    {"Opera GX", "Opera"},
    {"OperaMobile", "Opera"},
    {"Opera Mobile", "Opera"},
    {"Samsung Internet", "Samsung Internet"},
    {"Samsung Browser", "Samsung Internet"},
    {"Brave", "Brave"},
    {"Vivaldi", "Vivaldi"},
    {"DuckDuckGo", "DuckDuckGo"},
    {"Oculus Browser", "Oculus Browser"},
};

// Reads `"brand";v="version"` off the front of a list; the rest is left in `list`.
struct ListedBrand {
  std::string name;
  std::string_view version;
};
std::optional<ListedBrand> next_brand(std::string_view& list) {
  auto at = list.find('"');
  if (at == std::string_view::npos) return std::nullopt;
  ListedBrand out;
  for (++at; at < list.size() && list[at] != '"'; ++at) {
    if (list[at] == '\\' && at + 1 < list.size()) ++at;
    out.name.push_back(list[at]);
  }
  list.remove_prefix(std::min(at + 1, list.size()));
  constexpr std::string_view kVersion = ";v=\"";
  if (list.starts_with(kVersion)) {
    list.remove_prefix(kVersion.size());
    out.version = list.substr(0, list.find('"'));
    list.remove_prefix(std::min(out.version.size() + 1, list.size()));
  }
  return out;
}

// "Not A;Brand", "Not?A_Brand", "Not)A;Brand": what Chromium mixes in so that nobody relies on the
// list's shape.
bool is_grease(std::string_view name) {
  return name.find("Not") != std::string_view::npos && name.find("Brand") != std::string_view::npos;
}

bool is_plain_name(std::string_view name) {
  return !name.empty() && name.size() <= 40 && std::ranges::all_of(name, [](char c) {
    return is_alnum(c) || c == ' ' || c == '.' || c == '-';
  });
}

// The brand behind Chromium: one that is known, else the first that is neither Chromium's, Chrome's
// nor grease.
struct ToldBrowser {
  std::string name;
  std::string_view version;
};
std::optional<ToldBrowser> told_browser(std::string_view list) {
  std::optional<ToldBrowser> other;
  while (const auto brand = next_brand(list)) {
    for (const Brand& known : kBrands)
      if (brand->name == known.hint) return ToldBrowser{std::string(known.browser), brand->version};
    const bool skipped = other || brand->name == "Chromium" || brand->name == "Google Chrome" ||
                         is_grease(brand->name) || !is_plain_name(brand->name);
    if (!skipped) other = ToldBrowser{brand->name, brand->version};
  }
  return other;
}

// What a list of form factors says a device is; where it says several, what is worn or driven
// comes before the phone that it also is.
std::optional<Device> device_of_form(std::string_view list) {
  constexpr std::pair<std::string_view, Device> kForms[] = {
      {"\"XR\"", Device::wearable},      {"\"Watch\"", Device::wearable},
      {"\"Automotive\"", Device::other}, {"\"Tablet\"", Device::tablet},
      {"\"EInk\"", Device::tablet},      {"\"Mobile\"", Device::mobile},
      {"\"Desktop\"", Device::desktop},
  };
  for (const auto& [form, device] : kForms)
    if (list.find(form) != std::string_view::npos) return device;
  return std::nullopt;
}

// Windows numbers its API contracts: 13 and above is Windows 11, and those before 10 are counted
// behind the point.
std::string windows_version(int major, std::string_view version) {
  if (major >= 13) return "11";
  if (major > 0) return "10";
  if (version.starts_with("0.3")) return "8.1";
  if (version.starts_with("0.2")) return "8";
  if (version.starts_with("0.1")) return "7";
  return {};
}

void note(std::string& changes, std::string_view what) {
  changes += (changes.empty() ? "" : ", ") + std::string(what);
}

void merge_system(const HitView& hit, Click& click, std::string& changes) {
  const std::string_view platform = unquoted(hit.ch_platform);
  const std::string_view version = unquoted(hit.ch_platform_version);
  const auto major = major_of(version);
  if (!is_version(version) || !major) return;
  std::string merged;
  if (platform == "Windows" && click.os == "Windows") merged = windows_version(*major, version);
  if (*major > 0 && ((platform == "Android" && click.os == "Android") ||
                     (platform == "macOS" && click.os == "macOS"))) {
    merged = two_parts(version);
  }
  if (merged.empty() || merged == click.os_version) return;
  click.os_version = std::move(merged);
  note(changes, "os_version by platform version");
}

void merge_browser(const HitView& hit, Click& click, std::string& changes) {
  if (click.in_app || click.browser != "Chrome") return;
  const auto told = told_browser(hit.ch_ua);
  if (!told) return;
  click.browser = told->name;
  if (is_version(told->version)) click.browser_version = two_parts(told->version);
  if (click.browser == "Android WebView") click.in_app = !is_bot(click.traffic);
  note(changes, "browser by brand");
}

void merge_device(const HitView& hit, const AgentRules& rules, Click& click, std::string& changes) {
  const Device merged = device_with_hints(hit, rules, click.platform, click.device);
  if (merged == click.device) return;
  click.device = merged;
  note(changes, !hit.ch_form_factors.empty()     ? "device by form factor"
                : unquoted(hit.ch_model).empty() ? "device by mobile hint"
                                                 : "device by model");
}

}  // namespace

Device device_with_hints(const HitView& hit, const AgentRules& rules, Platform platform,
                         Device told) {
  const auto form = device_of_form(hit.ch_form_factors);
  if (form == Device::wearable || form == Device::other) return *form;
  if (platform != Platform::android || told == Device::tv || told == Device::console) return told;
  if (form) return *form;
  const std::string_view model = unquoted(hit.ch_model);
  if (!model.empty()) {
    const Device named = rules.device_of_model(model);
    if (named != Device::mobile) return named;
  }
  if (hit.ch_mobile == "?1" && told == Device::tablet) return Device::mobile;
  return told;
}

std::string merge_client_hints(const HitView& hit, const AgentRules& rules, Click& click) {
  std::string changes;
  if (!hit.ch_platform_version.empty()) merge_system(hit, click, changes);
  if (!hit.ch_ua.empty()) merge_browser(hit, click, changes);
  if (!hit.ch_mobile.empty() || !hit.ch_model.empty() || !hit.ch_form_factors.empty())
    merge_device(hit, rules, click, changes);
  return changes;
}

}  // namespace tally
