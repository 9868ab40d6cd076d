// SPDX-License-Identifier: Apache-2.0
//
// Where conversions are safe from the moment they are told of: in the same database as links. The
// click store gets them once they are joined to their clicks (pipeline/conversion_joiner.h), and a
// batch on its way there is written down first, so that whoever comes after a crash knows what may
// be stored already.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/conversion.h"
#include "model/kinds.h"

namespace tally {

// The place of one conversion in a newest-first listing.
struct ConversionCursor {
  UnixMillis time = 0;
  ConversionId id;
};

struct ConversionListing {
  WorkspaceId workspace;
  std::optional<LinkId> link;
  std::optional<UnixMillis> from, to;  // of when they happened, half-open
  std::optional<ConversionState> state;
  std::optional<ConversionCursor> after;
  std::size_t limit = 50;
};

struct ConversionPage {
  std::vector<Conversion> conversions;
  std::optional<ConversionCursor> next;  // none on the last page
};

struct TakenConversion {
  Conversion conversion;
  bool repeated = false;  // an earlier request with this key told of it
};

// How a sender names its request, so that it may be repeated; `content` is what it asks for.
struct ConversionRequest {
  std::string key;  // "": it cannot be repeated
  std::string content;
  // Of conversions whose key begins like this there are to be no more than so many; "": no matter.
  std::string family = {};
  std::size_t most_of_family = 0;
};

// Conversions on their way into the click store; 0 is no batch.
struct JoiningBatch {
  std::uint64_t number = 0;
  std::vector<Conversion> conversions;
};

// What a conversion's click tells of it.
struct JoinedLink {
  ConversionId id;
  LinkId link;
  Traffic traffic = Traffic::human;
  std::string campaign = {};
};

class ConversionStore {
 public:
  virtual ~ConversionStore() = default;

  // Stores a new conversion (its id and state are ignored) and gives it back, durable. A request
  // key is good for one: a repeat gives the conversion as it is now,
  // conflict/"idempotency_mismatch" when it asks for something else, "too_many_events" when its
  // family is complete, "currency_changed" when its currency is no longer the workspace's.
  virtual Result<TakenConversion> take(const Conversion& conversion,
                                       const ConversionRequest& request) = 0;
  virtual Result<Conversion> get(WorkspaceId workspace, ConversionId id) = 0;
  // Newest first, by when they happened.
  virtual Result<ConversionPage> list(const ConversionListing& listing) = 0;
  // How many a workspace has, by state.
  using Counts = std::array<std::uint64_t, kConversionStateNames.size()>;
  virtual Result<Counts> counts(WorkspaceId workspace) = 0;
  // Whether any is joined: without one there is nothing to ask the click store for.
  virtual Result<bool> any_joined(WorkspaceId workspace) = 0;

  // When the first of those that wait is to be looked for; nothing when none waits.
  virtual Result<std::optional<UnixMillis>> next_due() = 0;
  // Those that are to be looked for by now and are in no batch, the most overdue first.
  virtual Result<std::vector<Conversion>> due(UnixMillis now, std::size_t limit) = 0;
  // Looks for it again at that time, in no batch.
  virtual Result<void> put_off(ConversionId id, UnixMillis until) = 0;
  virtual Result<void> give_up(ConversionId id) = 0;
  // Notes that they are about to be stored together.
  virtual Result<JoiningBatch> begin_batch(std::span<const Conversion> conversions) = 0;
  // A batch that was begun and is not joined; number 0 when there is none.
  virtual Result<JoiningBatch> open_batch() = 0;
  // They are joined, and webhooks are told of each.
  virtual Result<void> join(std::span<const JoinedLink> joined) = 0;

  // They are erased, with the names of their requests and what was told of them; those that are not
  // there are none.
  virtual Result<void> remove(std::span<const ConversionId> ids) = 0;
  // The same for all that were told of before a time and are in no batch.
  virtual Result<void> remove_told_before(WorkspaceId workspace, UnixMillis time) = 0;
};

}  // namespace tally
