// SPDX-License-Identifier: Apache-2.0
//
// Who sent the click: the Referer header, cleaned and named.
//
// Kept are host and path, never the query, which may hold what a person searched for. A host is
// stored in lower case, without "www." and without port; a redirector (l.facebook.com, t.co, Safe
// Links …) as the site it belongs to. android-app:// referrers are real: their host is the package.
// Our own hosts, the host that was asked, and this machine are no referrer at all.
//
// The table of hosts is our own and says what a marketer wants to know: name and class. A header
// costs a few probes of hash tables, one for each label of its host; nothing is searched. What it
// says does not depend on who was asked, so that enrichment can remember it (memo.h).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "enrich/host_set.h"
#include "enrich/tables.h"

namespace tally {

enum class SiteClass : std::uint8_t {
  none,
  search,
  social,
  messaging,
  video,
  email,
  shopping,
  ai,
  referral  // named, and nothing more
};

std::string_view to_text(SiteClass kind);

struct Site {
  SiteClass kind = SiteClass::none;
  std::string_view name;  // borrowed from the table; "" when the host is not in it
};

struct Referrer {
  std::string host, path;  // "" for direct
  Site site;
  bool own = false;  // there was one, and it was ourselves
};

// What a header says to whoever is asked, unless that is itself.
struct Sender {
  std::string host;  // of the URL, plain, as it stands there; "" for an app and for no URL
  Referrer referrer;

  // Whether it is `asked`, the host of the short URL, one of `own` or this machine.
  bool is_own(std::string_view asked, const HostSet& own) const;
};

// How a source is counted, and the site that it names, if it does.
struct Source {
  std::string name;
  Site site;
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

  // By plain host, the longest entry that covers it.
  Site find(std::string_view host) const;

  // By the package of an app.
  Site find_app(std::string_view package) const;

  // The site with that name ("facebook"), as a source names it.
  Site named(std::string_view name) const;

  // The host that a redirector stands for; "" when this is none. Some are one only on a path.
  std::string_view unmask(std::string_view host, std::string_view path) const;

  // `header` as sent.
  Sender sender(std::string_view header) const;

  // The referrer of a click: `asked` is the host of the short URL, `own` further hosts of ours.
  Referrer read(std::string_view header, std::string_view asked, const HostSet& own) const;

  // How a source is counted: "IG" and "m.instagram.com" → "instagram", "Partner X" as it came.
  std::string source_name(std::string_view source) const;
  Source source(std::string_view source) const;

 private:
  struct Impl;
  explicit Sites(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tally
