// SPDX-License-Identifier: Apache-2.0
//
// What a connection holds of a request that cannot be answered yet.
//
// Nearly every request is answered from the bytes of one receive call and needs none of this. Three
// kinds do: a head that comes in pieces, a body, and a password that somebody else checks. Bytes
// behind the request, which a client sent without waiting, are kept here too.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "http/chunked_body.h"
#include "http/request_head.h"

namespace tally {

class PendingRequest {
 public:
  // Bytes received and not used: a part of a head, or what came behind this request.
  std::string bytes;
  HeadScanner scanner;      // over `bytes`, while the head is not complete
  UnixMillis deadline = 0;  // for the part that is read now; 0: none is begun

  // The head is complete and a body of at most `limit` bytes follows it, or `why` not.
  void begin_body(std::string_view head_bytes, const RequestHead& head, std::size_t limit,
                  Refusal& why);
  // Takes what belongs to the body off the front of `fresh`; true when it is complete, `why` when
  // it never will be.
  bool take_body(std::string_view& fresh, Refusal& why);
  bool in_body() const { return reading_body_; }

  // Keeps a request that came whole, to be answered later.
  void keep(std::string_view head_bytes, std::string_view body_bytes);
  // Forgets the request, not the bytes behind it.
  void forget();

  // Bytes that say the same as all that was received and not answered.
  std::string as_received() const;

  const std::string& head() const { return head_; }
  const std::string& body() const { return body_; }  // decoded, once it is complete

 private:
  std::string head_, body_;
  std::uint64_t left_ = 0;  // of a body with a length
  std::optional<ChunkedBody> chunks_;
  bool reading_body_ = false;
};

}  // namespace tally
