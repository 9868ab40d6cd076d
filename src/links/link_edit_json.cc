// SPDX-License-Identifier: Apache-2.0
#include "links/link_edit_json.h"

#include "links/link_event_json.h"
#include "model/link_edit.h"

namespace tally {
namespace {

std::string value_text(const LinkField& field, const Link* link) {
  JsonWriter out;
  if (link == nullptr)
    out.value(nullptr);
  else
    field.put(out, *link);
  return out.take();
}

}  // namespace

std::string link_changes(const Link* before, const Link* after) {
  static const Link kBlank;
  JsonWriter out;
  out.begin_array();
  std::size_t size = 0;
  for (const LinkField& field : link_fields()) {
    if (field.same(before ? *before : kBlank, after ? *after : kBlank)) continue;
    const std::string old = value_text(field, before);
    const std::string now = value_text(field, after);
    const bool fits = size + old.size() + now.size() <= kMaxEditBytes;
    if (fits) size += old.size() + now.size();
    out.begin_object().field("field", field.name);
    out.key("before").json(fits ? old : "null").key("after").json(fits ? now : "null");
    if (!fits) out.field("too_long", true);
    out.end_object();
  }
  return out.end_array().take();
}

}  // namespace tally
