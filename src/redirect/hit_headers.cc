// SPDX-License-Identifier: Apache-2.0
#include "redirect/hit_headers.h"

#include "base/text.h"

namespace tally {

std::string_view take_headers(const RequestHead& head, HitView& hit) {
  // A name's length tells most others apart.
  std::string_view forwarded_host;
  const auto is = equals_ignoring_case;
  for (const auto& [name, value] : head.all_fields()) {
    switch (name.size()) {
      case 3:
        if (is(name, "dnt") && value == "1") hit.wants_privacy = true;
        break;
      case 5:
        if (is(name, "x-moz")) hit.purpose = value;
        break;
      case 7:
        if (is(name, "referer"))
          hit.referrer = value;
        else if (is(name, "sec-gpc") && value == "1")
          hit.wants_privacy = true;
        else if (is(name, "purpose"))
          hit.purpose = value;
        break;
      case 9:
        if (is(name, "sec-ch-ua") && hit.ch_ua.empty())
          hit.ch_ua = value;
        else if (is(name, "x-purpose"))
          hit.purpose = value;
        break;
      case 10:
        if (is(name, "user-agent")) hit.user_agent = value;
        break;
      case 11:
        if (is(name, "sec-purpose")) hit.purpose = value;
        break;
      case 15:
        if (is(name, "accept-language"))
          hit.accept_language = value;
        else if (is(name, "sec-ch-ua-model"))
          hit.ch_model = value;
        break;
      case 16:
        if (is(name, "sec-ch-ua-mobile"))
          hit.ch_mobile = value;
        else if (is(name, "x-forwarded-host"))
          forwarded_host = value;
        break;
      case 18:
        if (is(name, "sec-ch-ua-platform")) hit.ch_platform = value;
        break;
      case 22:
        if (is(name, "sec-ch-ua-form-factors")) hit.ch_form_factors = value;
        break;
      case 26:
        if (is(name, "sec-ch-ua-platform-version")) hit.ch_platform_version = value;
        break;
      case 27:
        // The same brands, and says more.
        if (is(name, "sec-ch-ua-full-version-list") && !value.empty()) hit.ch_ua = value;
        break;
      default:
        break;
    }
  }
  return forwarded_host;
}

bool is_prefetch(std::string_view purpose) {
  return contains_ignoring_case(purpose, "prefetch") || contains_ignoring_case(purpose, "preview");
}

std::string_view without_port(std::string_view host) {
  const auto colon = host.rfind(':');
  if (colon == std::string_view::npos || host.find(']', colon) != std::string_view::npos)
    return host;
  return host.substr(0, colon);
}

}  // namespace tally
