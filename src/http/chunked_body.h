// SPDX-License-Identifier: Apache-2.0
//
// A body in chunks (RFC 9112 section 7.1), read piece by piece and as strictly as the head: sizes
// of one to eight hexadecimal digits, CRLF, and neither extensions nor trailers, which no client of
// ours needs and which proxies read in different ways.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "http/request_head.h"

namespace tally {

class ChunkedBody {
 public:
  // Bodies over `limit` bytes are refused as soon as a chunk says so.
  explicit ChunkedBody(std::size_t limit) : limit_(limit) {}

  // Takes what belongs to this body off the front of `bytes`; bytes that cannot be judged yet stay.
  // True when the body is complete; `why` is set when it cannot be read.
  bool feed(std::string_view& bytes, Refusal& why);

  std::string& body() { return body_; }

  // While it is not complete: bytes that say the same as all those taken so far.
  std::string as_received() const;

 private:
  enum class Part { size, data, data_end, last };

  std::size_t limit_;
  std::size_t chunk_left_ = 0;
  Part part_ = Part::size;
  std::string body_;
};

}  // namespace tally
