// SPDX-License-Identifier: Apache-2.0
//
// From a hit to a click: what the edge wrote down becomes what can be counted.
//
// Enrichment is a list of named steps (kSteps in enricher.cc), each of which reads the hit and
// fills in its part of the click, in an order that matters where one reads what another wrote. It
// happens exactly once per hit, in the pipeline; `tallymark explain` runs the same list and also
// prints why.
//
// Nothing here fails: a step that cannot tell says "Unknown", or leaves empty what does not apply
// (a tag that was not there). All text is well-formed UTF-8 within its limit, whatever came in.
//
// Three things need more than one hit and stand beside this: the day's salt (salt.h), the burst
// rule (burst.h) and the first click of the day (first_clicks.h), in this order around enrich().
//
// What the steps go by is loaded, and loaded again, by EnrichData (enrich_data.h); memory stays
// bounded whatever comes.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/latest.h"
#include "enrich/salt.h"
#include "model/click.h"
#include "model/hit.h"
#include "model/ip_mode.h"

namespace tally {

enum class SignalPolicy { ignore, anonymise, do_not_record };  // privacy.signals (DNT, GPC)
inline constexpr std::array<std::string_view, 3> kSignalPolicyNames = {"ignore", "anonymise",
                                                                       "do_not_record"};
constexpr std::string_view to_text(SignalPolicy v) {
  return kSignalPolicyNames[static_cast<std::size_t>(v)];
}

class EnrichData;

// Hosts of domains that were added.
using OwnDomains = Latest<std::vector<std::string>>;

struct EnrichSettings {
  IpMode ip = IpMode::none;
  SignalPolicy signals = SignalPolicy::ignore;
  std::vector<std::string> own_hosts;  // hosts whose referrers are not referrers
  // More of them, which come and go while this runs; null for none.
  const OwnDomains* own_domains = nullptr;
};

// What is to happen with this hit: the link may ask for more than the visitor's DNT or GPC does.
SignalPolicy policy_for(const HitView& hit, SignalPolicy signals);

// How precisely the address of a hit may be looked at: under `anonymise` everything is worked out
// from the network's part of it.
Address address_to_use(const HitView& hit, SignalPolicy signals);

// What a step has cost so far. Every 16th click is timed; `nanoseconds` is scaled up from those.
struct StepTiming {
  std::string_view name;
  std::uint64_t calls = 0;
  std::uint64_t nanoseconds = 0;
};

// Step and reason, in the order of the steps.
using Explanation = std::vector<std::pair<std::string_view, std::string>>;

// One per thread: it holds caches. timings() may be called from any thread.
class Enricher {
 public:
  // `data` must be ready() and outlive this; what it loads again is used from the next click on.
  Enricher(const EnrichData& data, EnrichSettings settings);
  ~Enricher();

  // The click of `hit`. `first`, `first_ws` are false and the burst rule is not applied. When `why`
  // is given, what each step decided is appended to it.
  Click enrich(const HitView& hit, const ClickKey& key, const Salt& salt,
               Explanation* why = nullptr);

  // Makes enrich() of these hits quicker, and changes nothing else: what they will ask for is
  // looked up side by side. At most GeoDatabase::kSideBySide of them.
  void look_ahead(std::span<const HitView* const> hits);

  std::vector<StepTiming> timings() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tally
