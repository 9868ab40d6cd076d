// SPDX-License-Identifier: Apache-2.0
//
// Who sent the click: the Referer header, cleaned and named.
//
// Kept are host and path, never the query, which may hold what a person searched for. A host is
// stored in lower case, without "www." and without port; a redirector (l.facebook.com, t.co, Safe
// Links …) as the site it belongs to. android-app:// referrers are real: their host is the package.
// Our own hosts, the host that was asked, and this machine are no referrer at all.
//
// The table of hosts is our own and says what a marketer wants to know: name and class.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "enrich/tables.h"

namespace tally {

enum class SiteClass : std::uint8_t { none, search, social, video, email, shopping, ai, referral };

struct Site {
  SiteClass kind = SiteClass::none;
  std::string_view name;  // borrowed from the table; "" when the host is not in it
};

struct Referrer {
  std::string host, path;  // "" for direct
  Site site;
  bool own = false;  // there was one, and it was ourselves
};

// Safe to read from several threads.
class Sites {
 public:
  // By our own tables.
  Sites();
  // ErrorCode::invalid names the row at fault.
  static Result<std::shared_ptr<const Sites>> load(std::shared_ptr<const RuleTables> tables);
  Sites(Sites&&) noexcept;
  ~Sites();

  // By host or Android package, the longest entry that covers it.
  Site find(std::string_view host) const;

  // The site with that name ("facebook"), as a source names it.
  Site named(std::string_view name) const;

  // What a redirector stands for; `host` itself when it is none.
  std::string_view unmask(std::string_view host) const;

  // `header` as sent; `asked` is the host of the short URL, `own` further hosts of ours, in lower
  // case and without "www.". Only the very hosts count: a blog beside them is a real referrer.
  Referrer read(std::string_view header, std::string_view asked,
                std::span<const std::string> own) const;

  // How a source is counted: "IG" → "instagram", "Partner X" as it came.
  std::string source_name(std::string_view source) const;

 private:
  struct Impl;
  explicit Sites(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tally
