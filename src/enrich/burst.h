// SPDX-License-Identifier: Apache-2.0
//
// The burst rule: nobody opens four different links within two seconds.
//
// A mail scanner that follows every link of a message sends a browser's user agent and cannot be
// told from its words. In journal order, a hit is `scanner_suspect` when, with it, one (address,
// user agent) has asked for four or more different links of one workspace within two seconds. The
// earlier ones stay what they were: nobody could know. HEAD and prefetch requests neither count nor
// change, since a browser prefetches several links by itself; a click that was taken from its
// link's limit stays the human one that it was counted as. That a link was asked for with HEAD just
// before is remembered here, too: it is one of the signals (signals.h).
//
// The memory is a fixed table in which a newcomer may push out somebody else: under a flood the
// rule can miss a burst but never make one up, and 6 MB is all it takes.
#pragma once

#include <array>
#include <cstdint>

#include "base/huge_pages.h"
#include "enrich/visitor.h"
#include "model/click.h"
#include "model/hit.h"

namespace tally {

// Not thread-safe. Losing it at a restart costs two seconds of the rule.
class BurstWindow {
 public:
  BurstWindow();

  // Notes the hit, and changes a human click's traffic to scanner_suspect, reason "burst", when the
  // rule says so, or another when signals do. To be called for every hit in journal order, before
  // FirstClicks::mark.
  void observe(const HitView& hit, Click& click);

  // Asks for the memory that observe() of this click will need.
  void look_ahead(const Click& click) const;

  // Wipes what is too old to matter. To be called now and then, so that nothing is remembered of
  // somebody only because nobody took their place.
  void forget(UnixMillis now);

 private:
  struct Seen {
    UnixMillis time = 0;
    std::uint64_t link = 0;  // 0: free
  };
  struct Slot {
    std::uint64_t key = 0;
    std::array<Seen, 4> seen{};
    Seen head;  // the last HEAD
  };

  Salt key_{};
  LargeTable<Slot> slots_;
};

}  // namespace tally
