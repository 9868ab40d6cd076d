// SPDX-License-Identifier: Apache-2.0
//
// What was done to a link, when and by whom. The edits of a link are its history: newest first, at
// most kKeptEdits of them. Who did it is kept as text too, so that it can be read when the person
// or the key is gone.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "model/ids.h"

namespace tally {

enum class EditorKind : std::uint8_t { system, user, key };
inline constexpr std::array<std::string_view, 3> kEditorKindNames = {"system", "user", "key"};
constexpr std::string_view to_text(EditorKind v) {
  return kEditorKindNames[static_cast<std::size_t>(v)];
}

struct Editor {
  EditorKind kind = EditorKind::system;
  std::uint64_t id = 0;  // UserId or KeyId
  std::string name;      // a person's address, a key's name
  friend bool operator==(const Editor&, const Editor&) = default;
};

enum class LinkEditKind : std::uint8_t { created, updated, deleted, expired };
inline constexpr std::array<std::string_view, 4> kLinkEditKindNames = {"created", "updated",
                                                                       "deleted", "expired"};
constexpr std::string_view to_text(LinkEditKind v) {
  return kLinkEditKindNames[static_cast<std::size_t>(v)];
}

// Counts the edits of one link, from 1.
using LinkEditId = Id<struct LinkEditTag>;
struct LinkEditTag {
  static constexpr std::string_view kPrefix = "edt_";
};

inline constexpr std::size_t kKeptEdits = 200;           // of a link
inline constexpr std::size_t kMaxEditBytes = 32 * 1024;  // of the values of an edit

struct LinkEdit {
  LinkEditId id;
  UnixMillis time = 0;
  LinkEditKind kind = LinkEditKind::updated;
  Editor by;
  std::string changes;  // a JSON array (links/link_edit_json.h)
  friend bool operator==(const LinkEdit&, const LinkEdit&) = default;
};

struct LinkHistoryListing {
  WorkspaceId workspace;
  LinkId link;
  std::optional<LinkEditId> after = std::nullopt;  // the last one of the page before
  std::size_t limit = 50;
};

}  // namespace tally
