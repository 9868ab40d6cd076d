// SPDX-License-Identifier: Apache-2.0
//
// Expected failure is a value.
//
// A function that can fail for a reason outside the program (bytes from a stranger, a full disk, a
// server that is down) returns Result<T>. The error carries one of a dozen codes that name the kind
// of failure without knowing any protocol, a message for a person, and a hint that says what to do.
// Each layer adds its context once ("open segment 12: ..."), so that the line a person reads tells
// the whole way. A broken invariant is not an error: it is a CHECK (check.h) and stops the process.
//
// TRY(expr) returns early with the error, TRY_ASSIGN(var, expr) also unwraps the value. g++ 12's
// std::expected has no and_then, which is why there are two macros here.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace tally {

enum class ErrorCode {
  not_found,
  invalid,    // the caller's input is wrong; `field` may name where
  malformed,  // the caller's input cannot even be read
  conflict,
  unauthenticated,
  forbidden,
  too_large,
  too_many,
  unavailable,  // a part we need is down; trying later may help
  corrupt,      // stored bytes are not what was written
  internal,
};

std::string_view to_text(ErrorCode code);

struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message;
  std::string hint;   // what to do about it; may be empty
  std::string field;  // the input's field at fault; may be empty
  std::string slug;   // a stable machine-readable name ("slug_taken"); empty: the code's own

  // "message (hint)": one line for a terminal or a log.
  std::string line() const;

  // The same error one layer up: "context: message".
  Error within(std::string_view context) &&;
};

template <class T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(ErrorCode code, std::string message, std::string hint = {}) {
  return std::unexpected(Error{code, std::move(message), std::move(hint), {}, {}});
}

// A fault in a named field of the caller's input.
inline std::unexpected<Error> fail_field(std::string field, std::string slug, std::string message) {
  return std::unexpected(
      Error{ErrorCode::invalid, std::move(message), {}, std::move(field), std::move(slug)});
}

// What the operating system said about the last call, as an Error.
std::unexpected<Error> fail_errno(std::string_view what, int error_number);

}  // namespace tally

#define TALLY_JOIN_INNER(a, b) a##b
#define TALLY_JOIN(a, b) TALLY_JOIN_INNER(a, b)

#define TRY(expr)                                                             \
  do {                                                                        \
    auto try_result_ = (expr);                                                \
    if (!try_result_) return std::unexpected(std::move(try_result_).error()); \
  } while (false)

#define TRY_ASSIGN_INNER(tmp, var, expr)                    \
  auto tmp = (expr);                                        \
  if (!tmp) return std::unexpected(std::move(tmp).error()); \
  var = std::move(*tmp)

#define TRY_ASSIGN(var, expr) TRY_ASSIGN_INNER(TALLY_JOIN(try_assign_, __LINE__), var, expr)
