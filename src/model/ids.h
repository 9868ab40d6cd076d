// SPDX-License-Identifier: Apache-2.0
//
// Distinct types for distinct identities, so that a link's id cannot be passed where a workspace's
// is meant. On the wire an id is a short tag and the number: "lnk_42". Zero means "none".
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace tally {

template <class Tag>
struct Id {
  std::uint64_t value = 0;

  explicit operator bool() const { return value != 0; }
  friend auto operator<=>(Id, Id) = default;

  // "lnk_42"; "" for none.
  std::string text() const {
    return value == 0 ? std::string() : std::string(Tag::kPrefix) + std::to_string(value);
  }
  static std::optional<Id> parse(std::string_view text);
};

std::optional<std::uint64_t> parse_id(std::string_view prefix, std::string_view text);

template <class Tag>
std::optional<Id<Tag>> Id<Tag>::parse(std::string_view text) {
  const auto value = parse_id(Tag::kPrefix, text);
  if (!value) return std::nullopt;
  return Id{*value};
}

using WorkspaceId = Id<struct WorkspaceTag>;
using LinkId = Id<struct LinkTag>;
using UserId = Id<struct UserTag>;
using KeyId = Id<struct KeyTag>;
using DomainId = Id<struct DomainTag>;

struct WorkspaceTag {
  static constexpr std::string_view kPrefix = "ws_";
};
struct LinkTag {
  static constexpr std::string_view kPrefix = "lnk_";
};
struct UserTag {
  static constexpr std::string_view kPrefix = "usr_";
};
struct KeyTag {
  static constexpr std::string_view kPrefix = "key_";
};
struct DomainTag {
  static constexpr std::string_view kPrefix = "dom_";
};

}  // namespace tally

template <class Tag>
struct std::hash<tally::Id<Tag>> {
  std::size_t operator()(tally::Id<Tag> id) const noexcept {
    return std::hash<std::uint64_t>()(id.value);
  }
};
