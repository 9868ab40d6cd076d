// SPDX-License-Identifier: Apache-2.0
//
// Whose click is one that a file tells of?
//
// A file may call people by names of its own (`visitor`), or have their addresses. An address with
// a user agent makes the number that a live click of today or yesterday would have, as long as the
// day's salt is there, so that both are one visitor. Of older days nobody can make those numbers
// any more. Clicks of such days, and people by name, get numbers under a salt made of the server's
// secret, the same whenever a piece of their file comes: else a file that is sent again after a
// crash in its middle would count people twice. The price is in docs/guides/privacy.md: whoever has
// the secret can try addresses, for imported clicks of days of which the file had them.
//
// An address that ends in zeros, as `privacy.ip = truncated` leaves it, is of a network: nobody's.
#pragma once

#include <array>
#include <string_view>

#include "base/clock.h"
#include "enrich/enricher.h"
#include "enrich/salt.h"
#include "model/click.h"

namespace tally {

class ImportedVisitors {
 public:
  using Secret = std::array<unsigned char, 16>;
  ImportedVisitors(SaltKeeper& salts, const Clock& clock, IpMode ip, const Secret& secret);

  // Sets the visitor, and cuts the address down to what is stored of one. `person`: the file's name
  // for them; "" when it has none. The click's workspace, time and user agent are set. Thread-safe.
  Result<void> place(Click& click, std::string_view person) const;

 private:
  Result<Salt> salt_for(UnixMillis time) const;
  Salt lasting_salt(std::int64_t day) const;

  SaltKeeper& salts_;
  const Clock& clock_;
  const IpMode ip_;
  const Secret secret_;
};

}  // namespace tally
