// SPDX-License-Identifier: Apache-2.0
#include "redirect/variant_cookie.h"

#include <fmt/format.h>

#include "base/text.h"
#include "http/client.h"

namespace tally {
namespace {

std::string name_of(LinkId link) { return fmt::format("tm_{}", link.value); }

}  // namespace

std::string kept_variant(const RequestHead& head, LinkId link) {
  const std::string name = name_of(link) + "=";
  for (const auto& [field, value] : head.all_fields()) {
    if (!equals_ignoring_case(field, "cookie")) continue;
    for (std::string_view cookie : split(value, ';')) {
      cookie = trim(cookie);
      if (cookie.starts_with(name))
        return percent_decode(cookie.substr(name.size())).value_or(std::string());
    }
  }
  return {};
}

std::string variant_cookie(const EdgeLink& link, std::string_view variant) {
  return fmt::format("Set-Cookie: {}={}; Path=/{}; Max-Age={}; HttpOnly; SameSite=Lax\r\n",
                     name_of(link.id), percent_encode(variant), percent_encode(link.name.prefix),
                     kVariantKept / kMillisPerSecond);
}

}  // namespace tally
