// SPDX-License-Identifier: Apache-2.0
//
// A domain: a host whose links belong to one workspace, and what its own bare paths answer.
//
// The default domain is not one of these: it is the host of `links.base_url`, its name is "", and
// before any other is added it answers on every Host.
#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "model/ids.h"

namespace tally {

struct Domain {
  DomainId id;
  WorkspaceId workspace;
  std::string host;                // lower case, IDNA, without port: what Host fields carry
  std::string root_redirect;       // where `/` leads; "" answers 404
  std::string not_found_redirect;  // where a path that is no link leads; "" answers 404
  UnixMillis created_at = 0;
  UnixMillis updated_at = 0;
  friend bool operator==(const Domain&, const Domain&) = default;
};

// Nothing, or the first rule broken: a host name of at most 253 bytes with a dot in it or
// "localhost", not an address; both redirects web URLs or "".
Result<void> validate(const Domain& domain);

}  // namespace tally
