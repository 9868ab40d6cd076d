// SPDX-License-Identifier: Apache-2.0
//
// The part of a link that a redirect needs, packed into one run of bytes.
//
// A million links must fit into a few hundred bytes each, so the edge's table does not hold Link
// objects: it holds these packed forms back to back and hands out views into them. URLs are already
// in the form that goes into a Location header, and the saved tags are already the ones that go
// into a hit.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "model/hit.h"
#include "model/ids.h"
#include "model/link.h"

namespace tally {

// Where a link is found: domain ("" is the default one), prefix and token ("" for none).
struct LinkName {
  std::string_view domain, prefix, token;
  friend bool operator==(const LinkName&, const LinkName&) = default;
};

struct EdgeLink {
  LinkId id;
  WorkspaceId workspace;
  LinkName name;
  std::string_view location;           // percent-encoded
  std::string_view fallback_location;  // "" when there is none
  bool enabled = true;
  std::optional<UnixMillis> starts_at, expires_at;
  SavedTags saved;
};

std::string pack(const Link& link);

// The link packed at the front of `bytes`, whose text it borrows; `size` is how many bytes it took.
EdgeLink unpack(std::string_view bytes, std::size_t& size);

std::uint64_t hash_name(const LinkName& name);

}  // namespace tally
