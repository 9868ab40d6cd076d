// SPDX-License-Identifier: Apache-2.0
#include "links/sqlite/link_rows.h"

#include "base/text.h"
#include "links/sqlite/link_behaviour.h"

namespace tally {
namespace {

// Tags hold no control characters (model/link.h), so a line end parts them.
std::string join_tags(const std::vector<std::string>& tags) {
  std::string out;
  for (const std::string& tag : tags) {
    if (!out.empty()) out.push_back('\n');
    out += tag;
  }
  return out;
}

std::vector<std::string> split_tags(std::string_view text) {
  std::vector<std::string> out;
  if (text.empty()) return out;
  for (const std::string_view tag : split(text, '\n')) out.emplace_back(tag);
  return out;
}

}  // namespace

std::string select_links(std::string_view rest) {
  return "SELECT " + std::string(kLinkColumns) + " FROM links " + std::string(rest);
}

Result<Link> read_link(const Statement& row) {
  Link out;
  out.id = LinkId{row.unsigned_number(0)};
  out.workspace = WorkspaceId{row.unsigned_number(1)};
  out.domain = row.text(2);
  out.prefix = row.text(3);
  out.token = row.text(4);
  out.destination = row.text(5);
  out.title = row.text(6);
  out.tags = split_tags(row.text(7));
  out.campaign = row.text(8);
  out.channel = row.text(9);
  out.utm = {row.text(10), row.text(11), row.text(12), row.text(13), row.text(14)};
  out.fallback_url = row.text(15);
  out.enabled = row.number(16) != 0;
  out.starts_at = row.optional_number(17);
  out.expires_at = row.optional_number(18);
  out.created_at = row.number(19);
  out.updated_at = row.number(20);
  if (const std::string_view behaviour = row.view(21); !behaviour.empty())
    TRY(read_behaviour(behaviour, out));
  return out;
}

void bind_link(Statement& statement, const Link& link) {
  statement.bind(link.workspace.value)
      .bind(link.domain)
      .bind(link.prefix)
      .bind(link.token)
      .bind(link.destination)
      .bind(link.title)
      .bind(join_tags(link.tags))
      .bind(link.campaign)
      .bind(link.channel)
      .bind(link.utm.source)
      .bind(link.utm.medium)
      .bind(link.utm.campaign)
      .bind(link.utm.content)
      .bind(link.utm.term)
      .bind(link.fallback_url)
      .bind(link.enabled)
      .bind(link.starts_at)
      .bind(link.expires_at)
      .bind(link.created_at)
      .bind(link.updated_at)
      .bind(behaviour_text(link));
}

}  // namespace tally
