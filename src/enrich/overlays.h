// SPDX-License-Identifier: Apache-2.0
//
// What is said otherwise than uap-core's rules say it, in-app browsers aside (in_app.h): systems
// and browsers that the rules take for another, one name for what people call the same thing, iOS
// behind its frozen number. Every kind of difference is listed and argued, with counts over
// published corpora, in docs/reference/agent_overlays.md, and a test holds that list complete.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "enrich/rule_set.h"
#include "enrich/tables.h"

namespace tally {

struct NamedVersion {
  std::string name, version;
};

// "17.4", "10", "Unknown": two parts are what people compare, and a final ".0" says nothing.
std::string version_text(std::string_view major, std::string_view minor);

// uap-core's name as it is stored: one for a browser on every kind of device, `Unknown` for
// `Other`.
std::string browser_name(std::string ruled);
std::string system_name(std::string ruled);

// The version of iOS, where the user agent tells more than "OS 18_7", at which number iPhones and
// iPads stand still since iOS 26: Safari's own version, what Facebook and Instagram add, the build.
// `told` is the frozen version. Nothing when there is nothing newer.
std::optional<std::string> thawed_ios(std::string_view user_agent, std::string_view told);

// The rows of the table `overlays`. Thread-safe once loaded.
class OverlayRules {
 public:
  static Result<OverlayRules> load(const RuleTables& tables);

  std::optional<NamedVersion> system(std::string_view user_agent) const {
    return systems_.match(user_agent);
  }
  std::optional<NamedVersion> browser(std::string_view user_agent) const {
    return browsers_.match(user_agent);
  }

 private:
  struct List {
    RuleSet set;
    std::vector<std::string> names;

    std::optional<NamedVersion> match(std::string_view user_agent) const;
  };

  OverlayRules(List systems, List browsers)
      : systems_(std::move(systems)), browsers_(std::move(browsers)) {}

  List systems_, browsers_;
};

}  // namespace tally
