// SPDX-License-Identifier: Apache-2.0
//
// The histories of links. An edit is written in the transaction of the change that it tells of, so
// that a crash loses neither or both, and is found by its link and a number that counts the link's
// edits: a new link's is at the end of the table, and the oldest are found by their numbers alone.
#pragma once

#include <vector>

#include "links/sqlite/database.h"
#include "model/erasure.h"
#include "model/link.h"
#include "model/link_edit.h"

namespace tally {

// One edit after the other, through a statement prepared once.
class EditWriter {
 public:
  static Result<EditWriter> prepare(Database& db);
  // As the next of this link: the id of `edit` is ignored.
  Result<void> add(const Link& link, const LinkEdit& edit);

 private:
  explicit EditWriter(Statement edit) : edit_(std::move(edit)) {}
  Statement edit_;
};

// A single edit; those that are too many of its link go.
Result<void> note_edit(Database& db, const Link& link, const LinkEdit& edit);

// As in LinkStore.
Result<std::vector<LinkEdit>> read_history(Database& db, const LinkHistoryListing& listing);
Result<void> erase_history(Database& db, const Erasure& what);

}  // namespace tally
