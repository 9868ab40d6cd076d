// SPDX-License-Identifier: Apache-2.0
//
// Conversions that a destination's page tells of from its visitor's browser:
//
//   {"key":"pub_…","click_id":"3M7K…","event":"signup"}
//
// Whoever opens the page can read its key and send what they like, so what it is good for is
// little: of clicks that this server gave out, which nobody can guess, a few named events each,
// once, without a value, now. What comes of a click then counts with that click's traffic class.
// docs/decisions/0024-conversions-told-by-pages.md says why not more.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <string_view>

#include "links/account_store.h"
#include "links/conversion_store.h"
#include "model/click_id.h"
#include "redirect/conversion_worker.h"

namespace tally {

// How many different events one click may have led to, as pages tell it.
inline constexpr std::size_t kMaxPublicEvents = 8;

struct PublicConversion {
  std::string key, click_id;
  std::string event = "conversion";
};

// Reads a body. Faults name their field; events are 1 to 64 of letters, digits and "_.:-".
Result<PublicConversion> read_public_conversion(std::string_view body);

class PublicConversions {
 public:
  struct Deps {
    AccountStore& accounts;
    ConversionStore& conversions;
    const Clock& clock;
    ClickIdCodec click_ids;
    std::function<bool(const ClickKey&)> given_out;  // there may be such a click
  };
  explicit PublicConversions(Deps deps) : deps_(std::move(deps)) {}

  // Durable when the reply says 204: taken, or told of before.
  ConversionReply take(std::string_view body);
  // Whom to call after one was taken; empty while nobody is there.
  void when_taken(std::function<void()> call);

 private:
  Result<bool> store(std::string_view body);

  const Deps deps_;
  std::mutex mutex_;
  std::function<void()> when_taken_;
};

}  // namespace tally
