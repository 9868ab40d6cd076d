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

void split_tags(std::string_view text, std::vector<std::string>& out) {
  out.clear();
  if (text.empty()) return;
  for (const std::string_view tag : split(text, '\n')) out.emplace_back(tag);
}

// Everything that a row's behaviour may set.
void clear_behaviour(Link& link) {
  link.ios = {};
  link.android = {};
  link.rules.clear();
  link.variants.clear();
  link.open_graph = {};
  link.password_hash.clear();
  link.click_limit.reset();
  link.status = kUsualStatus;
  link.passthrough = link.append_click_id = link.landing = false;
  link.privacy = LinkPrivacy::standard;
}

}  // namespace

std::string select_links(std::string_view rest) {
  return "SELECT " + std::string(kLinkColumns) + " FROM links " + std::string(rest);
}

Result<void> read_link(const Statement& row, Link& out) {
  out.id = LinkId{row.unsigned_number(0)};
  out.workspace = WorkspaceId{row.unsigned_number(1)};
  std::string* const texts[] = {&out.domain, &out.prefix, &out.token, &out.destination, &out.title};
  for (int i = 0; i < 5; ++i) *texts[i] = row.view(2 + i);
  split_tags(row.view(7), out.tags);
  std::string* const labels[] = {&out.campaign,   &out.channel,      &out.utm.source,
                                 &out.utm.medium, &out.utm.campaign, &out.utm.content,
                                 &out.utm.term,   &out.fallback_url};
  for (int i = 0; i < 8; ++i) *labels[i] = row.view(8 + i);
  out.enabled = row.number(16) != 0;
  out.starts_at = row.optional_number(17);
  out.expires_at = row.optional_number(18);
  out.created_at = row.number(19);
  out.updated_at = row.number(20);
  clear_behaviour(out);
  const std::string_view behaviour = row.view(21);
  return behaviour.empty() ? Result<void>() : read_behaviour(behaviour, out);
}

Result<Link> read_link(const Statement& row) {
  Link out;
  TRY(read_link(row, out));
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
