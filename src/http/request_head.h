// SPDX-License-Identifier: Apache-2.0
//
// The head of an HTTP/1.x request, read strictly and without copying.
//
// Most attacks on HTTP/1.1 live where two readers disagree about where a request ends: a proxy in
// front of us and we ourselves. So nothing is repaired here. Lines end in CRLF and in nothing else;
// a field name is a token directly followed by ':'; folded lines, NUL and other control characters,
// two lengths, a length beside a transfer coding, any coding but `chunked`, a second Host: all are
// refused, and the caller closes the connection, since what follows cannot be trusted to be a
// request. The same holds for sizes, which are checked before anything is kept: a request line of
// 8 KiB, a head of 32 KiB, 100 fields.
//
// Reading has two steps, so that a head that arrives byte by byte costs one pass and no more:
// HeadScanner finds where the head ends, looking at each byte once; parse_head() then reads it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace tally {

inline constexpr std::size_t kMaxRequestLine = 8 * 1024;
inline constexpr std::size_t kMaxHead = 32 * 1024;
inline constexpr std::size_t kMaxFields = 100;

// Why a request is not served: the HTTP status, a stable name and a sentence for the client.
struct Refusal {
  int status = 0;  // 0: it is served
  std::string_view code;
  std::string_view detail;
  explicit operator bool() const { return status != 0; }
};

// Finds the blank line that ends a head.
class HeadScanner {
 public:
  // `bytes` is everything received of this request, of which earlier calls have seen a front part.
  // The head's size once it is complete, 0 while it is not; `why` is set when it never will be.
  std::size_t find_end(std::string_view bytes, Refusal& why);
  void reset() { *this = {}; }

 private:
  std::size_t scanned_ = 0;
  std::size_t last_line_ = 0;  // one past the last line end seen
};

struct HeadField {
  std::string_view name;
  std::string_view value;  // without blanks around it
};

// All text is borrowed from the bytes that were parsed.
struct RequestHead {
  std::string_view method;
  // Origin form ("/path?query"), "*" with OPTIONS, or "?query" of an absolute target with no path.
  std::string_view target;
  std::string_view host;  // of an absolute target if it was one, else of the Host field
  bool is_1_0 = false;
  bool keep_alive = true;
  bool chunked = false;
  bool expects_continue = false;
  std::uint64_t content_length = 0;
  std::array<HeadField, kMaxFields> fields;
  std::size_t field_count = 0;

  // As if it were new, but for the fields past field_count: nobody reads those.
  void start_over() {
    method = target = host = {};
    is_1_0 = chunked = expects_continue = false;
    keep_alive = true;
    content_length = 0;
    field_count = 0;
  }

  std::span<const HeadField> all_fields() const { return std::span(fields).first(field_count); }
  // "/" where an absolute target names no path (RFC 9110 4.2.3).
  std::string_view path() const {
    return target.starts_with('?') ? std::string_view("/") : target.substr(0, target.find('?'));
  }
  // Without the '?'; "" when there is none.
  std::string_view query() const {
    const auto mark = target.find('?');
    return mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1);
  }
  // The value of the first field of that name in any case; "" when there is none.
  std::string_view field(std::string_view name) const;
};

// Reads a complete head, `bytes` ending with its blank line.
Refusal parse_head(std::string_view bytes, RequestHead& head);

}  // namespace tally
