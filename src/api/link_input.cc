// SPDX-License-Identifier: Apache-2.0
#include "api/link_input.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "base/encoding.h"
#include "links/secrets.h"

namespace tally {
namespace {

constexpr std::size_t kMaxRequestKey = 255;

}  // namespace

std::string random_slug(Api& api) { return api.deps.random.text(kRandomSlugLength, kSlugAlphabet); }

Result<LinkRules> link_rules(Api& api) {
  LinkRules out{OwnHosts(api.deps.links_base_url), api.deps.app_schemes};
  TRY_ASSIGN(const auto domains, api.deps.links.domains());
  for (const Domain& domain : domains) out.hosts.add(domain.host);
  return out;
}

Result<Link> hashed(LinkInput input) {
  if (input.password) {
    TRY_ASSIGN(input.link.password_hash, hash_password(*input.password));
  }
  return std::move(input.link);
}

Result<std::optional<RequestKey>> request_key(const Api& api, const Request& request) {
  const std::string_view key = request.field("Idempotency-Key");
  if (key.empty()) return std::nullopt;
  const bool plain = std::ranges::all_of(key, [](char c) { return c > 0x20 && c < 0x7f; });
  if (!plain || key.size() > kMaxRequestKey)
    return std::unexpected(Error{ErrorCode::malformed,
                                 "Idempotency-Key is 1 to 255 visible ASCII characters",
                                 {},
                                 "Idempotency-Key",
                                 "bad_header"});
  const auto& secret = api.deps.click_id_key;
  std::array<unsigned char, crypto_generichash_BYTES> hash{};
  crypto_generichash(hash.data(), hash.size(),
                     reinterpret_cast<const unsigned char*>(request.body.data()),
                     request.body.size(), secret.data(), secret.size());
  return RequestKey{std::string(key), hex(as_text(hash))};
}

}  // namespace tally
