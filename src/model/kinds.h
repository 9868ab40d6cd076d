// SPDX-License-Identifier: Apache-2.0
//
// The closed vocabularies of a click: what came of it, who made it, on what. Each has one spelling,
// used alike in the API, the store, exports and webhooks. The definitions are in
// docs/reference/semantics.md.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tally {

enum class Outcome : std::uint8_t {
  redirected,
  landing,
  expired,
  limit_reached,
  disabled,
  scheduled,
  password,
  preview_page,
  prefetch,
  not_found,
};
inline constexpr std::array<std::string_view, 10> kOutcomeNames = {
    "redirected", "landing",  "expired",      "limit_reached", "disabled",
    "scheduled",  "password", "preview_page", "prefetch",      "not_found"};

enum class Traffic : std::uint8_t {
  human,
  preview,
  crawler,
  ai,
  monitor,
  library,
  scanner_suspect,
  prefetch,
  head,
};
inline constexpr std::array<std::string_view, 9> kTrafficNames = {
    "human",   "preview",         "crawler",  "ai",  "monitor",
    "library", "scanner_suspect", "prefetch", "head"};

enum class Trigger : std::uint8_t { link, qr, open };
inline constexpr std::array<std::string_view, 3> kTriggerNames = {"link", "qr", "open"};

enum class Platform : std::uint8_t { ios, android, desktop, other };
inline constexpr std::array<std::string_view, 4> kPlatformNames = {"ios", "android", "desktop",
                                                                   "other"};

enum class Device : std::uint8_t { mobile, tablet, desktop, tv, console, wearable, other };
inline constexpr std::array<std::string_view, 7> kDeviceNames = {
    "mobile", "tablet", "desktop", "tv", "console", "wearable", "other"};

// Where the screen size came from; `none` when there is none.
enum class ScreenSource : std::uint8_t { none, beacon, user_agent, client_hint };
inline constexpr std::array<std::string_view, 4> kScreenSourceNames = {"none", "beacon",
                                                                       "user_agent", "client_hint"};

constexpr std::string_view to_text(Outcome v) { return kOutcomeNames[static_cast<std::size_t>(v)]; }
constexpr std::string_view to_text(Traffic v) { return kTrafficNames[static_cast<std::size_t>(v)]; }
constexpr std::string_view to_text(Trigger v) { return kTriggerNames[static_cast<std::size_t>(v)]; }
constexpr std::string_view to_text(Platform v) {
  return kPlatformNames[static_cast<std::size_t>(v)];
}
constexpr std::string_view to_text(Device v) { return kDeviceNames[static_cast<std::size_t>(v)]; }
constexpr std::string_view to_text(ScreenSource v) {
  return kScreenSourceNames[static_cast<std::size_t>(v)];
}

// The value with that name, or nothing: `parse_kind<Outcome>(kOutcomeNames, "expired")`.
template <class Kind, std::size_t N>
constexpr std::optional<Kind> parse_kind(const std::array<std::string_view, N>& names,
                                         std::string_view text) {
  for (std::size_t i = 0; i < N; ++i)
    if (names[i] == text) return static_cast<Kind>(i);
  return std::nullopt;
}

// Headline clicks are these; every other outcome is shown beside them.
constexpr bool is_headline(Outcome v) { return v == Outcome::redirected || v == Outcome::landing; }

// HEAD and prefetch requests are hits that are neither people nor bots.
constexpr bool is_other_hit(Traffic v) { return v == Traffic::head || v == Traffic::prefetch; }
constexpr bool is_bot(Traffic v) { return v != Traffic::human && !is_other_hit(v); }

}  // namespace tally
