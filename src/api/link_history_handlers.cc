// SPDX-License-Identifier: Apache-2.0
//
// Who changed a link, when, and what it was before. A link that is gone still has its history. The
// names of people are addresses, which a key for reading links is not to collect.
#include "api/handlers.h"
#include "api/paging.h"
#include "model/calendar.h"

namespace tally {
namespace {

std::string editor_id(const Editor& by) {
  switch (by.kind) {
    case EditorKind::user:
      return UserId{by.id}.text();
    case EditorKind::key:
      return KeyId{by.id}.text();
    case EditorKind::system:
      return {};
  }
  return {};
}

void put_edit(JsonWriter& out, const LinkEdit& edit, bool names_people) {
  const bool named = names_people || edit.by.kind != EditorKind::user;
  out.begin_object()
      .field("id", edit.id.text())
      .field("time", format_utc(edit.time))
      .field("kind", to_text(edit.kind));
  out.key("by")
      .begin_object()
      .field("kind", to_text(edit.by.kind))
      .text_or_null("id", editor_id(edit.by))
      .text_or_null("name", named ? edit.by.name : std::string())
      .end_object();
  out.key("changes").json(edit.changes).end_object();
}

}  // namespace

Result<Response> list_link_history(Api& api, const Call& call) {
  const auto link = LinkId::parse(call.route.value("id"));
  if (!link) return fail(ErrorCode::not_found, "there is no such link");
  LinkHistoryListing listing{call.workspace(), *link};
  TRY(read_page<LinkEditId>(call, listing));
  TRY_ASSIGN(auto edits, api.deps.links.history(listing));
  const bool names_people = call.caller->scopes.allow(Scope::admin);
  return page_response(edits, listing.limit, [&](JsonWriter& out, const LinkEdit& edit) {
    put_edit(out, edit, names_people);
  });
}

}  // namespace tally
