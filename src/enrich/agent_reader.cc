// SPDX-License-Identifier: Apache-2.0
#include "enrich/agent_reader.h"

#include <algorithm>
#include <array>
#include <functional>
#include <span>
#include <vector>

#include "base/text.h"
#include "enrich/bots.h"
#include "enrich/device.h"
#include "enrich/in_app.h"
#include "enrich/screen.h"
#include "enrich/stored_text.h"
#include "enrich/user_agent_rules.h"

namespace tally {
namespace {

// uap-core's names for what people call the same thing; platform and device tell the rest.
struct Fold {
  std::string_view from, to;
};
constexpr Fold kBrowserFolds[] = {
    {"Chrome Mobile", "Chrome"},
    {"Chrome Mobile iOS", "Chrome"},
    {"Mobile Safari", "Safari"},
    {"Firefox Mobile", "Firefox"},
    {"Firefox iOS", "Firefox"},
    {"Edge Mobile", "Edge"},
    {"Opera Mobile", "Opera"},
    {"Chrome Mobile WebView", "Android WebView"},
    {"Mobile Safari UI/WKWebView", "iOS WebView"},
    {"Other", "Unknown"},
};
constexpr Fold kSystemFolds[] = {{"Mac OS X", "macOS"}, {"Other", "Unknown"}};

std::string folded(std::string name, std::span<const Fold> folds) {
  for (const Fold& fold : folds)
    if (name == fold.from) return std::string(fold.to);
  return name.empty() ? "Unknown" : name;
}

// "17.4", "10", "Unknown": two parts are what people compare, and a final ".0" says nothing.
std::string version(std::string_view major, std::string_view minor) {
  if (major.empty()) return "Unknown";
  std::string out(major);
  if (!minor.empty() && minor != "0") out.append(".").append(minor);
  return out;
}

std::string_view after(std::string_view text, std::string_view mark) {
  const auto at = text.find(mark);
  return at == std::string_view::npos ? std::string_view() : text.substr(at + mark.size());
}

std::string_view leading_digits(std::string_view text) {
  std::size_t n = 0;
  while (n < text.size() && n < 4 && is_digit(text[n])) ++n;
  return text.substr(0, n);
}

// From 26 on, iPhones and iPads keep saying "OS 18_7"; Safari's own version tells the system's.
void unfreeze_ios(std::string_view user_agent, AgentFacts& facts) {
  if (facts.platform != Platform::ios) return;
  const std::string_view text = after(user_agent, "Version/");
  const auto safari = parse_number<int>(leading_digits(text));
  const auto system = parse_number<int>(leading_digits(facts.os_version));
  if (!safari || *safari < 26 || (system && *system >= *safari)) return;
  const std::string_view major = leading_digits(text);
  const std::string_view rest = text.substr(major.size());
  facts.os_version =
      version(major, rest.starts_with(".") ? leading_digits(rest.substr(1)) : std::string_view());
}

void name_harmony(std::string_view user_agent, AgentFacts& facts) {
  for (const std::string_view mark : {"OpenHarmony", "HarmonyOS"}) {
    if (user_agent.find(mark) == std::string_view::npos) continue;
    std::string_view rest = after(user_agent, mark);
    if (rest.starts_with(" ") || rest.starts_with("/")) rest.remove_prefix(1);
    facts.os = "HarmonyOS";
    facts.os_version = version(leading_digits(rest), {});
    return;
  }
}

constexpr std::size_t kWays = 4;

struct CacheSlot {
  std::string key;
  AgentFacts facts;
  std::uint64_t used = 0;  // 0: free
};

}  // namespace

struct AgentRules::Impl {
  UserAgentRules rules;
  InAppRules in_app;
  BotRules bots;
  DeviceRules devices;
  ScreenRules screens;
};

struct AgentReader::Cache {
  std::vector<std::array<CacheSlot, kWays>> sets;
  std::uint64_t turn = 0;
};

AgentRules::AgentRules(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
AgentRules::~AgentRules() = default;

Result<std::shared_ptr<const AgentRules>> AgentRules::load(const std::filesystem::path& path,
                                                           const RuleTables& tables) {
  TRY_ASSIGN(auto rules, UserAgentRules::load(path));
  TRY_ASSIGN(auto in_app, InAppRules::load(tables));
  TRY_ASSIGN(auto bots, BotRules::load(tables));
  TRY_ASSIGN(auto devices, DeviceRules::load(tables));
  return std::shared_ptr<const AgentRules>(
      new AgentRules(std::unique_ptr<Impl>(new Impl{.rules = std::move(rules),
                                                    .in_app = std::move(in_app),
                                                    .bots = std::move(bots),
                                                    .devices = std::move(devices),
                                                    .screens = {}})));
}

AgentFacts AgentRules::read(std::string_view user_agent) const {
  user_agent = user_agent.substr(0, kUserAgentCap);
  AgentFacts facts;
  facts.stored = stored_text(user_agent, 512);
  facts.device = impl_->devices.match(user_agent);
  facts.platform = platform_of(user_agent, facts.device);

  const RuledSystem system = impl_->rules.system(user_agent);
  facts.os = folded(stored_text(system.family), kSystemFolds);
  facts.os_version = version(stored_text(system.major), stored_text(system.minor));
  unfreeze_ios(user_agent, facts);
  name_harmony(user_agent, facts);

  if (const auto app = impl_->in_app.match(user_agent)) {
    facts.in_app = true;
    facts.browser = app->name;
    facts.browser_version = version(app->version, {});
    facts.reason = "in_app";
    if (const auto screen = impl_->screens.read(user_agent)) {
      facts.screen_w = screen->width;
      facts.screen_h = screen->height;
      facts.dpr = screen->dpr;
    }
  } else {
    const RuledBrowser browser = impl_->rules.browser(user_agent);
    facts.browser = folded(stored_text(browser.family), kBrowserFolds);
    facts.browser_version = version(stored_text(browser.major), stored_text(browser.minor));
    const BotVerdict verdict = impl_->bots.classify(user_agent);
    facts.traffic = verdict.traffic;
    facts.reason = verdict.reason;
  }
  return facts;
}

std::string AgentRules::device_family(std::string_view user_agent) const {
  return stored_text(impl_->rules.device(user_agent.substr(0, kUserAgentCap)).family);
}

bool AgentRules::is_tablet_model(std::string_view model) const {
  const std::string text =
      "(Linux; Android; " + std::string(model.substr(0, 64)) + " Build) Mobile";
  return impl_->devices.match(text) == Device::tablet;
}

AgentReader::AgentReader(std::shared_ptr<const AgentRules> rules, std::size_t cache)
    : rules_(std::move(rules)), cache_(std::make_unique<Cache>()) {
  cache_->sets.resize(std::max<std::size_t>(1, cache / kWays));
}
AgentReader::AgentReader(AgentReader&&) noexcept = default;
AgentReader& AgentReader::operator=(AgentReader&&) noexcept = default;
AgentReader::~AgentReader() = default;

Result<AgentReader> AgentReader::load(const std::filesystem::path& path) {
  TRY_ASSIGN(auto rules, AgentRules::load(path));
  return AgentReader(std::move(rules));
}

void AgentReader::use(std::shared_ptr<const AgentRules> rules) {
  rules_ = std::move(rules);
  for (auto& set : cache_->sets) set = {};
}

const AgentFacts& AgentReader::read(std::string_view user_agent) {
  user_agent = user_agent.substr(0, kUserAgentCap);
  auto& set = cache_->sets[std::hash<std::string_view>()(user_agent) % cache_->sets.size()];
  CacheSlot* oldest = &set[0];
  for (CacheSlot& slot : set) {
    if (slot.used != 0 && slot.key == user_agent) {
      slot.used = ++cache_->turn;
      return slot.facts;
    }
    if (slot.used < oldest->used) oldest = &slot;
  }
  oldest->facts = read_cold(user_agent);
  oldest->key = user_agent;
  oldest->used = ++cache_->turn;
  return oldest->facts;
}

}  // namespace tally
