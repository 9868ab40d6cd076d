// SPDX-License-Identifier: Apache-2.0
#include "model/domain.h"

#include "model/url.h"

namespace tally {

Result<void> validate(const Domain& domain) {
  TRY_ASSIGN(const std::string host, canonical_host(domain.host, "host"));
  if (host != domain.host) return fail_field("host", "bad_host", "must be written as " + host);
  if (!domain.root_redirect.empty()) TRY(validate_web_url(domain.root_redirect, "root_redirect"));
  if (!domain.not_found_redirect.empty())
    TRY(validate_web_url(domain.not_found_redirect, "not_found_redirect"));
  return {};
}

}  // namespace tally
