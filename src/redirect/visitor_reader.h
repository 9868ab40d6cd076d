// SPDX-License-Identifier: Apache-2.0
//
// Who is asking? What a link's rules may want to know of a visitor, worked out when one asks and at
// most once per request.
//
// It is enrichment's own reading (user-agent rules, client hints, geography, language, the day's
// visitor number), so that a rule never sees somebody else than the statistics do. A link without
// rules never comes here.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "enrich/agent_reader.h"
#include "enrich/enrich_data.h"
#include "enrich/enricher.h"
#include "enrich/salt.h"
#include "model/hit.h"

namespace tally {

// Where all edge threads get it from.
struct VisitorSources {
  // May still be loading when the first link is answered; whoever needs it sooner waits. Null:
  // nothing can be told from user agents and addresses.
  const EnrichData* data = nullptr;
  SignalPolicy signals = SignalPolicy::ignore;
  // The salt of the day of a time of receipt.
  std::function<Result<Salt>(UnixMillis)> salt_of;
};

// One per edge thread.
class VisitorReader {
 public:
  explicit VisitorReader(const VisitorSources& sources);
  ~VisitorReader();

  // What follows is about `hit`, which must stay where it is.
  void begin(const HitView& hit) {
    hit_ = &hit;
    known_ = 0;
  }
  // Forgets the salt of a day that is over.
  void tend(UnixMillis now) {
    if (now >= salt_until_) forget_salt();
  }

  const AgentFacts& agent();
  Device device();  // with client hints
  const Place& place();
  std::string_view language();  // primary subtag, lower case: "de"; "" when not told
  std::uint64_t visitor();

 private:
  void forget_salt();
  const Salt& salt();
  // True the first time since begin().
  bool first_time(unsigned fact);

  const VisitorSources& sources_;
  // Once asked for.
  std::optional<Latest<AgentRules>::Reader> rules_;
  std::unique_ptr<AgentReader> agents_;
  const AgentFacts no_facts_;
  std::optional<Latest<GeoDatabase>::Reader> databases_;
  std::unique_ptr<GeoReader> geo_;
  const Place no_place_{"Unknown", "Unknown", "Unknown"};
  Salt salt_{};
  UnixMillis salt_until_ = 0;  // 0: there is none

  const HitView* hit_ = nullptr;
  unsigned known_ = 0;
  const AgentFacts* agent_ = nullptr;
  Device device_ = Device::other;
  const Place* place_ = nullptr;
  std::string language_;
  std::uint64_t visitor_ = 0;
};

}  // namespace tally
