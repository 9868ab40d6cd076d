// SPDX-License-Identifier: Apache-2.0
//
// What a mail about an alert says: what happened, where, how sure that is, and where to look.
#pragma once

#include <map>
#include <string>

#include "mail/message.h"
#include "model/alert.h"

namespace tally {

struct AlertMailContext {
  const TimeZone& zone;                       // that the workspace reports in
  std::string console_url;                    // without a '/' at its end
  std::map<std::string, std::string> labels;  // of links, by their ids: "/summer"
};

// Subject and text; the rest is the caller's.
Mail alert_mail(const AlertRule& rule, const AlertChange& change, const AlertMailContext& context);
// The one that shows that mail arrives.
Mail alert_test_mail(const AlertRule& rule, const AlertMailContext& context);

}  // namespace tally
