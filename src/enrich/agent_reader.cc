// SPDX-License-Identifier: Apache-2.0
#include "enrich/agent_reader.h"

#include "base/text.h"
#include "enrich/bots.h"
#include "enrich/device.h"
#include "enrich/in_app.h"
#include "enrich/overlays.h"
#include "enrich/screen.h"
#include "enrich/stored_text.h"
#include "enrich/user_agent_rules.h"

namespace tally {

struct AgentRules::Impl {
  UserAgentRules rules;
  InAppRules in_app;
  BotRules bots;
  DeviceRules devices;
  OverlayRules overlays;
  ScreenRules screens;
};

AgentRules::AgentRules(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
AgentRules::~AgentRules() = default;

Result<std::shared_ptr<const AgentRules>> AgentRules::load(const std::filesystem::path& path,
                                                           const RuleTables& tables) {
  TRY_ASSIGN(auto rules, UserAgentRules::load(path));
  TRY_ASSIGN(auto in_app, InAppRules::load(tables));
  TRY_ASSIGN(auto bots, BotRules::load(tables));
  TRY_ASSIGN(auto devices, DeviceRules::load(tables));
  TRY_ASSIGN(auto overlays, OverlayRules::load(tables));
  return std::shared_ptr<const AgentRules>(
      new AgentRules(std::unique_ptr<Impl>(new Impl{.rules = std::move(rules),
                                                    .in_app = std::move(in_app),
                                                    .bots = std::move(bots),
                                                    .devices = std::move(devices),
                                                    .overlays = std::move(overlays),
                                                    .screens = {}})));
}

void AgentRules::tell_system(std::string_view user_agent, AgentFacts& facts) const {
  if (auto overlay = impl_->overlays.system(user_agent)) {
    facts.os = std::move(overlay->name);
    facts.os_version = std::move(overlay->version);
    return;
  }
  const RuledSystem system = impl_->rules.system(user_agent);
  facts.os = system_name(stored_text(system.family));
  facts.os_version = version_text(stored_text(system.major), stored_text(system.minor));
  if (facts.platform != Platform::ios) return;
  if (auto thawed = thawed_ios(user_agent, facts.os_version)) facts.os_version = std::move(*thawed);
}

void AgentRules::tell_browser(std::string_view user_agent, AgentFacts& facts) const {
  if (auto overlay = impl_->overlays.browser(user_agent)) {
    facts.browser = std::move(overlay->name);
    facts.browser_version = std::move(overlay->version);
    return;
  }
  const RuledBrowser browser = impl_->rules.browser(user_agent);
  facts.browser = browser_name(stored_text(browser.family));
  facts.browser_version = version_text(stored_text(browser.major), stored_text(browser.minor));
  // Web views from before they said so by `wv`.
  facts.in_app = !is_bot(facts.traffic) && facts.browser.ends_with(" WebView");
}

AgentFacts AgentRules::read(std::string_view user_agent) const {
  user_agent = user_agent.substr(0, kUserAgentCap);
  AgentFacts facts;
  facts.stored = stored_text(user_agent, 512);
  facts.device = impl_->devices.match(user_agent);
  facts.platform = platform_of(user_agent, facts.device);

  tell_system(user_agent, facts);

  if (const auto app = impl_->in_app.match(user_agent)) {
    facts.in_app = true;
    facts.browser = app->name;
    facts.browser_version = version_text(app->version, {});
    facts.reason = "in_app";
    if (const auto screen = impl_->screens.read(user_agent)) {
      facts.screen_w = screen->width;
      facts.screen_h = screen->height;
      facts.dpr = screen->dpr;
    }
    return facts;
  }
  const BotVerdict verdict = impl_->bots.classify(user_agent);
  facts.traffic = verdict.traffic;
  facts.reason = verdict.reason;
  tell_browser(user_agent, facts);
  return facts;
}

std::string AgentRules::device_family(std::string_view user_agent) const {
  return stored_text(impl_->rules.device(user_agent.substr(0, kUserAgentCap)).family);
}

Device AgentRules::device_of_model(std::string_view model) const {
  return impl_->devices.match("(Linux; Android 10; " + std::string(model.substr(0, 64)) +
                              " Build/) Mobile");
}

AgentReader::AgentReader(std::shared_ptr<const AgentRules> rules, std::size_t cache)
    : rules_(std::move(rules)), memo_(cache, kUserAgentCap) {}

Result<AgentReader> AgentReader::load(const std::filesystem::path& path) {
  TRY_ASSIGN(auto rules, AgentRules::load(path));
  return AgentReader(std::move(rules));
}

void AgentReader::use(std::shared_ptr<const AgentRules> rules) {
  rules_ = std::move(rules);
  memo_.forget();
}

const AgentFacts& AgentReader::read(std::string_view user_agent) {
  user_agent = user_agent.substr(0, kUserAgentCap);
  return memo_.get(user_agent, [&] { return read_cold(user_agent); });
}

}  // namespace tally
