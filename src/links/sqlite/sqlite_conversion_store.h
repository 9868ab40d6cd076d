// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/random.h"
#include "links/conversion_store.h"
#include "links/sqlite/links_database.h"
#include "model/click_id.h"

namespace tally {

// ConversionStore in links.db. Thread-safe.
class SqliteConversionStore final : public ConversionStore {
 public:
  // The key is that of the node's click ids, which events name.
  SqliteConversionStore(LinksDatabase& db, const Clock& clock, Random& random,
                        const ClickIdCodec::Key& key)
      : db_(db), clock_(clock), random_(random), click_ids_(key) {}

  Result<TakenConversion> take(const Conversion& conversion,
                               const ConversionRequest& request) override;
  Result<Conversion> get(WorkspaceId workspace, ConversionId id) override;
  Result<ConversionPage> list(const ConversionListing& listing) override;
  Result<Counts> counts(WorkspaceId workspace) override;
  Result<bool> any_joined(WorkspaceId workspace) override;
  Result<std::optional<UnixMillis>> next_due() override;
  Result<std::vector<Conversion>> due(UnixMillis now, std::size_t limit) override;
  Result<void> put_off(ConversionId id, UnixMillis until) override;
  Result<void> give_up(ConversionId id) override;
  Result<JoiningBatch> begin_batch(std::span<const Conversion> conversions) override;
  Result<JoiningBatch> open_batch() override;
  Result<void> join(std::span<const JoinedLink> joined) override;
  Result<void> remove(std::span<const ConversionId> ids) override;
  Result<void> remove_told_before(WorkspaceId workspace, UnixMillis time) override;

 private:
  LinksDatabase& db_;
  const Clock& clock_;
  Random& random_;
  ClickIdCodec click_ids_;
};

}  // namespace tally
