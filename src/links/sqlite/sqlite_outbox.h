// SPDX-License-Identifier: Apache-2.0
//
// The Outbox in links.db. Thread-safe.
#pragma once

#include "links/outbox.h"
#include "links/sqlite/links_database.h"

namespace tally {

class SqliteOutbox final : public Outbox {
 public:
  explicit SqliteOutbox(LinksDatabase& db) : db_(db) {}

  Result<std::vector<OutboxEvent>> next(std::string_view reader, std::size_t limit) override;
  Result<void> done(std::string_view reader, EventId through) override;
  Result<std::size_t> forget(UnixMillis now) override;

 private:
  LinksDatabase& db_;
};

}  // namespace tally
