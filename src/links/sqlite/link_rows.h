// SPDX-License-Identifier: Apache-2.0
//
// A link as a row of `links`, and back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "links/sqlite/database.h"
#include "model/link.h"

namespace tally {

// The columns of read_link(), in its order.
inline constexpr std::string_view kLinkColumns =
    "id, workspace, domain, prefix, token, destination, title, tags, campaign, channel, "
    "utm_source, utm_medium, utm_campaign, utm_content, utm_term, fallback_url, enabled, "
    "starts_at, expires_at, created_at, updated_at, behaviour";
inline constexpr int kLinkColumnCount = 22;

// "SELECT <kLinkColumns> FROM links <rest>".
std::string select_links(std::string_view rest);

// The link in the current row of a statement that selects kLinkColumns first; `corrupt` when its
// behaviour cannot be read.
Result<Link> read_link(const Statement& row);
// The same into `out`, whose memory it uses again: for reading a million of them.
Result<void> read_link(const Statement& row, Link& out);

// Binds all columns but `id`, in order.
void bind_link(Statement& statement, const Link& link);

}  // namespace tally
