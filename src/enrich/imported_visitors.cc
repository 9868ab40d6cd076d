// SPDX-License-Identifier: Apache-2.0
#include "enrich/imported_visitors.h"

#include <sodium.h>

#include "enrich/visitor.h"

namespace tally {
namespace {

constexpr std::string_view kPurpose = "visitors of imported clicks";

}  // namespace

ImportedVisitors::ImportedVisitors(SaltKeeper& salts, const Clock& clock, IpMode ip,
                                   const Secret& secret)
    : salts_(salts), clock_(clock), ip_(ip), secret_(secret) {}

Result<void> ImportedVisitors::place(Click& click, std::string_view person) const {
  const Address address = click.ip;
  click.ip = part_of(address, ip_);
  if (!person.empty()) {
    const Salt salt = lasting_salt(click.time / kMillisPerDay);
    click.visitor = visitor_of(salt, click.workspace, Address{}, person);
  } else if (address != address.truncated()) {
    TRY_ASSIGN(const Salt salt, salt_for(click.time));
    click.visitor = visitor_of(salt, click.workspace, address, click.user_agent);
  }
  return {};
}

// The day's own, of which a click that is received now would be made too, if that can be.
Result<Salt> ImportedVisitors::salt_for(UnixMillis time) const {
  const std::int64_t day = time / kMillisPerDay;
  if (day >= clock_.now_ms() / kMillisPerDay - 1) return salts_.for_time(time);
  return lasting_salt(day);
}

Salt ImportedVisitors::lasting_salt(std::int64_t day) const {
  Salt out{};
  static_assert(sizeof(Secret) >= crypto_generichash_KEYBYTES_MIN &&
                sizeof(Salt) >= crypto_generichash_BYTES_MIN);
  std::string text(kPurpose);
  text.append(reinterpret_cast<const char*>(&day), sizeof day);
  crypto_generichash(reinterpret_cast<unsigned char*>(out.data()), out.size(),
                     reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                     secret_.data(), secret_.size());
  return out;
}

}  // namespace tally
