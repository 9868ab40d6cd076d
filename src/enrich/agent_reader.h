// SPDX-License-Identifier: Apache-2.0
//
// Everything a user agent alone tells, worked out once per distinct string.
//
// A cold string runs seven automata (in-app, bots, device type, systems and browsers of our own,
// uap-core's browser and system). People share few strings, so a memo in front answers most. The
// rules are immutable and can serve several readers, each with a memo of its own: enrichment has
// one, and so has each edge thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "enrich/memo.h"
#include "enrich/tables.h"
#include "model/kinds.h"

namespace tally {

// Longer user agents are cut: no browser sends more, and rules find what they need at the front.
inline constexpr std::size_t kUserAgentCap = 2048;

struct AgentFacts {
  std::string os, os_version;            // "Unknown" when not told
  std::string browser, browser_version;  // the app's name for an in-app browser
  std::string stored;                    // the user agent as it is stored: UTF-8, at most 512 bytes
  std::string reason;                    // which rule decided `traffic`
  Platform platform = Platform::other;
  Device device = Device::other;
  Traffic traffic = Traffic::human;
  bool in_app = false;
  std::uint16_t screen_w = 0, screen_h = 0;  // physical pixels, 0 when not told
  float dpr = 0;
};

// The automata behind readers: 60-100 MB, a second to load. Thread-safe.
class AgentRules {
 public:
  // uap-core's rules from their file, and ours from the tables. ErrorCode::unavailable or invalid
  // when they cannot be read or are broken.
  static Result<std::shared_ptr<const AgentRules>> load(const std::filesystem::path& rules,
                                                        const RuleTables& tables = {});
  ~AgentRules();

  AgentFacts read(std::string_view user_agent) const;
  // uap-core's name for the device; costs a pass of its own, for `explain`.
  std::string device_family(std::string_view user_agent) const;
  // What a model name alone, as client hints give it, stands for; mobile when that is not told.
  Device device_of_model(std::string_view model) const;

 private:
  struct Impl;

  void tell_system(std::string_view user_agent, AgentFacts& facts) const;
  void tell_browser(std::string_view user_agent, AgentFacts& facts) const;

  explicit AgentRules(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Not thread-safe.
class AgentReader {
 public:
  // How many user agents a reader of enrichment remembers.
  static constexpr std::size_t kDefaultCache = 8192;

  explicit AgentReader(std::shared_ptr<const AgentRules> rules, std::size_t cache = kDefaultCache);
  // With rules of its own.
  static Result<AgentReader> load(const std::filesystem::path& rules);

  // Goes on with other rules, and forgets what it read by the old ones.
  void use(std::shared_ptr<const AgentRules> rules);

  // Valid until the next call.
  const AgentFacts& read(std::string_view user_agent);

  // The same, past the cache.
  AgentFacts read_cold(std::string_view user_agent) const { return rules_->read(user_agent); }

  const AgentRules& rules() const { return *rules_; }

 private:
  std::shared_ptr<const AgentRules> rules_;
  Memo<AgentFacts> memo_;
};

}  // namespace tally
